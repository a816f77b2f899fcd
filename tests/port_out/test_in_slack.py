"""Port-out as people meet it in Slack: mistakes, attacks, and what must never be seen."""

import json

import pytest

from bot.cli.database import export_cases
from bot.slack.blocks.messages import plain_reminder
from tests.databases import every_row
from tests.journeys.cases import settled, window
from tests.office import ANNA, Message, Office, buttons, headline, posted, private, shown
from tests.port_out.departures import (
    ACCOUNT_ID,
    ASKED,
    PIN,
    answer,
    bring_in,
    enter_request,
    file_port_out,
    forged,
    item_of,
)

WRONG = "WRONG123"
REPLACED = "FRESH88XY"


def guess(office: Office, times: int) -> None:
    """Enter and reject requests with a wrong PIN."""
    anna = office.anna
    for _ in range(times):
        settled(office)
        anna.click("Enter carrier's request", in_message=headline(anna))
        anna.fill({**ASKED, "pin": WRONG})
        assert anna.submit() == {}
        assert "PIN invalid" in window(anna.view())
        assert answer(anna, "reject") == {}
        assert "Reason: PIN invalid." in window(anna.view())
        anna.close()


@pytest.mark.long
def test_a_guessed_pin_locks_the_number_and_tells_the_channel(office: Office) -> None:
    anna = office.anna
    file_port_out(office.rosa)
    guess(office, 5)
    settled(office)
    alert = posted(anna, "locked for 24 hours")
    assert alert["thread_ts"] is None
    assert WRONG not in shown(alert)
    assert enter_request(anna, headline(anna)) == {}
    assert "Not judged" in window(anna.view())
    assert "Approve" not in json.dumps(anna.view())


@pytest.mark.long
def test_a_held_number_takes_two_agents_in_slack(office: Office) -> None:
    bring_in(office)
    anna, tom = office.anna, office.tom
    file_port_out(office.rosa, declared=[])
    card = headline(anna, "PRT-1002")
    assert "Not in our inventory" not in shown(card)
    assert enter_request(anna, card) == {}
    assert "Two agents have to approve this" in window(anna.view())
    assert answer(anna, "approve") == {}
    assert "Send nothing yet" in window(anna.view())
    anna.close()
    assert "You have nothing to do now" in shown(private(office.rosa, "a second one checks it"))
    card = headline(anna, "PRT-1002", says="a second one is needed")
    anna.click("Answer carrier's request", in_message=card)
    assert "Ask another agent" in answer(anna, "approve")["decision"]
    tom.click("Answer carrier's request", in_message=card)
    assert answer(tom, "approve") == {}
    assert "It is approved for" in window(tom.view())
    told = private(office.rosa, "we approved the request")
    assert "until it names a date" in shown(told)
    assert "Show what to give" not in buttons(told)
    assert "the carrier" in shown(headline(tom, "PRT-1002", says="New Telecom: approved"))


@pytest.mark.long
def test_who_ticked_unassigned_is_told_that_another_agent_is_needed(office: Office) -> None:
    bring_in(office)
    anna = office.anna
    file_port_out(office.rosa, declared=[])
    checklist = posted(anna, "PRT-1002 – porting day and after")
    anna.click("Numbers…", in_message=item_of(checklist, "unassigned"))
    anna.fill(numbers0=["+12065550100", "+12065550101", "+12065550102"])
    assert anna.submit() == {}
    assert enter_request(anna, headline(anna, "PRT-1002")) == {}
    assert "not you, and not the requester" in window(anna.view())
    assert answer(anna, "approve") == {}
    assert "Send nothing yet" in window(anna.view())


@pytest.mark.long
@pytest.mark.parametrize("fault", ["duplicate_delivery", "double_click"])
def test_an_approval_that_arrives_twice_is_one(office: Office, fault: str) -> None:
    anna = office.anna
    file_port_out(office.rosa)
    assert enter_request(anna, headline(anna)) == {}
    office.slack.faults.change({fault: True})
    anna.fill(decision="approve")
    anna.submit()
    office.slack.faults.change({fault: False})
    settled(office)
    said = [m for m in anna.messages() if "approved the request" in shown(m)]
    assert len(said) == 1


def test_a_requester_sees_no_form_of_an_agent(office: Office) -> None:
    rosa = office.rosa
    file_port_out(rosa)
    rosa.click("Enter carrier's request", in_message=headline(rosa))
    assert "Only the desk's agents may do this" in window(rosa.view())


def test_a_stranger_is_not_shown_what_to_give(office: Office) -> None:
    file_port_out(office.rosa)
    office.mateo.click("Show what to give", in_message=headline(office.mateo))
    seen = window(office.mateo.view())
    assert "belongs to somebody else" in seen
    assert PIN not in seen


def test_a_forged_answer_changes_nothing(office: Office) -> None:
    file_port_out(office.rosa)
    assert enter_request(office.anna, headline(office.anna)) == {}
    state = {"decision": {"decision": {"type": "radio_buttons", "selected_option": None}}}
    for target in ('[1, 1, "99"]', '[1, 99, "1"]', '[2, 1, "1"]', "[]"):
        view: Message = {
            "type": "modal",
            "id": "VFORGED",
            "callback_id": "out_answer",
            "private_metadata": target,
            "blocks": [],
            "state": {"values": state},
        }
        forged(office, ANNA, type="view_submission", view=view)
    asked = office.service.desk.queries.case(1).request
    assert asked is not None
    assert asked.is_open


def test_secrets_are_seen_in_one_window_only(
    office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    rosa, anna = office.rosa, office.anna
    file_port_out(rosa)
    rosa.click("Change details", in_message=private(rosa, "PRT-1001 –"))
    for typed in ({}, {"pin": REPLACED}, {}):
        assert rosa.fill(typed).submit() == {}
    settled(office)
    assert enter_request(anna, headline(anna), pin=WRONG) == {}
    assert answer(anna, "reject") == {}
    anna.close()
    anna.click("Details", in_message=headline(anna, says="New Telecom: rejected"))
    settled(office)
    entries = rosa._read("/sandbox/traffic?after=0")["entries"]
    said = [e["response"] if e["direction"] == "to_app" else e["request"] for e in entries]
    logged = capfd.readouterr()
    places = {
        "messages": json.dumps(office.slack.record),
        "what the app said": json.dumps(said),
        "windows": json.dumps(anna.views() + rosa.views()),
        "database": every_row(office.service.engine),
        "logs": logged.out + logged.err,
        "export": export_cases(office.settings, "json") + export_cases(office.settings, "csv"),
    }
    assert "New Telecom" in places["database"], "the search finds what is in clear"
    leaks = [
        (place, secret)
        for place, text in places.items()
        for secret in (ACCOUNT_ID, PIN, REPLACED, WRONG)
        if secret in text
    ]
    assert leaks == []


@pytest.mark.long
def test_the_export_has_the_audit_of_a_port_out(office: Office) -> None:
    file_port_out(office.rosa)
    office.rosa.click("Show what to give", in_message=private(office.rosa, "PRT-1001 –"))
    (row,) = json.loads(export_cases(office.settings, "json"))
    assert (row["kind"], row["winning_carrier"]) == ("port_out", "New Telecom")
    assert (row["pin"], row["account_id"]) == ("on file", "on file")
    assert [line["what"] for line in row["audit"]] == ["pin_chosen", "revealed"]


@pytest.mark.long
def test_a_pin_is_set_and_removed_by_two_people(office: Office) -> None:
    bring_in(office)
    rosa, anna, tom = office.rosa, office.anna, office.tom
    rosa.command("/port protect 206-555-0100")
    rosa.fill(step="set", pin="GUARD77")
    assert rosa.submit() == {}
    seen = window(rosa.view())
    assert "Phone Number Port Out" in seen
    assert "+12065550100" in seen
    assert "GUARD77" not in seen
    rosa.click("Show PIN of …0100")
    assert "GUARD77" in window(rosa.view())
    rosa.close(clear=True)
    for person, step, expected in (
        (anna, "ask_removal", {}),
        (
            anna,
            "confirm_removal",
            {"step": "You asked for this yourself. Another agent has to confirm it."},
        ),
        (tom, "confirm_removal", {}),
    ):
        person.command("/port protect 206-555-0100")
        person.fill(step=step)
        assert person.submit() == expected
        person.close(clear=True)
    tom.command("/port protect 206-555-0100")
    assert tom.submit() == {}
    seen = window(tom.view())
    for what in ("set a PIN", "looked at the PIN", "asked to remove", "confirmed that the PIN"):
        assert what in seen
    alert = posted(anna, "asks to remove the PIN protection of …0100")
    assert alert["thread_ts"] is None
    assert "GUARD77" not in json.dumps(office.slack.record)
    # Who owns the numbers hears of what others did, and not of what they did themselves.
    assert private(rosa, "asks to remove the PIN protection of …0100")
    assert not [m for m in rosa.dm() if "set a PIN" in shown(m)]


@pytest.mark.long
def test_the_window_of_many_protected_numbers_is_not_cut_short(office: Office) -> None:
    anna = office.anna
    bring_in(office, "206-555-0100 to 0129")
    for _ in range(3):
        anna.command("/port protect 206-555-0100 to 0129")
        anna.fill(step="set", pin=PIN)
        assert anna.submit() == {}
        seen = window(anna.view())
        anna.close(clear=True)
    assert seen.count("protected; PIN set by") == 25
    assert "… and 5 more." in seen


@pytest.mark.long
@pytest.mark.parametrize("kind", ["answer_half", "answer_last", "answer_silent"])
def test_a_reminder_names_the_carrier_that_waits(office: Office, kind: str) -> None:
    file_port_out(office.rosa, winning_carrier="")
    assert enter_request(office.anna, headline(office.anna), carrier="Far Telecom") == {}
    desk = office.service.desk
    assert "answer Far Telecom" in plain_reminder(desk.words, desk.queries.case(1), kind)


def test_a_carrier_without_a_name_is_still_called_something(office: Office) -> None:
    file_port_out(office.rosa, winning_carrier="")
    desk = office.service.desk
    said = plain_reminder(desk.words, desk.queries.case(1), "out_missed")
    assert "Ask the new carrier, then" in said


@pytest.mark.long
def test_another_carrier_than_the_named_one_is_pointed_out(office: Office) -> None:
    file_port_out(office.rosa)
    assert enter_request(office.anna, headline(office.anna), carrier="Far Telecom") == {}
    assert "The case names another carrier*: New Telecom" in window(office.anna.view())


@pytest.mark.long
def test_what_silence_would_decide_stands_in_the_channel_itself(office: Office) -> None:
    file_port_out(office.rosa)
    assert enter_request(office.anna, headline(office.anna)) == {}
    office.clock.advance(12 * 3600 + 60)
    assert posted(office.anna, "half of the time")["thread_ts"] is None
