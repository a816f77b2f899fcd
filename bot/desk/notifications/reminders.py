"""What is due by the clock: derived from the cases, said once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from bot.desk.core.case_facts import WHOLE_CASE, case_facts, facts_of
from bot.desk.core.context import Crossed, DeskContext
from bot.desk.core.references import subject_name
from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import add_delivery
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import DeliveryKind
from bot.domain.cases.subjects import Subject, SubjectKind, of_case
from bot.domain.reminders.schedule import Audience, Reminder, due_reminders, next_moment
from bot.errors import PortingError
from bot.store.locks import lock_subject, turn_agenda
from bot.store.models.cases import Case
from bot.store.models.deliveries import Delivery
from bot.store.models.next_look import Agenda

# So many cases are looked at in one go; the rest has its turn seconds later.
MOST_AT_ONCE = 200
# An open case is looked at once a day even if nothing is to come: a release may bring new rows.
AT_LEAST_EVERY = timedelta(days=1)
AFTER_A_FAULT = timedelta(hours=1)
log = structlog.get_logger()


@dataclass(frozen=True)
class DueReminder:
    """A reminder with its case."""

    case: CaseFacts
    reminder: Reminder


class Reminders:
    """Finds the reminders that are due by the clock, and queues each of them once."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context
        self._looks = dict.fromkeys(SubjectKind, self._nothing_to_say) | {
            SubjectKind.CASE: self._look_at_case
        }

    def due(self, at: datetime) -> tuple[DueReminder, ...]:
        """Return what is due at a moment and not said yet; changes nothing."""
        with self._context.transaction() as work:
            return tuple(
                DueReminder(facts_of(self._context, case), reminder)
                for case in _open_cases(work)
                for reminder in self._unsaid(work, case, at)
            )

    def queue_due(self) -> int:
        """Queue what is due now, each case in a transaction of its own; returns how many.

        Only the cases whose moment has come are looked at. A unique key keeps a reminder from
        being said twice: the replica that comes second leaves that case alone.
        """
        now = self._context.clock()
        with self._context.transaction() as work:
            query = select(Agenda).where(Agenda.look_at <= now)
            due = work.scalars(query.order_by(Agenda.look_at).limit(MOST_AT_ONCE))
            looks = [(row.about, row.turn) for row in due]
        return sum(self._looks[subject.kind](subject, turn, now) for subject, turn in looks)

    def _look_at_case(self, subject: Subject, turn: int, now: datetime) -> int:
        try:
            with self._context.transaction() as work:
                lock_subject(work, subject)
                case = work.get_one(Case, subject.case_id)
                if not self._plan(work, case, turn, now):
                    return 0
                due = self._unsaid(work, case, now) if case.is_open else []
                for reminder in due:
                    self._queue(work, case, reminder)
                return len(due)
        except Crossed:
            log.info("look_crossed", subject=subject_name(subject))
        except PortingError:
            raise  # The database is away, for every case.
        except Exception:
            # A fault of ours in one case must not stop the clock of all others.
            log.exception("look_failed", subject=subject_name(subject))
            self._put_off(subject, turn, now)
        return 0

    def _put_off(self, subject: Subject, turn: int, now: datetime) -> None:
        with self._context.transaction() as work:
            lock_subject(work, subject)
            turn_agenda(work, subject, turn=turn, look_at=now + AFTER_A_FAULT)

    def _nothing_to_say(self, subject: Subject, turn: int, _now: datetime) -> int:
        """Note that a look found nothing, where no reminder speaks of such a subject."""
        with self._context.transaction() as work:
            lock_subject(work, subject)
            turn_agenda(work, subject, turn=turn, look_at=None)
        return 0

    def _plan(self, work: Work, case: Case, turn: int, now: datetime) -> bool:
        """Set the next look; False when the case changed since, or another replica looks."""
        following = next_moment(case_facts(case, frozenset()), now) or now + AT_LEAST_EVERY
        look_at = min(following, now + AT_LEAST_EVERY) if case.is_open else None
        return turn_agenda(work, of_case(case.id), turn=turn, look_at=look_at)

    def _unsaid(self, work: Work, case: Case, at: datetime) -> list[Reminder]:
        due = due_reminders(case_facts(case, frozenset()), at)
        if not due:
            return []
        keys = [_delivery_key(case, reminder) for reminder in due]
        said = set(work.scalars(select(Delivery.key).where(Delivery.key.in_(keys))))
        return [reminder for reminder in due if _delivery_key(case, reminder) not in said]

    def _queue(self, work: Work, case: Case, reminder: Reminder) -> None:
        desk = reminder.audience is Audience.DESK
        add_delivery(
            work,
            case,
            _kind(reminder),
            reminder.key,
            self._context.channel if desk else case.requester,
            reminder=reminder.kind,
            due_at=reminder.due_at.isoformat(),
            late=reminder.late,
        )


def _kind(reminder: Reminder) -> DeliveryKind:
    is_list = reminder.kind == DeliveryKind.CHECKLIST
    return DeliveryKind.CHECKLIST if is_list else DeliveryKind.REMINDER


def _delivery_key(case: Case, reminder: Reminder) -> str:
    return f"{_kind(reminder)}:{case.id}:{reminder.key}"


def _open_cases(work: Work) -> list[Case]:
    query = select(Case).where(Case.is_open.is_(True)).order_by(Case.id)
    return list(work.scalars(query.options(*WHOLE_CASE)))
