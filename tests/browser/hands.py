"""What somebody does on the sandbox's page, and where they look."""

from playwright.sync_api import Locator, Page, expect


def say(page: Page, text: str) -> None:
    """Write into the composer and send."""
    page.locator("#composer").fill(text)
    page.keyboard.press("Escape")  # puts the list of commands away
    page.keyboard.press("Enter")


def field(page: Page, block_id: str) -> Locator:
    """Return the input of a block in the open modal."""
    return page.locator(f"dialog.modal [data-block-id={block_id}]")


def send_form(page: Page, numbers: str = "+12065550100") -> None:
    """Open the form, fill in what it needs and send it."""
    say(page, "/form")
    field(page, "numbers").fill(numbers)
    # The app redraws the form for this; a button that is drawn anew loses a click.
    expect(page.locator("dialog.modal")).to_contain_text("numbers so far")
    field(page, "email").fill("rosa@example.com")
    page.get_by_role("button", name="Send", exact=True).last.click()


def message(page: Page, text: str) -> Locator:
    """Return the message with this text in the main pane."""
    return page.locator("main [data-ts]").filter(has_text=text)
