"""A sandbox with a small app on it, and a browser that opens its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect, sync_playwright

from slack_sandbox.server import Sandbox
from tests import sockets
from tests.ports import free_port

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
def tab() -> Iterator[Page]:
    """Return the one tab of a Chromium, in which all tests of the page open their sandbox.

    A tab of its own would cost each a process that loads everything anew. Playwright keeps an
    event loop running meanwhile, which no desk can be started beside.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"There is no browser at {CHROMIUM}: the web page was not tested.")
    expect.set_options(timeout=8000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield chromium.new_page()
        chromium.close()


@pytest.fixture(scope="package")
def port() -> int:
    """Return the port of all sandboxes: the browser keeps the parts of the page by its address."""
    return free_port()


@pytest.fixture
def sandbox(port: int) -> Iterator[Sandbox]:
    """Return a running sandbox whose app is connected."""
    with Sandbox(small_app.MANIFEST, tips=TIPS, port=port) as running:
        app = small_app.build(running.api_url, running.bot_token)
        socket = sockets.connect(app, running)
        running.wait_until_connected()
        yield running
        sockets.hang_up(running, socket)


@pytest.fixture
def page(tab: Page, sandbox: Sandbox) -> Iterator[Page]:
    """Return the page as the first person sees it; fails if the page's own code does."""
    faults: list[str] = []

    def note(error: Error) -> None:
        faults.append(str(error))

    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.on("pageerror", note)
    tab.goto(sandbox.url)
    tab.locator("#composer").wait_for()
    yield tab
    tab.unroute_all()
    tab.evaluate("sessionStorage.clear()")
    tab.goto("about:blank")
    tab.remove_listener("pageerror", note)
    assert not faults
