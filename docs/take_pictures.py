"""Takes the README's pictures: one whole case through the sandbox's page, with a real browser.

`.venv/bin/python docs/take_pictures.py` needs Chromium and pdftoppm, and overwrites `pictures/`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from bot.service.wiring import Pace, Service
from bot.wording.templates import Templates
from slack_sandbox import AdjustableClock, Sandbox

PICTURES = Path(__file__).resolve().parent / "pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# A Monday morning in Los Angeles, where Rosa is.
START = datetime(2027, 3, 1, 17, 5, tzinfo=UTC)
ROSA = "U0ROSA0001"
CUSTOMER = {
    "customer_name": "Harbour Bakery LLC",
    "street_address": "12 Pier Road",
    "unit": "Unit 4",
    "city": "Seattle",
    "state": "WA",
    "postal_code": "98101",
    "authorized_person": "Rosa Delgado",
    "authorized_title": "Owner",
    "contact_email": "rosa@example.com",
    "contact_phone": "206-555-0199",
}


@contextmanager
def sandbox() -> Iterator[str]:
    """Serve the desk on the little Slack at a fixed time; yields the address of the page."""
    clock, words = AdjustableClock(), Templates()
    clock.move_to(START)
    tips = [words.sentence("sandbox", key) for key in words.table("sandbox")]
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(MANIFEST, EXAMPLE, clock=clock, tips=tips) as slack,
    ):
        service = Service(sandbox_settings(slack, Path(folder)), clock, Pace(1, 20.0))
        service.start()
        try:
            yield slack.url
        finally:
            service.stop(patience=0)


@contextmanager
def browser_page(address: str) -> Iterator[Page]:
    """Open the page as Rosa."""
    with sync_playwright() as playwright:
        options = ["--headless", "--no-sandbox", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(15000)
        page.goto(f"{address}#{ROSA}")
        page.locator("#composer").wait_for()
        yield page
        chromium.close()


def take(page: Page, name: str) -> None:
    """Keep the page as a picture with a small palette."""
    page.mouse.move(640, 3)
    page.wait_for_timeout(700)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    shrink(path)


def shrink(path: Path) -> None:
    """Reduce a picture to 256 colours."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def field(page: Page, block: str) -> Locator:
    """Return the input of a block in the open window."""
    return page.locator(f"dialog.modal [data-block-id={block}]").first


def press(page: Page, name: str) -> None:
    """Press the newest button of that name: in the window if one is open, else in the messages."""
    inside = page.locator("dialog.modal")
    place = inside if inside.count() else page.locator("main")
    place.get_by_role("button", name=name, exact=True).last.click()


def send(page: Page) -> None:
    """Press the button that sends the open window."""
    page.locator("dialog.modal footer .button-primary").click()


def pick(page: Page, block: str, text: str) -> None:
    """Type into a list and take the first option."""
    field(page, block).click()
    field(page, block).fill(text)
    page.get_by_role("listbox").get_by_role("option").first.click()


def become(page: Page, name: str) -> None:
    """Act as another person."""
    page.get_by_role("button", name=name).click()
    page.locator(".team").filter(has_text=name).wait_for()


def see(page: Page, text: str) -> None:
    """Wait until something in the messages says so."""
    page.locator("main").get_by_text(text).last.wait_for()


def window(page: Page, text: str) -> None:
    """Wait until the open window says so."""
    page.locator("dialog.modal").get_by_text(text).first.wait_for()


def close_tips(page: Page) -> None:
    """Put the hints for newcomers away."""
    page.get_by_role("region", name="What to try first").get_by_role("button").first.click()


def rosa_asks(page: Page) -> None:
    """Type /port-in and answer the first page."""
    page.locator("#composer").press_sequentially("/port-in")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    field(page, "platform").wait_for()
    page.get_by_role("radio", name="Voice Connector").check()
    field(page, "numbers").fill("(206) 555-0100 to 0104")
    pick(page, "losing_carrier", "Old Telephone Co")
    field(page, "numbers").scroll_into_view_if_needed()
    take(page, "form")
    send(page)
    rosa_gives_the_btn(page)


def rosa_gives_the_btn(page: Page) -> None:
    """Answer the second page; a wrong new BTN is shown under its field, and corrected."""
    window(page, "Step 2 of 4")
    field(page, "btn").fill("206-555-0100")
    page.get_by_role("radio", name="Replace it with a new BTN").check()
    field(page, "new_btn").fill("206-555-0101")
    field(page, "account_number").fill("ACC-99887766")
    field(page, "service_pin").fill("0042")
    send(page)
    page.locator("dialog.modal .error").first.wait_for()
    take(page, "error")
    field(page, "new_btn").fill("206-555-0190")
    send(page)


def rosa_files(page: Page) -> None:
    """Answer the other pages, look over the request and file it."""
    window(page, "Step 3 of 4")
    for name, value in CUSTOMER.items():
        field(page, name).fill(value)
    send(page)
    window(page, "Step 4 of 4")
    field(page, "requested_date").fill("2027-03-17")
    field(page, "requested_time").fill("10:30")
    pick(page, "time_zone", "Los Angeles")
    send(page)
    window(page, "Last look")
    take(page, "review")
    send(page)
    window(page, "filed")
    press(page, "Done")
    see(page, "PRT-1001 – Being prepared")


def open_messages(page: Page) -> None:
    """Open the private conversation with Portdesk."""
    page.locator("nav, aside").get_by_role("button", name="Portdesk").first.click()


def rosa_signs(page: Page, folder: Path) -> None:
    """Fetch the letter from the private message and send it back signed."""
    open_messages(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download PRT-1001-LOA-v1.pdf").click()
    letter = folder / "letter.pdf"
    loading.value.save_as(letter)
    take(page, "private")
    print_page(letter)
    press(page, "Send signed letter")
    field(page, "signed_loa").set_input_files(letter)
    field(page, "loa_signed_on").fill("2027-03-01")
    page.wait_for_timeout(500)
    send(page)
    see(page, "has arrived")


def print_page(letter: Path) -> None:
    """Make a picture of the letter's first page."""
    target = PICTURES / "letter"
    command = ["pdftoppm", "-png", "-r", "90", "-singlefile", str(letter), str(target)]
    subprocess.run(command, check=True)
    shrink(target.with_suffix(".png"))


def anna_submits(page: Page) -> None:
    """Submit the case and record the date that the carrier confirmed."""
    become(page, "Anna Lindqvist")
    page.get_by_role("button", name="number-porting").click()
    take(page, "headline")
    press(page, "Submit to carrier")
    send(page)
    see(page, "PRT-1001 – Submitted to the carrier")
    press(page, "Date confirmed")
    field(page, "foc_date").fill("2027-03-18")
    field(page, "foc_time").fill("10:00")
    take(page, "foc")
    send(page)
    see(page, "PRT-1001 – Date confirmed")


def rosa_agrees(page: Page) -> None:
    """Say that the date suits, and look at the timeline in the case's thread."""
    become(page, "Rosa Delgado")
    open_messages(page)
    see(page, "is now Date confirmed")
    press(page, "Date suits")
    page.wait_for_timeout(1500)


def the_day_comes(page: Page) -> None:
    """Move the clock to the morning of the porting day."""
    become(page, "Anna Lindqvist")
    page.get_by_role("button", name="number-porting").click()
    page.locator("#tool-clock").click()
    page.locator("#clock-to").fill("2027-03-18T08:00")
    page.get_by_role("button", name="Go", exact=True).click()
    see(page, "porting day, 0 of 8 done")
    take(page, "checklist")
    page.get_by_role("button", name="Close").first.click()


def anna_ticks(page: Page) -> None:
    """Tick the checklist, first some numbers and then the rest."""
    press(page, "Numbers…")
    window(page, "Tick the numbers")
    for box in page.locator("dialog.modal").get_by_role("checkbox").all():
        box.check()
    send(page)
    see(page, "porting day, 1 of 8 done")
    for done in range(2, 9):
        page.locator("main").get_by_role("button", name="Mark done", exact=True).first.click()
        see(page, f"porting day, {done} of 8 done")


def anna_completes(page: Page) -> None:
    """Complete the case; look at the thread and at what Rosa is told."""
    page.locator("main").get_by_role("button", name="Complete", exact=True).click()
    window(page, "Completed")
    send(page)
    see(page, "PRT-1001 – Completed")
    page.locator("main .replies").first.click()
    take(page, "completed")
    page.locator("main").get_by_role("button", name="Details", exact=True).first.click()
    window(page, "History")
    press(page, "Close")
    become(page, "Rosa Delgado")
    open_messages(page)
    see(page, "You may cancel the old service now")


def main() -> None:
    """Walk through the case."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sandbox() as address,
        browser_page(address) as page,
    ):
        close_tips(page)
        rosa_asks(page)
        rosa_files(page)
        rosa_signs(page, Path(folder))
        anna_submits(page)
        rosa_agrees(page)
        the_day_comes(page)
        anna_ticks(page)
        anna_completes(page)


if __name__ == "__main__":
    main()
