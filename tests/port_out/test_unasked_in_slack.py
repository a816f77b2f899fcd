"""A carrier's request that nobody here expected, as people meet it in Slack."""

import json

import pytest

from bot.cli.database import export_audit
from bot.domain.port_out.requests import OwnerSays
from slack_sandbox import Person
from tests.journeys.cases import settled, window
from tests.office import MATEO, ROSA, Office, answered, buttons, headline, posted, private, shown
from tests.port_out.departures import ACCOUNT_ID, ASKED, PIN, answer, bring_in, forged

WRONG = "WRONG123"


def protect(agent: Person) -> None:
    """Set PIN and account ID for the numbers that Rosa brought in."""
    agent.command("/port protect 206-555-0100 to 0102")
    agent.fill(step="set", pin=PIN, account_id=ACCOUNT_ID)
    assert agent.submit() == {}
    assert ACCOUNT_ID not in window(agent.view())
    agent.close(clear=True)


def enter(agent: Person, **changes: str) -> None:
    """Type in what a carrier sent, without looking for a case."""
    agent.command("/port request")
    agent.fill({**ASKED, "carrier": "Far Telecom", **changes})
    assert agent.submit() == {}


def test_the_owner_is_asked_and_two_agents_let_the_numbers_go(office: Office) -> None:
    bring_in(office)
    rosa, anna, tom = office.rosa, office.anna, office.tom
    protect(anna)
    enter(anna)
    assert "Nobody here filed this move" in window(anna.view())
    assert "It matches what is on file" in window(anna.view())
    anna.close()
    asked = private(rosa, "Far Telecom asked us for 3 of your numbers")
    assert buttons(asked) == ["I ordered this", "I did not order this"]
    rosa.click("I ordered this", in_message=asked)
    private(rosa, "You said that you ordered this move.")
    told = posted(anna, "I ordered this move")
    assert told["thread_ts"] is None
    card = headline(anna, "PRT-1002")
    assert "A carrier asks for numbers of" in shown(card)
    assert "Support request" not in buttons(card)
    for agent in (anna, tom):
        card = headline(anna, "PRT-1002")
        agent.click("Answer carrier's request", in_message=card)
        assert "the owner, says that it was ordered" in window(agent.view())
        assert answer(agent, "approve") == {}
        agent.close()
    posted(anna, "porting day and after, 2 of 8 done")
    card = private(rosa, "PRT-1002 –")
    assert "Show what to give" not in buttons(card)
    rosa.click("Support request", in_message=card)
    assert "Please let these numbers of Voice Connector go" in window(rosa.view())
    assert "tell us the account ID" not in window(rosa.view())


@pytest.mark.long
def test_the_owner_who_knows_of_nothing_keeps_the_numbers(office: Office) -> None:
    bring_in(office)
    rosa, anna = office.rosa, office.anna
    protect(anna)
    enter(anna)
    anna.close()
    asked = private(rosa, "Far Telecom asked us for 3 of your numbers")
    rosa.click("I did not order this", in_message=asked)
    private(rosa, "The desk rejects the request and tells you.")
    posted(anna, "I did not order this move")
    card = headline(anna, "PRT-1002", says="No: reject the request")
    anna.click("Answer carrier's request", in_message=card)
    assert "was not ordered: reject it" in window(anna.view())
    assert "Two agents" not in window(anna.view())
    assert '"approve"' not in json.dumps(anna.view())
    assert answer(anna, "reject", "customer_mismatch") == {}
    assert "Reason: Customer information does not match." in window(anna.view())
    anna.close()
    private(rosa, "Your numbers stay.")
    assert "reject the request" not in shown(headline(anna, "PRT-1002 – Cancelled"))


def test_a_request_for_strange_numbers_gets_its_answer_at_once(office: Office) -> None:
    anna = office.anna
    enter(anna, numbers="206-555-0177", pin=WRONG)
    seen = window(anna.view())
    assert "None of these numbers is in our inventory" in seen
    assert "for: +12065550177" in seen
    assert "Reason: Number not on account." in seen
    assert office.service.desk.queries.every_case() == ()
    (line,) = json.loads(export_audit(office.settings, "json"))
    assert (line["what"], line["number"]) == ("compared", "+12065550177")
    assert WRONG not in export_audit(office.settings, "csv")


def test_a_mistake_in_the_request_stands_in_red(office: Office) -> None:
    anna = office.anna
    anna.command("/port request")
    anna.fill({**ASKED, "numbers": "555"})
    assert "not a telephone number" in anna.submit()["numbers"]


def test_a_requester_is_told_who_may_enter_one(office: Office) -> None:
    said = answered(office.rosa, "/port request")
    assert "Only the desk's agents may do this" in said


def test_a_stranger_does_not_speak_for_the_owner(office: Office) -> None:
    bring_in(office)
    enter(office.anna)
    office.anna.close()
    pressed = {"action_id": "out_owner_ordered", "value": '[2, 1, ""]', "action_ts": "1.0"}
    assert forged(office, MATEO, type="block_actions", actions=[pressed]).status == 200
    assert office.service.desk.queries.case(2).owner_says == ""


@pytest.mark.long
def test_an_owner_who_says_no_after_the_approval_is_heard(office: Office) -> None:
    bring_in(office)
    anna = office.anna
    protect(anna)
    enter(anna)
    anna.close()
    for agent in (anna, office.tom):
        agent.click("Answer carrier's request", in_message=headline(agent, "PRT-1002"))
        assert answer(agent, "approve") == {}
        agent.close()
    office.service.desk.port_out.owner_confirmation.say(ROSA, 2, OwnerSays.NOT_ORDERED)
    posted(anna, "It is approved already: call the carrier now.")
    settled(office)
    assert "Ordered by the owner?*\nNo\n" in shown(headline(anna, "PRT-1002"))
