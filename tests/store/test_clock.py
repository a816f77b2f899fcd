"""The clock, with several replicas and ten thousand cases."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, select

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.core.work import Work
from bot.desk.notifications.claims import Claims
from bot.desk.notifications.deliveries import Receipt
from bot.desk.notifications.monitoring import STUCK_AFTER, Monitoring
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import DeliveryKind
from bot.domain.cases.subjects import of_case
from bot.domain.cases.workflow import Status
from bot.errors import Refusal
from bot.store.models.cases import Case
from bot.store.models.deliveries import Delivery
from bot.store.models.next_look import Agenda
from tests.office import MONDAY
from tests.refusals import told_no
from tests.store.conftest import Replicas
from tests.store.test_together import at_once

MANY = 10_000
LOS_ANGELES = "America/Los_Angeles"
# The Monday after the Sunday on which the clocks go forward.
AFTER_THE_CHANGE = datetime(2027, 3, 15, 17, 0, tzinfo=UTC)


def _reminders(replicas: Replicas) -> list[str]:
    with replicas.first.context.transaction() as session:
        rows = session.scalars(
            select(Delivery).where(Delivery.kind.in_(("reminder", "checklist")))
        ).all()
        return [row.facts["reminder"] for row in rows]


def _at(replicas: Replicas, moment: datetime) -> list[str]:
    """Move the clock there and let every replica look; return what was said so far."""
    replicas.clock.move_to(moment)
    at_once([desk.reminders.queue_due for desk in replicas.desks])
    for desk in replicas.desks:
        desk.reminders.queue_due()
    return _reminders(replicas)


def _in_foc(replicas: Replicas, numbers: str, at: datetime = AFTER_THE_CHANGE) -> Any:
    case = replicas.submitted(numbers)
    return replicas.moved(case, Status.FOC, TransitionInput(foc_at=at, time_zone=LOS_ANGELES))


@pytest.mark.long
@pytest.mark.both_databases
def test_however_many_replicas_look_a_reminder_is_said_once(replicas: Replicas) -> None:
    for n in range(5):
        _in_foc(replicas, f"206 555 010{n}")
    said = Counter(_at(replicas, AFTER_THE_CHANGE - timedelta(hours=2)))
    assert said["checklist"] == 5
    assert set(said.values()) == {5}


def test_moments_keep_their_local_hour_over_the_change_of_clocks(replicas: Replicas) -> None:
    _in_foc(replicas, "206 555 0110")
    # Half past nine on the Sunday: 16:30 UTC, where a week before it was 17:30.
    assert "go_no_go" not in _at(replicas, datetime(2027, 3, 14, 16, 29, tzinfo=UTC))
    assert "go_no_go" in _at(replicas, datetime(2027, 3, 14, 16, 30, tzinfo=UTC))
    assert "checklist" not in _at(replicas, datetime(2027, 3, 15, 14, 59, tzinfo=UTC))
    assert "checklist" in _at(replicas, datetime(2027, 3, 15, 15, 0, tzinfo=UTC))


def test_after_days_of_silence_there_is_no_burst(replicas: Replicas) -> None:
    _in_foc(replicas, "206 555 0111")
    said = _at(replicas, AFTER_THE_CHANGE + timedelta(days=3))
    assert sorted(said) == ["checklist", "foc_missed"]
    with replicas.first.context.transaction() as session:
        rows = session.scalars(select(Delivery).where(Delivery.kind == "reminder")).all()
        assert [row.facts["late"] for row in rows] == [True]


def test_a_date_that_moves_takes_its_reminders_along(replicas: Replicas) -> None:
    case = _in_foc(replicas, "206 555 0112")
    _at(replicas, AFTER_THE_CHANGE - timedelta(days=4))
    case = replicas.first.queries.case(case.id)
    case = replicas.moved(case, Status.CHANGE_REQUESTED)
    later = AFTER_THE_CHANGE + timedelta(days=7)
    replicas.moved(case, Status.FOC, TransitionInput(foc_at=later, time_zone=LOS_ANGELES))
    assert "checklist" not in _at(replicas, AFTER_THE_CHANGE)
    assert _at(replicas, later - timedelta(hours=1)).count("checklist") == 1


@pytest.mark.long
def test_ten_thousand_quiet_cases_are_not_looked_at(replicas: Replicas) -> None:
    _fill(replicas)
    case = _in_foc(replicas, "206 555 0113")
    replicas.first.reminders.queue_due()
    with _statements(replicas.services[0].engine) as said:
        assert replicas.first.reminders.queue_due() == 0
    assert len(said) <= 3
    with replicas.first.context.transaction() as session:
        line = _line(session, case)
        assert line.look_at is not None
        assert MONDAY < line.look_at <= replicas.clock.now() + timedelta(days=1)


@pytest.mark.both_databases
def test_a_look_that_began_before_a_change_does_not_overwrite_it(replicas: Replicas) -> None:
    case = _in_foc(replicas, "206 555 0114")
    with replicas.first.context.transaction() as session:
        turn = _line(session, case).turn
    replicas.moved(case, Status.CHANGE_REQUESTED)
    with replicas.first.context.transaction() as session:
        look_at = _line(session, case).look_at
    replicas.clock.move_to(MONDAY + timedelta(minutes=1))
    # What a replica does that read the case before it was changed.
    assert replicas.first.reminders._look_at_case(of_case(case.id), turn, replicas.clock.now()) == 0
    with replicas.first.context.transaction() as session:
        assert _line(session, case).look_at == look_at


def test_a_closed_case_is_never_looked_at_again(replicas: Replicas) -> None:
    case = _in_foc(replicas, "206 555 0115")
    case = replicas.moved(case, Status.CANCEL_REQUESTED)
    replicas.moved(case, Status.CANCELLED)
    replicas.first.reminders.queue_due()
    with replicas.first.context.transaction() as session:
        assert _line(session, case).look_at is None


def test_what_is_stuck_is_said_once(replicas: Replicas) -> None:
    replicas.submitted("206 555 0116")
    later = Monitoring(_later(replicas, STUCK_AFTER + timedelta(seconds=1)))
    assert replicas.first.monitoring.raise_alarm() is False
    assert later.raise_alarm() is True
    assert later.raise_alarm() is False
    with replicas.first.context.transaction() as session:
        [alarm] = session.scalars(select(Delivery).where(Delivery.kind == DeliveryKind.ALARM)).all()
        key = alarm.key
    assert replicas.first.monitoring.now().oldest_at is not None
    # The alarm does not wait behind what it speaks of.
    ledger = Claims(_later(replicas, STUCK_AFTER * 2), "another replica")
    assert ledger.claim(key) is not None


def test_another_stream_that_is_stuck_later_is_said_as_well(replicas: Replicas) -> None:
    replicas.submitted("206 555 0117")
    assert Monitoring(_later(replicas, STUCK_AFTER + timedelta(seconds=1))).raise_alarm() is True
    _delivered(replicas, DeliveryKind.ALARM)
    _age(replicas, STUCK_AFTER * 3)
    assert replicas.first.monitoring.raise_alarm() is False, "all of it was told"
    replicas.submitted("206 555 0118")
    assert replicas.first.monitoring.raise_alarm() is False, "it is not stuck yet"
    _age(replicas, STUCK_AFTER)
    assert replicas.first.monitoring.raise_alarm() is True


def _delivered(replicas: Replicas, kind: str) -> None:
    ledger = Claims(_later(replicas, STUCK_AFTER * 2), "another replica")
    with replicas.first.context.transaction() as session:
        keys = session.scalars(select(Delivery.key).where(Delivery.kind == kind)).all()
    for key in keys:
        claimed = ledger.claim(key)
        assert claimed is not None
        ledger.done(claimed, Receipt())


def _age(replicas: Replicas, length: timedelta) -> None:
    """Let everything that was ever written be older."""
    with replicas.first.context.transaction() as session:
        for row in session.scalars(select(Delivery)):
            row.created_at -= length


@pytest.mark.long
@pytest.mark.both_databases
def test_a_case_that_cannot_be_looked_at_stops_no_other(replicas: Replicas) -> None:
    broken = _in_foc(replicas, "206 555 0119")
    _in_foc(replicas, "206 555 0120")
    with replicas.first.context.transaction() as session:
        # A moment so far away that no window of two hours follows it.
        session.get_one(Case, broken.id).foc_at = datetime(9999, 12, 31, 23, tzinfo=UTC)
        _line(session, broken).look_at = MONDAY
    assert _at(replicas, AFTER_THE_CHANGE - timedelta(hours=2)).count("checklist") == 1
    with replicas.first.context.transaction() as session:
        look_at = _line(session, broken).look_at
        assert look_at is not None
        assert look_at > replicas.clock.now(), "its turn comes again, later"


def test_a_date_years_away_is_a_slip(replicas: Replicas) -> None:
    with told_no(Refusal, match="more than a year away"):
        _in_foc(replicas, "206 555 0121", datetime(2072, 3, 15, 17, tzinfo=UTC))


def _line(work: Work, case: CaseFacts) -> Agenda:
    """Return a case's line in the agenda."""
    return work.scalars(select(Agenda).where(Agenda.case_id == case.id)).one()


def _later(replicas: Replicas, length: timedelta) -> Any:
    room = replicas.first.context
    return replace(room, wall=lambda: room.wall() + length)


def _fill(replicas: Replicas) -> None:
    """Add open cases that have nothing to come before tomorrow."""
    room = replicas.first.context
    case = {
        "version": 1,
        "kind": "port_in",
        "platform": "connect",
        "is_open": True,
        "requester": "U0ROSA0001",
        "losing_carrier": "",
        "fields": {},
        "sealed": room.cipher.seal({}),
        "created_at": MONDAY,
        "changed_at": MONDAY,
        "time_zone": "UTC",
        "reason_code": "",
    }
    with room.transaction() as session:
        session.execute(insert(Case), [case | {"filing_key": f"many:{n}"} for n in range(MANY)])
        ids = session.scalars(select(Case.id)).all()
        tomorrow = MONDAY + timedelta(hours=20)
        session.execute(
            insert(Agenda), [{"case_id": id_, "look_at": tomorrow, "turn": 0} for id_ in ids]
        )


@contextmanager
def _statements(engine: Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)
