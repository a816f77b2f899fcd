"""How a case ends: taken back, cancelled, completed with numbers left behind."""

import pytest

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from tests.journeys.cases import desk_card, filed, now, own_card, submitted
from tests.office import Office, posted, shown


def test_the_requester_takes_back_a_request_before_it_is_submitted(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0130")
    rosa = desk_office.rosa
    rosa.click("move:CANCELLED", in_message=own_card(desk_office, case))
    assert rosa.fill(why="We stay").submit() == {}
    assert now(desk_office, case).status is Status.CANCELLED
    assert filed(desk_office, "206 555 0130").id != case.id, "a closed case frees its numbers"


@pytest.mark.long
def test_the_requester_asks_to_cancel_a_submitted_request(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0131")
    rosa = desk_office.rosa
    rosa.click("move:CANCEL_REQUESTED", in_message=own_card(desk_office, case))
    assert rosa.fill(why="We stay").submit() == {}
    assert now(desk_office, case).status is Status.CANCEL_REQUESTED
    assert "We stay" in shown(posted(desk_office.anna, "We stay"))


def test_completing_with_open_items_asks_once_and_goes_on_record(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0136 to 0138", Status.FOC)
    anna = desk_office.anna
    anna.click("move:COMPLETED", in_message=desk_card(desk_office, case))
    assert anna.submit().keys() == {"open_items_known"}
    anna.fill(open_items_known=["known"], not_moved="206 555 0137")
    assert anna.submit() == {}
    said = shown(posted(desk_office.anna, "Did not move"))
    assert "Completed with open items" in said
    assert "+12065550137" not in said, "a channel shows no whole number"
    assert _outcomes(desk_office, case) == {
        "0136": "ported",
        "0137": "not_ported",
        "0138": "ported",
    }
    again = filed(desk_office, "206 555 0137")
    assert again.id > case.id, "moving again is a new case"


def _outcomes(office: Office, case: CaseFacts) -> dict[str, str]:
    with office.service.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            f"SELECT e164, outcome FROM case_number WHERE case_id = {case.id}"
        )
        return {row.e164[-4:]: row.outcome for row in rows}


@pytest.mark.long
def test_a_stranger_number_cannot_be_left_behind(desk_office: Office) -> None:
    case = submitted(desk_office, "206 555 0139", Status.FOC)
    anna = desk_office.anna
    anna.click("move:COMPLETED", in_message=desk_card(desk_office, case))
    anna.fill(open_items_known=["known"], not_moved="206 555 0199")
    assert anna.submit().keys() == {"not_moved"}
    anna.fill(not_moved="the second one")
    assert anna.submit().keys() == {"not_moved"}, "words that hold no number are not ignored"
