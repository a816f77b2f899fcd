"""What the desk's own history says of a carrier."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.carriers.statistics import CarrierRecord, CarrierStatistics
from bot.desk.desk import Desk
from bot.domain.cases.kinds import Kind
from bot.domain.cases.workflow import Status
from bot.domain.intake.intake import Platform
from bot.store.models.cases import Case, History
from tests.office import Office
from tests.port_out.desks import Office as Room

SENT = datetime(2027, 3, 1, 16, 0, tzinfo=UTC)
DONE = (Status.SUBMITTED, Status.FOC, Status.COMPLETED)
REFUSED = (Status.SUBMITTED, Status.EXCEPTION, Status.SUBMITTED, Status.FOC, Status.COMPLETED)


def a_case(desk: Desk, carrier: str, moves: tuple[Status, ...], pace: int = 1) -> None:
    """Put a case into the history whose moves are `pace` days apart."""
    with desk.context.transaction() as session:
        key = f"{carrier}-{len(moves)}-{pace}"
        case = Case(
            kind=Kind.PORT_IN,
            platform=Platform.CONNECT,
            status=moves[-1],
            is_open=False,
            requester="U1",
            filing_key=key,
            losing_carrier=carrier,
            fields={},
            sealed="",
            created_at=SENT,
            changed_at=SENT,
            time_zone="UTC",
        )
        session.add(case)
        session.flush()
        for place, target in enumerate(moves):
            facts = {"reason_code": "NAME_MISMATCH"} if target is Status.EXCEPTION else {}
            session.add(
                History(
                    case_id=case.id,
                    at=SENT + timedelta(days=place * pace),
                    who="U1",
                    kind="status",
                    target=target,
                    why=f"note {place}",
                    facts=facts,
                )
            )


def known(room: Room, carrier: str) -> CarrierRecord:
    return CarrierStatistics(room.desk.context).of(carrier)


def test_a_carrier_nobody_dealt_with_has_nothing_to_tell(room: Room) -> None:
    found = known(room, "Old Telephone Co")
    assert found.is_empty
    assert (found.share, found.days, found.refusals) == (None, None, ())


def test_cases_are_summed_up_whatever_the_spelling_of_the_carrier(room: Room) -> None:
    a_case(room.desk, "Old Telephone Co", DONE, pace=2)
    a_case(room.desk, "OLD telephone co", DONE, pace=4)
    a_case(room.desk, "Old Telephone Co", REFUSED, pace=3)
    a_case(room.desk, "Other Telephone", DONE)
    found = known(room, " old  Telephone CO ")
    assert (found.completed, found.answered, found.first_go, found.share) == (3, 3, 2, 67)
    assert found.days == 4
    assert found.refusals == (("NAME_MISMATCH", 1),)


def test_what_a_carrier_asked_for_is_counted_with_the_last_note(room: Room) -> None:
    a_case(room.desk, "Old Telephone Co", (Status.SUBMITTED, Status.PENDING_DOCUMENTS))
    found = known(room, "Old Telephone Co")
    assert (found.asked, found.asked_last) == (1, "note 1")
    assert found.share is None
    assert not found.is_empty


@pytest.mark.parametrize("asked", ["", "  ", "%", "'; drop table port_case"])
def test_any_text_may_be_asked_about(room: Room, asked: str) -> None:
    a_case(room.desk, "Old Telephone Co", DONE)
    assert known(room, asked).is_empty


def test_the_form_tells_it_under_the_carrier(office: Office) -> None:
    a_case(office.service.desk, "Old Telephone Co", REFUSED, pace=3)
    rosa = office.rosa
    rosa.command("/port-in")
    rosa.suggest("losing_carrier", "Old Telephone Co")
    rosa.fill(losing_carrier="Old Telephone Co")
    shown = str(rosa.view())
    assert "1 port completed · 0 % accepted at first go · 9 days to a confirmed date" in shown
    assert "refused for NAME_MISMATCH (1)" in shown
