"""What a newcomer can do on the sandbox's page."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from slack_sandbox.server import Sandbox

from .hands import message, say, send_form

INJECTION = "<img src=x onerror=\"document.title='taken over'\"><b>bold</b>"


def test_the_page_starts_with_a_person_a_channel_and_what_to_try(page: Page) -> None:
    expect(page.get_by_role("region", name="What to try first")).to_contain_text("/form")
    expect(page.locator("[data-channel][aria-current=page]")).to_have_text("team")
    expect(page.locator(".connection")).to_have_text("Small app connected")


def test_a_slash_offers_the_commands_and_the_keyboard_chooses_one(page: Page) -> None:
    composer = page.locator("#composer")
    composer.press_sequentially("/f")
    commands = page.get_by_role("listbox", name="Commands")
    expect(commands.get_by_role("option")).to_have_count(2)
    composer.press("ArrowDown")
    composer.press("Tab")
    expect(composer).to_have_value("/form-long ")
    expect(commands).to_have_count(0)


def test_an_answer_for_one_person_is_marked_and_hidden_from_others(page: Page) -> None:
    say(page, "/echo hello")
    answer = message(page, "You said: hello")
    expect(answer).to_contain_text("Only visible to you")
    page.get_by_role("button", name="Anna Lindqvist").click()
    expect(page.locator(".team")).to_contain_text("Anna Lindqvist")
    expect(answer).to_have_count(0)


@pytest.mark.long
def test_an_answer_is_in_sight_after_reading_further_up(page: Page) -> None:
    for number in range(9):
        say(page, f"/echo {number}")
        expect(message(page, f"You said: {number}")).to_be_in_viewport()
    message(page, "You said: 0").scroll_into_view_if_needed()
    down = page.get_by_role("button", name="Newest messages")
    expect(down).to_be_visible()
    say(page, "/echo back down")
    expect(message(page, "You said: back down")).to_be_in_viewport(ratio=1)
    expect(down).to_be_hidden()


@pytest.mark.long
def test_the_newest_message_stays_in_sight_in_a_smaller_window(page: Page) -> None:
    for number in range(9):
        say(page, f"/echo {number}")
        expect(message(page, f"You said: {number}")).to_be_in_viewport()
    page.set_viewport_size({"width": 900, "height": 520})
    expect(message(page, "You said: 8")).to_be_in_viewport(ratio=1)


@pytest.mark.long
def test_an_unknown_command_is_explained_and_its_words_are_kept(page: Page) -> None:
    say(page, "/nothing here")
    expect(page.get_by_role("alert")).to_contain_text("/nothing is not a valid command")
    expect(page.locator("#composer")).to_have_value("/nothing here")


@pytest.mark.long
def test_a_command_that_the_app_leaves_alone_is_reported(page: Page) -> None:
    say(page, "/form-long")
    expect(page.get_by_role("alert").first).to_contain_text("/form-long failed")


@pytest.mark.long
def test_what_is_sent_before_the_answer_comes_is_sent_in_its_order(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/sandbox/message", hold)
    say(page, "Good morning")
    say(page, "/echo and hello")
    expect(page.locator("#composer")).to_have_value("")
    held[0].continue_()
    expect(message(page, "You said: and hello")).to_be_visible()
    expect(page.locator("main [data-ts] .text")).to_have_text(
        ["Good morning", "You said: and hello"]
    )


def test_another_person_presses_the_button_and_both_see_it(page: Page) -> None:
    send_form(page)
    page.get_by_role("button", name="Anna Lindqvist").click()
    page.locator("main [data-action-id=take]").click()
    taken = message(page, "Taken by @Anna Lindqvist")
    expect(taken).to_contain_text("(edited)")
    page.get_by_role("button", name="Rosa Delgado").click()
    expect(taken).to_be_visible()


@pytest.mark.long
def test_a_button_that_asks_first_does_nothing_when_told_no(page: Page) -> None:
    send_form(page)
    card = message(page, "Numbers:")
    card.locator("[data-action-id=drop]").click()
    page.get_by_role("button", name="Keep it").click()
    expect(card.locator("[data-action-id=drop]")).to_be_visible()
    card.locator("[data-action-id=drop]").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(card.locator("[data-action-id=drop]")).to_have_count(0)


@pytest.mark.long
def test_a_reply_stays_in_its_thread(page: Page) -> None:
    say(page, "Who knows this customer?")
    question = message(page, "Who knows this customer?")
    question.hover()
    question.get_by_role("button", name="Reply in thread").click()
    page.locator("#thread-composer").fill("I do.")
    page.keyboard.press("Enter")
    expect(page.locator("aside.thread [data-ts]")).to_have_count(2)
    expect(message(page, "I do.")).to_have_count(0)
    expect(question.get_by_role("button", name="1 reply")).to_be_visible()


def test_what_people_type_is_text_and_never_markup(page: Page) -> None:
    say(page, INJECTION)
    expect(page.locator("main [data-ts] .text")).to_have_text(INJECTION)
    expect(page.locator("main img, main b:text('bold')")).to_have_count(0)
    expect(page).to_have_title(re.compile("Sandbox"))


def test_what_an_app_repeats_is_text_and_never_markup(page: Page) -> None:
    send_form(page, numbers=f"+12065550100 {INJECTION}")
    expect(message(page, "Numbers:")).to_contain_text("onerror")
    expect(page.locator("main img")).to_have_count(0)
    expect(page).to_have_title(re.compile("Sandbox"))


def test_the_clock_moves_for_everybody(page: Page, sandbox: Sandbox) -> None:
    page.locator("#tool-clock").click()
    page.get_by_role("button", name="+1 day").click()
    expect(page.get_by_text("1 d ahead of real time.")).to_be_visible()
    assert round(sandbox.clock.offset_seconds) == 24 * 3600
    page.get_by_role("button", name="Next 8 am").click()
    expect(page.locator(".clock-face")).to_contain_text("8:00 AM")


@pytest.mark.long
def test_the_traffic_shows_what_was_sent_and_answered(page: Page) -> None:
    say(page, "/echo hello")
    page.locator("#tool-traffic").click()
    entry = page.locator(".entry").filter(has_text="/echo")
    entry.get_by_role("button").click()
    expect(entry.locator(".json").first).to_contain_text('"command": "/echo"')
    expect(entry.locator(".json").last).to_contain_text("You said: hello")


@pytest.mark.long
def test_a_shortcut_starts_from_a_message(page: Page) -> None:
    say(page, "Move these on Friday")
    line = message(page, "Move these on Friday").first
    line.hover()
    line.get_by_role("button", name="Message shortcuts").click()
    page.get_by_role("menuitem", name="Quote this").click()
    expect(page.locator("main .ephemeral blockquote")).to_have_text("Move these on Friday")


@pytest.mark.long
def test_the_home_tab_greets_the_person(page: Page) -> None:
    page.get_by_role("button", name="Small app", exact=True).click()
    page.get_by_role("tab", name="Home").click()
    expect(page.locator(".home")).to_contain_text("Welcome home, @Rosa Delgado")


@pytest.mark.long
def test_the_tips_go_on_one_by_one_and_act_for_the_reader(page: Page) -> None:
    tips = page.get_by_role("region", name="What to try first")
    say(page, "Good morning")
    expect(tips.locator(".tip-text")).to_have_count(1)
    tips.get_by_role("button", name="Next tip").click()
    tips.get_by_role("button", name="Act as Anna").click()
    expect(page.locator(".team")).to_contain_text("Anna Lindqvist")


@pytest.mark.long
def test_the_tips_follow_what_the_reader_does(page: Page) -> None:
    say(page, "Good morning")
    say(page, "/form")
    page.locator("dialog.modal").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.modal")).to_have_count(0)
    tips = page.get_by_role("region", name="What to try first")
    expect(tips.locator(".tip-text")).to_have_text("Act as Anna, who takes the work.")


@pytest.mark.long
def test_the_address_keeps_person_and_channel(page: Page) -> None:
    page.get_by_role("button", name="Anna Lindqvist").click()
    page.locator("[data-channel]").filter(has_text="general").click()
    page.reload()
    expect(page.locator(".team")).to_contain_text("Anna Lindqvist")
    expect(page.locator("[data-channel][aria-current=page]")).to_have_text("general")


@pytest.mark.long
def test_an_address_of_an_earlier_sandbox_still_opens(page: Page, sandbox: Sandbox) -> None:
    page.goto("about:blank")
    page.goto(f"{sandbox.url}#U0NOBODY/C0NOWHERE")
    expect(page.locator(".team")).to_contain_text("Rosa Delgado")
    expect(page.locator("#composer")).to_be_focused()
