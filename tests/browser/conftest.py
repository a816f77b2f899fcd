"""A sandbox with a small app on it, and a browser that opens its page."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.sandbox.server import Sandbox

from . import small_app

CHROMIUM = Path("/usr/bin/chromium")
ARGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TIPS = ("Type `/form` and fill in the form.", "Act as Anna, who takes the work.")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all tests of the page.

    Playwright keeps an event loop running meanwhile, which no desk can be started beside.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"There is no browser at {CHROMIUM}: the web page was not tested.")
    expect.set_options(timeout=8000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def closing() -> Iterator[ThreadPoolExecutor]:
    """Return where sockets are closed: the SDK takes up to three seconds for each."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        yield pool


@pytest.fixture
def sandbox(closing: ThreadPoolExecutor) -> Iterator[Sandbox]:
    """Return a running sandbox whose app is connected."""
    with Sandbox(small_app.MANIFEST, tips=TIPS) as running:
        app = small_app.build(running.api_url, running.bot_token)
        socket = small_app.connect(app, running.api_url, running.app_token)
        running.wait_until_connected()
        yield running
        closing.submit(socket.close)


@pytest.fixture
def page(browser: Browser, sandbox: Sandbox) -> Iterator[Page]:
    """Return the page as the first person sees it; fails if the page's own code does."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(sandbox.url)
    opened.locator("#composer").wait_for()
    yield opened
    context.close()
    assert not faults
