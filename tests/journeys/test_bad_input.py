"""What people, Slack and the disk get wrong: a sentence for the person, nothing lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from slack_bolt import BoltRequest, BoltResponse
from sqlalchemy import event

from bot.domain.cases.workflow import Status
from tests.journeys.cases import filed, now, settled, submitted, window
from tests.journeys.requests import fill_pages
from tests.office import MATEO, ROSA, Message, Office, answered, headline, private, shown

BUSY = "busy or full"


def _answer(office: Office, command: str, who: str = ROSA) -> str:
    return answered(office.person(who), command)


# A whole database that is locked or full is SQLite's trouble.
on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@contextmanager
def _locked(office: Office) -> Iterator[None]:
    """Hold the database's write lock, as a backup or another process might."""
    with closing(sqlite3.connect(str(office.service.engine.url.database))) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.rollback()


@contextmanager
def _full(office: Office) -> Iterator[None]:
    """Let no connection of the desk make the database file any longer."""
    engine = office.service.engine
    with engine.connect() as connection:
        most = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(connection: Any, *_more: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={most}")

    # Whenever one is taken from the pool: another thread may hold one of them just now.
    event.listen(engine, "checkout", limit)
    try:
        yield
    finally:
        most = 1_000_000


def _forged(office: Office, who: str, **payload: Any) -> BoltResponse:
    """Hand the app an interaction that no window of Slack would send."""
    body = {"user": {"id": who}, "team": {"id": "T0SANDBOX"}, "trigger_id": "none", **payload}
    return office.service.app.dispatch(BoltRequest(body=body, mode="socket_mode"))


@pytest.mark.parametrize("asked", ["", "help", "HELP"])
def test_help_is_the_answer_to_nothing(desk_office: Office, asked: str) -> None:
    assert "/port status" in _answer(desk_office, f"/port {asked}")


def test_an_unknown_word_is_named_and_answered_with_help(desk_office: Office) -> None:
    said = _answer(desk_office, "/port frobnicate <!channel> payload")
    assert "I do not know “frobnicate &lt;!channel&gt; payload”" in said
    assert "/port status" in said


@pytest.mark.parametrize(
    "asked",
    ["xyz", "PRT-999999", "PRT-99999999999999999999", "prt--1", "+12065550199", "'; --", "٣"],
)
def test_a_status_of_nothing_is_nothing_found(desk_office: Office, asked: str) -> None:
    assert "Nothing found" in _answer(desk_office, f"/port status {asked}")


def test_a_status_of_no_case_asks_which_one(desk_office: Office) -> None:
    assert "Which case?" in _answer(desk_office, "/port status")


def test_a_very_long_question_is_answered(desk_office: Office) -> None:
    assert "Nothing found" in _answer(desk_office, "/port status " + "x<" * 3000)


def test_a_status_is_told_by_reference_and_by_number(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0100")
    for asked in (case.reference, case.reference.lower(), "(206) 555-0100"):
        assert case.reference in _answer(desk_office, f"/port status {asked}")


def test_somebody_elses_case_is_not_found(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0101", who=MATEO)
    assert "Nothing found" in _answer(desk_office, f"/port status {case.reference}")
    assert "Nothing found" in _answer(desk_office, "/port status 206 555 0101")
    assert case.reference not in _answer(desk_office, "/port list")
    assert case.reference in _answer(desk_office, "/port list", MATEO)


def _answered_at(office: Office, who: str, **payload: Any) -> str:
    """Forge an interaction with an address of Slack's; returns what the person is told there."""
    heard: list[Any] = []
    office.slack.watch(heard.append)
    office.person(who).command("/port help")
    url = next(seen["request"]["response_url"] for seen in heard if seen["direction"] == "to_app")
    before = len(_whispers(office, who))
    assert _forged(office, who, response_url=url, **payload).status == 200
    (told,) = _whispers(office, who)[before:]
    return shown(told)


def _whispers(office: Office, who: str) -> list[Message]:
    return [message for message in office.person(who).messages() if message["ephemeral"]]


def test_a_click_that_took_too_long_is_answered_beside_the_message(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0102")
    world = desk_office.slack._state
    trigger = world.new_trigger(ROSA)
    world.triggers[trigger].since -= 60
    value = f'[{case.id}, {case.version}, ""]'
    action = {"type": "button", "action_id": "details", "block_id": "b", "value": value}
    told = _answered_at(
        desk_office, ROSA, type="block_actions", actions=[action], trigger_id=trigger
    )
    assert "Please click again" in told


@pytest.mark.parametrize(
    "value", ["", "nonsense", "[1]", '["a","b","c"]', "[-1,0,0]", "[999999,1,1]"]
)
@pytest.mark.parametrize("action", ["details", "change", "tick", "send_letter", "move:SUBMITTED"])
def test_a_forged_button_does_nothing(desk_office: Office, action: str, value: str) -> None:
    before = desk_office.service.desk.queries.every_case()
    pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value}
    answer = _forged(desk_office, MATEO, type="block_actions", actions=[pressed])
    assert answer.status == 200
    assert desk_office.service.desk.queries.every_case() == before


@pytest.mark.parametrize("value", ["", "nonsense", "-1", "²", "9" * 20])
@pytest.mark.parametrize("action", ["intake_continue", "intake_discard", "out_continue"])
def test_a_forged_draft_is_nobodys(desk_office: Office, action: str, value: str) -> None:
    pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value}
    told = _answered_at(desk_office, MATEO, type="block_actions", actions=[pressed])
    assert "This draft is gone" in told


def test_a_forged_form_moves_nobodys_case(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0103")
    for callback, extra in (
        ("move", "PENDING_DOCUMENTS"),
        ("move", "NONSENSE"),
        ("send_letter", "1"),
    ):
        state = {
            "why": {"why": {"type": "plain_text_input", "value": "forged"}},
            "signed_loa": {"f": {"type": "file_input", "files": [{"id": "F1"}]}},
            "loa_signed_on": {"d": {"type": "datepicker", "selected_date": "2027-03-01"}},
            "signature": {"r": {"type": "radio_buttons", "selected_option": {"value": "ink"}}},
        }
        view = {
            "id": "V1",
            "type": "modal",
            "callback_id": callback,
            "private_metadata": f'[{case.id}, {case.version}, "{extra}"]',
            "blocks": [],
            "state": {"values": state},
        }
        answer = _forged(desk_office, MATEO, type="view_submission", view=view)
        assert answer.status == 200
        assert '"push"' in str(answer.body)
        assert now(desk_office, case).version == case.version


@pytest.mark.long
@on_sqlite
@pytest.mark.parametrize(
    ("trouble", "number"), [(_locked, "206 555 0110"), (_full, "212 555 0100 to 0199")]
)
def test_a_form_that_cannot_be_kept_stays_open_and_says_so(
    desk_office: Office, trouble: Any, number: str
) -> None:
    rosa, desk = desk_office.rosa, desk_office.service.desk
    while left := desk.drafts.latest(ROSA):
        desk.drafts.discard(ROSA, left.id)
    rosa.command("/port-in")
    fill_pages(rosa, numbers=number, street_address="1 " + "Long Road " * 15)
    settled(desk_office)
    before = len(desk.queries.every_case())
    with trouble(desk_office):
        assert rosa.submit() == {}
        assert BUSY in window(rosa.view())
        assert len(desk.queries.every_case()) == before
    rosa.close()
    assert rosa.submit() == {}, "the form is still there with everything in it"
    assert len(desk.queries.every_case()) == before + 1
    settled(desk_office)


@on_sqlite
def test_a_click_while_the_database_is_locked_changes_nothing_and_says_so(
    desk_office: Office,
) -> None:
    case = submitted(desk_office, "206 555 0114")
    anna = desk_office.anna
    settled(desk_office)
    anna.click("move:PENDING_DOCUMENTS", in_message=headline(anna, case.reference))
    anna.fill(why="The bill, please")
    with _locked(desk_office):
        assert anna.submit() == {}
        assert BUSY in window(anna.view())
    assert now(desk_office, case).status is Status.SUBMITTED
    anna.close()
    assert anna.submit() == {}
    assert now(desk_office, case).status is Status.PENDING_DOCUMENTS


@pytest.mark.long
def test_a_window_that_slack_cannot_open_loses_nothing(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0115")
    settled(desk_office)
    desk_office.slack.faults.change({"server_error": 1, "methods": ["views.open"]})
    card: Message = headline(desk_office.anna, case.reference)
    desk_office.anna.click("Details", in_message=card)
    assert "Something went wrong" in window(desk_office.anna.view())
    desk_office.anna.close()
    desk_office.anna.click("Details", in_message=card)
    assert "*History*" in window(desk_office.anna.view())
    assert private(desk_office.rosa, case.reference)
