"""The history of a subject: what happened, and that the clock looks at it again."""

from datetime import datetime

from sqlalchemy import select

from bot.desk.core.work import Work, subject_of
from bot.domain.cases.case import Event
from bot.domain.cases.kinds import EventKind
from bot.domain.cases.subjects import Subject
from bot.store.inserts import insert_later
from bot.store.locks import lock_subject, turn_agenda
from bot.store.models.cases import Case, History
from bot.store.models.next_look import Agenda
from bot.store.models.subjects import columns_of, names


def event_of(row: History) -> Event:
    """Return one line of the history."""
    return Event(row.id, row.at, row.who, row.kind, row.origin, row.target, row.why, row.facts)


def history_of(work: Work, subject: Subject) -> tuple[Event, ...]:
    """Return what happened to a subject, oldest first."""
    query = select(History).where(*names(History, subject)).order_by(History.id)
    return tuple(event_of(row) for row in work.scalars(query))


def record_event(
    work: Work,
    about: Case | Subject,
    at: datetime,
    who: str,
    kind: EventKind,
    why: str = "",
    **facts: str,
) -> History:
    """Add a line to the history; a move of status adds origin and target itself.

    It is written when the transaction ends, so its id is known later.
    """
    subject = subject_of(about)
    lock_subject(work, subject)
    row = History(**columns_of(subject), at=at, who=who, kind=kind, why=why, facts=facts)
    insert_later(work, row)
    _look_again(work, subject, at)
    return row


def taken_before(case: Case, form: str) -> bool:
    """Say whether this form was taken already, by a line of the history that bears its name."""
    return any(event.facts.get("form") == form for event in case.history)


def _look_again(work: Work, subject: Subject, at: datetime) -> None:
    """Let the clock look at something: whatever happened to it may have moved its reminders."""
    if subject in work.looked:
        return
    work.looked.add(subject)
    if subject.case_id in work.made or not turn_agenda(work, subject, look_at=at):
        insert_later(work, Agenda(**columns_of(subject), look_at=at))
