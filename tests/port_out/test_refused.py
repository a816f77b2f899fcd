"""A port-out that does not go on: only the reasons that there are for numbers that leave."""

import pytest

from bot.cli.database import export_cases
from bot.desk.cases.transition_requirements import TransitionInput
from bot.domain.cases.rejections import OTHER, rejections
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import Reason
from bot.errors import Refusal
from tests.office import Office as SlackOffice
from tests.office import buttons, headline, posted, private, shown
from tests.port_out.departures import file_port_out
from tests.port_out.desks import ANNA, Office


def _order(office: SlackOffice) -> None:
    file_port_out(office.rosa)
    office.anna.click("Ordered at the carrier", in_message=headline(office.anna))
    assert office.anna.submit() == {}


def _refuse(office: SlackOffice, says: str, code: str, why: str = "") -> dict[str, str]:
    office.anna.click("Carrier has a question", in_message=headline(office.anna, says=says))
    office.anna.fill(reason_code=code, why=why)
    return office.anna.submit()


@pytest.mark.long
def test_the_form_offers_the_reasons_of_a_port_out_and_another_one(office: SlackOffice) -> None:
    _order(office)
    anna = office.anna
    anna.click("Carrier has a question", in_message=headline(anna, says="Submitted"))
    view = anna.view()
    assert view is not None
    (asked,) = [block for block in view["blocks"] if block.get("block_id") == "reason_code"]
    offered = {option["value"]: option["text"]["text"] for option in asked["element"]["options"]}
    assert list(offered) == [*Reason, OTHER]
    assert offered["pin_invalid"] == "PIN invalid"
    assert offered[OTHER] == "Other reason"


@pytest.mark.long
def test_a_refusal_says_what_happened_and_what_helps(office: SlackOffice) -> None:
    _order(office)
    assert _refuse(office, "Submitted", "account_invalid", "Off by one letter") == {}
    for message in (posted(office.anna, "What happened"), private(office.rosa, "What happened")):
        card = shown(message)
        assert "Reason: Account ID invalid." in card
        assert "*Who must act:* the requester" in card
        assert "Show what to give" in card
        assert "Off by one letter" in card
        for word in ("account_invalid", "letter of", "LOA", "BTN", "CSR", "the old carrier"):
            assert word not in card
        assert "Correct it" not in buttons(message)
    assert "Change details" in buttons(private(office.rosa, "What happened"))


@pytest.mark.long
def test_another_reason_takes_a_text_and_asks_the_new_carrier(office: SlackOffice) -> None:
    _order(office)
    assert "why" in _refuse(office, "Submitted", OTHER)
    office.anna.fill(why="They close until Monday")
    assert office.anna.submit() == {}
    card = shown(posted(office.anna, "What happened"))
    assert "Reason: Other reason." in card
    assert "They close until Monday" in card
    assert "*Ask New Telecom:*" in card


@pytest.mark.long
def test_earlier_rounds_are_told_in_words(office: SlackOffice) -> None:
    _order(office)
    assert _refuse(office, "Submitted", "zip_invalid") == {}
    asked = headline(office.anna, says="Carrier has a question")
    office.anna.click("Ordered at the carrier", in_message=asked)
    assert office.anna.submit() == {}
    assert _refuse(office, "Submitted", "pin_invalid") == {}
    second = shown(posted(office.anna, "What happened:* PIN invalid"))
    assert "round 1" in second
    assert "ZIP code invalid" in second
    assert '"reason_code": "pin_invalid"' in export_cases(office.settings, "json")


def test_a_reason_of_a_port_in_is_unknown_for_a_port_out(room: Office) -> None:
    case = room.leave()
    case = room.desk.transitions.move(
        ANNA, case.id, case.version, Status.SUBMITTED, TransitionInput()
    )
    letter = TransitionInput(reason_code="LOA_EXPIRED")
    with pytest.raises(Refusal) as refused:
        room.desk.transitions.move(ANNA, case.id, case.version, Status.EXCEPTION, letter)
    assert refused.value.field == "why"


def test_every_reason_of_a_carrier_may_be_the_reason_of_a_refusal() -> None:
    assert set(rejections("port_out")) == {*Reason, OTHER}
