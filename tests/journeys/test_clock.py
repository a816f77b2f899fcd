"""Reminders and the porting day: said once, late ones as late, moved along with the date."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.desk.cases.transition_requirements import TransitionInput
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.store.models.deliveries import Delivery
from tests.journeys.cases import moved, now, settled, submitted
from tests.office import ANNA, Message, Office, posted, shown
from tests.patience import wait_until

THE_DAY = datetime(2027, 3, 18, 15, 5, tzinfo=UTC)
THE_DAY_BEFORE = datetime(2027, 3, 17, 16, 45, tzinfo=UTC)
SAME_DAY = datetime(2027, 3, 18, 22, 0, tzinfo=UTC)
NEXT_WEEK = datetime(2027, 3, 25, 17, 0, tzinfo=UTC)


def _said(office: Office, case: CaseFacts, words: str) -> list[Message]:
    settled(office)
    lines = [m for m in office.anna.messages() if case.reference in shown(m)]
    return [m for m in lines if words in shown(m)]


def _sweep_often(office: Office) -> None:
    for _ in range(5):
        office.service.desk.reminders.queue_due()
        office.service.desk.claims.sweep()


def _date_moves(office: Office, case: CaseFacts, to: datetime) -> CaseFacts:
    changing = moved(office, now(office, case), Status.CHANGE_REQUESTED)
    return _date_confirmed(office, changing, to)


def _date_confirmed(office: Office, case: CaseFacts, at: datetime) -> CaseFacts:
    again = TransitionInput(foc_at=at, time_zone="America/Los_Angeles", foc_rules_known=True)
    return office.service.desk.transitions.move(ANNA, case.id, case.version, Status.FOC, again)


def _slack_refuses(office: Office) -> None:
    settled(office)
    office.slack.faults.change({"revoke_token": True})


def _slack_accepts_again(office: Office) -> None:
    """Let Slack accept posts, once what waits was tried as everything is now, or is done."""
    first = _waits(office)
    wait_until(lambda: not first or _waits(office) != first, "the desk has given up")
    office.slack.faults.change({"revoke_token": False})


def _waits(office: Office) -> dict[str, int]:
    """Return how often each of the reminders and lists that wait was tried."""
    open_rows = select(Delivery).where(
        Delivery.kind.in_(("reminder", "checklist")),
        Delivery.channel == office.settings.portdesk_channel,
        Delivery.done_at.is_(None),
    )
    with office.service.desk.context.transaction() as session:
        return {row.key: row.attempts for row in session.scalars(open_rows)}


def _queues(office: Office, moment: datetime, kind: str) -> None:
    """Move the clock there and wait until a look of the desk has queued this reminder."""
    office.clock.move_to(moment)

    def queued() -> bool:
        # The desk looks as well; whoever is second finds nothing to queue, maybe not yet to read.
        office.service.desk.reminders.queue_due()
        return kind in _ever_queued(office)

    wait_until(queued, f"{kind} is not called for")


def _ever_queued(office: Office) -> set[str]:
    query = select(Delivery).where(Delivery.kind.in_(("reminder", "checklist")))
    with office.service.desk.context.transaction() as session:
        return {row.facts["reminder"] for row in session.scalars(query)}


@pytest.mark.long
def test_a_reminder_comes_once_however_often_the_clock_is_asked(office: Office) -> None:
    case = submitted(office, "206 555 0100", Status.FOC)
    office.clock.move_to(THE_DAY_BEFORE)
    posted(office.anna, "ports tomorrow")
    _sweep_often(office)
    assert len(_said(office, case, "Go or no-go")) == 1
    assert not _said(office, case, "(late)")


@pytest.mark.long
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


@pytest.mark.long
def test_a_date_that_moves_takes_reminders_and_checklist_along(office: Office) -> None:
    case = submitted(office, "206 555 0102", Status.FOC)
    office.clock.move_to(THE_DAY)
    first = posted(office.anna, "porting day, 0 of")
    office.service.desk.checklists.tick(ANNA, case.id, "port_confirmed", True)
    posted(office.anna, "porting day, 1 of")

    case = _date_moves(office, case, NEXT_WEEK)
    assert not any(item.done for item in case.progress), "a new day starts a new list"
    office.clock.move_to(datetime(2027, 3, 24, 16, 45, tzinfo=UTC))
    posted(office.anna, "Go or no-go")
    assert len(_said(office, case, "Go or no-go")) == 1
    office.clock.move_to(datetime(2027, 3, 25, 15, 5, tzinfo=UTC))
    second = posted(office.anna, "porting day, 0 of")
    assert second["ts"] != first["ts"]
    _sweep_often(office)
    assert len(_said(office, case, "porting day,")) == 2


@pytest.mark.long
def test_what_slack_refused_comes_later_only_where_it_still_makes_sense(office: Office) -> None:
    case = submitted(office, "206 555 0103", Status.FOC)
    _slack_refuses(office)
    _queues(office, THE_DAY_BEFORE, "go_no_go")
    _queues(office, THE_DAY, "checklist")
    _queues(office, THE_DAY + timedelta(hours=4, minutes=5), "foc_missed")
    office.clock.move_to(THE_DAY + timedelta(hours=9))
    _slack_accepts_again(office)
    [missed] = _said(office, case, "should have been done by now")
    assert "(late)" in shown(missed), "it was on time when it was queued, not when it came"
    assert not _said(office, case, "ports tomorrow")
    assert len(_said(office, case, "porting day,")) == 1
    assert not [m for m in office.rosa.dm() if "suit you" in shown(m)]


@pytest.mark.long
def test_what_slack_refused_for_minutes_comes_as_if_nothing_had_been(office: Office) -> None:
    case = submitted(office, "206 555 0104", Status.FOC)
    _slack_refuses(office)
    _queues(office, THE_DAY_BEFORE, "go_no_go")
    office.clock.move_to(THE_DAY_BEFORE + timedelta(minutes=10))
    _slack_accepts_again(office)
    assert len(_said(office, case, "Go or no-go")) == 1
    assert not _said(office, case, "(late)")


@pytest.mark.long
def test_a_date_that_moved_while_slack_refused_is_not_announced_early(office: Office) -> None:
    case = submitted(office, "206 555 0105", Status.FOC)
    _slack_refuses(office)
    _queues(office, THE_DAY_BEFORE, "go_no_go")
    _queues(office, THE_DAY, "checklist")
    case = _date_moves(office, case, NEXT_WEEK)
    _slack_accepts_again(office)
    assert not _said(office, case, "Go or no-go")
    assert not _said(office, case, "porting day,")
    office.clock.move_to(NEXT_WEEK - timedelta(hours=1, minutes=55))
    posted(office.anna, "porting day, 0 of")
    assert len(_said(office, case, "porting day,")) == 1


@pytest.mark.long
def test_a_time_that_moves_within_its_day_is_shown_by_the_list_that_stands(office: Office) -> None:
    case = submitted(office, "206 555 0106", Status.FOC)
    office.clock.move_to(THE_DAY)
    first = posted(office.anna, "porting day, 0 of")
    office.service.desk.checklists.tick(ANNA, case.id, "port_confirmed", True)
    posted(office.anna, "porting day, 1 of")
    case = _date_moves(office, case, SAME_DAY)
    _sweep_often(office)
    [standing] = _said(office, case, "porting day,")
    assert standing["ts"] == first["ts"]
    assert "porting day, 0 of" in shown(standing), "ticks of the old time do not count"
    assert f"<!date^{SAME_DAY.timestamp():.0f}^" in shown(standing)


@pytest.mark.long
def test_a_list_that_was_held_back_comes_with_the_new_time_of_its_day(office: Office) -> None:
    case = submitted(office, "206 555 0107", Status.FOC)
    _slack_refuses(office)
    _queues(office, THE_DAY, "checklist")
    changing = moved(office, now(office, case), Status.CHANGE_REQUESTED)
    _slack_accepts_again(office)
    assert not _said(office, case, "porting day,"), "no day is confirmed at that moment"
    _date_confirmed(office, changing, SAME_DAY)
    _sweep_often(office)
    assert len(_said(office, case, "porting day,")) == 1
