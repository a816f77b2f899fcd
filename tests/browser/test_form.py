"""What a newcomer can do in a form on the sandbox's page."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Response, expect

from slack_sandbox.server import Sandbox

from . import small_app
from .hands import field, message, say, send_form

pytestmark = pytest.mark.long
BILL: FilePayload = {
    "name": "bill.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4 the bill",
}


def _shows(answer: Response, words: str) -> bool:
    return "/sandbox/state" in answer.url and words in answer.text()


def test_a_required_field_left_empty_is_named_under_the_field(page: Page) -> None:
    say(page, "/form")
    field(page, "numbers").fill("+12065550100")
    page.get_by_role("button", name="Send", exact=True).last.click()
    expect(page.locator("[data-block=email] .error")).to_contain_text("complete this required")
    expect(field(page, "email")).to_be_focused()
    expect(field(page, "email")).to_have_attribute("aria-invalid", "true")


def test_the_error_of_the_app_keeps_what_was_typed(page: Page) -> None:
    send_form(page, numbers="206 555 0100")
    expect(page.locator("[data-block=numbers] .error")).to_contain_text("Start each number")
    expect(field(page, "email")).to_have_value("rosa@example.com")
    field(page, "numbers").fill("+12065550100")
    page.get_by_role("button", name="Send", exact=True).last.click()
    expect(page.locator("dialog.modal")).to_have_count(0)
    expect(message(page, "Numbers: +12065550100")).to_be_visible()


def test_the_first_field_that_the_app_refuses_has_the_focus(page: Page) -> None:
    say(page, "/form")
    field(page, "numbers").fill("+12065550100")
    field(page, "email").fill("rosa@nowhere.example")
    page.get_by_role("button", name="Send", exact=True).last.click()
    error = page.locator("[data-block=email] .error")
    expect(error).to_contain_text("Nobody lives there")
    expect(field(page, "email")).to_be_focused()
    field(page, "email").press("End")
    field(page, "email").press("Backspace")
    expect(error).to_have_count(0)


def test_what_was_typed_just_before_closing_reaches_the_app(page: Page, sandbox: Sandbox) -> None:
    say(page, "/form")
    field(page, "numbers").fill("+12065550123")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.modal")).to_have_count(0)
    sent = page.request.get(f"{sandbox.url}sandbox/traffic?after=0").json()["entries"]
    assert "+12065550123" in json.dumps([entry["request"] for entry in sent])


def test_typing_goes_on_while_the_app_redraws_the_form(page: Page) -> None:
    say(page, "/form")
    numbers = field(page, "numbers")
    numbers.press_sequentially("+12065550100 ", delay=20)
    expect(page.locator("dialog.modal")).to_contain_text("1 numbers so far")
    numbers.press_sequentially("+12065550101", delay=20)
    expect(page.locator("dialog.modal")).to_contain_text("2 numbers so far")
    expect(numbers).to_have_value("+12065550100 +12065550101")
    expect(numbers).to_be_focused()


def test_a_click_lands_where_it_began_though_the_app_redraws_the_form(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 1400})  # scrolled, the form would stand still
    say(page, "/form")
    agent = page.get_by_role("checkbox", name="Agent")
    with page.expect_response(lambda answer: _shows(answer, "1 numbers so far")):
        field(page, "numbers").fill("+12065550100")
        agent.hover()
        page.mouse.down()
    page.evaluate("fetch('/sandbox/clock').then(() => new Promise(requestAnimationFrame))")
    page.mouse.up()
    expect(page.locator("dialog.modal")).to_contain_text("1 numbers so far")
    expect(agent).to_be_checked()


def test_a_list_asks_the_app_for_what_fits_the_typing(page: Page) -> None:
    say(page, "/form")
    carrier = field(page, "carrier")
    carrier.press_sequentially("paci")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text(["Pacific Wire", "Pacific Bell"])
    carrier.press("ArrowDown")
    carrier.press("Enter")
    expect(carrier).to_have_value("Pacific Bell")


def test_escape_closes_the_list_first_and_then_the_form(page: Page) -> None:
    say(page, "/form")
    carrier = field(page, "carrier")
    carrier.press_sequentially("lu")
    expect(page.get_by_role("option", name="Lumen")).to_be_visible()
    carrier.press("Escape")
    expect(page.get_by_role("option", name="Lumen")).to_have_count(0)
    expect(page.locator("dialog.modal")).to_be_visible()
    carrier.press("Escape")
    expect(page.locator("dialog.modal")).to_have_count(0)


def test_dates_choices_and_people_arrive_as_they_were_chosen(page: Page, sandbox: Sandbox) -> None:
    say(page, "/form")
    field(page, "numbers").fill("+12065550100")
    field(page, "email").fill("rosa@example.com")
    field(page, "day").fill("2026-12-09")
    page.get_by_role("radio", name="Toll-free").check()
    page.get_by_role("checkbox", name="Agent").check()
    page.get_by_role("checkbox", name="Channel").check()
    page.get_by_role("checkbox", name="Agent").uncheck()
    field(page, "watch").click()
    page.get_by_role("option", name="Tom Whitaker").click()
    page.keyboard.press("Escape")  # puts the list away
    page.get_by_role("button", name="Send", exact=True).last.click()
    tom = next(user.id for user in sandbox.workspace.users if user.name == "tom")
    expect(message(page, f"choices: 2026-12-09 toll-free channel {tom};")).to_be_visible()


def test_escape_closes_a_form_that_has_turned_into_an_answer(page: Page) -> None:
    send_form(page, numbers="+12065550100!")
    expect(page.locator("dialog.modal")).to_contain_text("It is sent.")
    expect(page.locator("dialog.modal :focus")).to_have_text("Close")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.modal")).to_have_count(0)


def test_a_file_goes_up_with_the_form_and_the_letter_comes_down(page: Page, tmp_path: Path) -> None:
    say(page, "/form")
    field(page, "bill").set_input_files(BILL)
    expect(page.locator("dialog.modal .file-row")).to_contain_text("17 bytes")
    field(page, "numbers").fill("+12065550100")
    field(page, "email").fill("rosa@example.com")
    page.get_by_role("button", name="Send", exact=True).last.click()
    expect(message(page, "bills: bill.pdf")).to_be_visible()
    page.get_by_role("button", name="1 reply").click()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download letter.pdf").click()
    loading.value.save_as(tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").read_bytes() == small_app.LETTER
