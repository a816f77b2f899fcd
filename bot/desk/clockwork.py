"""What is due by the clock: derived from the cases, said once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.facts import case_facts, facts_of
from bot.desk.ledger import add_delivery
from bot.desk.room import Room
from bot.domain.cases import CaseFacts
from bot.domain.reminders import Audience, Reminder, due_reminders
from bot.store.tables import Case, Delivery

CHECKLIST = "checklist"


@dataclass(frozen=True)
class Due:
    """A reminder with its case."""

    case: CaseFacts
    reminder: Reminder


class Clockwork:
    """Finds and queues what is due."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def due(self, at: datetime) -> tuple[Due, ...]:
        """Return what is due at a moment and not said yet; changes nothing."""
        with self._room.transaction() as session:
            return tuple(
                Due(facts_of(self._room, case), reminder)
                for case in _open_cases(session)
                for reminder in self._unsaid(session, case, at)
            )

    def queue_due(self) -> int:
        """Queue what is due now; a unique key keeps it from being said twice."""
        with self._room.transaction() as session:
            count = 0
            for case in _open_cases(session):
                for reminder in self._unsaid(session, case, self._room.clock()):
                    self._queue(session, case, reminder)
                    count += 1
            return count

    def _unsaid(self, session: Session, case: Case, at: datetime) -> list[Reminder]:
        due = due_reminders(case_facts(case, frozenset()), at)
        if not due:
            return []
        keys = [_delivery_key(case, reminder) for reminder in due]
        said = set(session.scalars(select(Delivery.key).where(Delivery.key.in_(keys))))
        return [reminder for reminder in due if _delivery_key(case, reminder) not in said]

    def _queue(self, session: Session, case: Case, reminder: Reminder) -> None:
        desk = reminder.audience is Audience.DESK
        add_delivery(
            session,
            self._room,
            case,
            _kind(reminder),
            reminder.key,
            self._room.channel if desk else case.requester,
            reminder=reminder.kind,
            due_at=reminder.due_at.isoformat(),
            late=reminder.late,
        )


def _kind(reminder: Reminder) -> str:
    return CHECKLIST if reminder.kind == CHECKLIST else "reminder"


def _delivery_key(case: Case, reminder: Reminder) -> str:
    return f"{_kind(reminder)}:{case.id}:{reminder.key}"


def _open_cases(session: Session) -> list[Case]:
    return list(session.scalars(select(Case).where(Case.is_open.is_(True)).order_by(Case.id)))
