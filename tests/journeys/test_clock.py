"""Reminders and the porting day: said once, late ones as late, moved along with the date."""

from datetime import UTC, datetime, timedelta

from bot.desk.requirements import Details
from bot.domain.cases import CaseFacts
from bot.domain.statuses import Status
from tests.journeys.cases import moved, now, settled, submitted
from tests.office import ANNA, Message, Office, posted, shown

THE_DAY = datetime(2027, 3, 18, 15, 5, tzinfo=UTC)
NEXT_WEEK = datetime(2027, 3, 25, 17, 0, tzinfo=UTC)


def _said(office: Office, case: CaseFacts, words: str) -> list[Message]:
    settled(office)
    lines = [m for m in office.anna.messages() if case.reference in shown(m)]
    return [m for m in lines if words in shown(m)]


def _sweep_often(office: Office) -> None:
    for _ in range(5):
        office.service.desk.clockwork.queue_due()
        office.service.desk.ledger.sweep()


def test_a_reminder_comes_once_however_often_the_clock_is_asked(office: Office) -> None:
    case = submitted(office, "206 555 0100", Status.FOC)
    office.clock.move_to(datetime(2027, 3, 17, 16, 45, tzinfo=UTC))
    posted(office.anna, "ports tomorrow")
    _sweep_often(office)
    assert len(_said(office, case, "Go or no-go")) == 1
    assert not _said(office, case, "(late)")


def test_after_a_pause_of_the_desk_what_is_late_comes_once_and_says_so(office: Office) -> None:
    case = submitted(office, "206 555 0101", Status.FOC)
    settled(office)
    office.clock.move_to(THE_DAY + timedelta(hours=9))
    posted(office.anna, "should have been done by now")
    _sweep_often(office)
    missed = _said(office, case, "should have been done by now")
    assert len(missed) == 1
    assert "(late)" in shown(missed[0])
    assert len(_said(office, case, "porting day,")) == 1
    assert not _said(office, case, "ports tomorrow"), "what has lapsed is left unsaid"


def test_a_date_that_moves_takes_reminders_and_checklist_along(office: Office) -> None:
    case = submitted(office, "206 555 0102", Status.FOC)
    office.clock.move_to(THE_DAY)
    first = posted(office.anna, "porting day, 0 of")
    office.service.desk.day.tick(ANNA, case.id, "port_confirmed", True)
    posted(office.anna, "porting day, 1 of")

    again = Details(foc_at=NEXT_WEEK, time_zone="America/Los_Angeles", foc_rules_known=True)
    desk = office.service.desk
    case = moved(office, now(office, case), Status.CHANGE_REQUESTED)
    case = desk.progress.move(ANNA, case.id, case.version, Status.FOC, again)
    assert not any(item.done for item in case.progress), "a new day starts a new list"
    office.clock.move_to(datetime(2027, 3, 24, 16, 45, tzinfo=UTC))
    posted(office.anna, "Go or no-go")
    assert len(_said(office, case, "Go or no-go")) == 1
    office.clock.move_to(datetime(2027, 3, 25, 15, 5, tzinfo=UTC))
    second = posted(office.anna, "porting day, 0 of")
    assert second["ts"] != first["ts"]
    _sweep_often(office)
    assert len(_said(office, case, "porting day,")) == 2
