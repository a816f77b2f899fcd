"""Locks that keep two transactions in step on PostgreSQL; SQLite has one writer anyway."""

from sqlalchemy import bindparam, false, func, select, update

from bot.domain.cases.subjects import Subject
from bot.store.models.cases import Case
from bot.store.models.next_look import Agenda
from bot.store.models.subjects import names
from bot.store.workspace_session import RememberingSession

_IT = Case.id == bindparam("case_id")
_LOCK = select(Case.id).where(_IT).with_for_update(key_share=True)
_SAME = update(Case).values(is_open=Case.is_open).execution_options(synchronize_session=False)
_HOLD, _WRITE_NOTHING = _SAME.where(_IT), _SAME.where(false())


def lock_case(session: RememberingSession, case_id: int) -> None:
    """Wait until nobody else writes to a case, its deliveries or its line in the agenda.

    Whoever writes to any of them locks the case first: so nobody waits in a circle, and the
    deliveries of a case are numbered in the order in which they are committed. A lock lasts until
    the end of the transaction, so asking once is enough.
    """
    if case_id in session.locked:
        return
    session.locked.add(case_id)
    session.execute(_LOCK, {"case_id": case_id})


def lock_subject(session: RememberingSession, subject: Subject) -> None:
    """Wait until nobody else writes about a subject: what is said of it comes in one order."""
    if subject.case_id is not None:
        lock_case(session, subject.case_id)
    else:
        take_turn(session, f"{subject} of {session.workspace_id}")


def hold_case(session: RememberingSession, case: Case) -> None:
    """Lock a case and read it anew: what was read before may be older than the lock.

    For those who decide by what a case says. The row is written as it is, because SQLite locks
    at the first write only.
    """
    session.locked.add(case.id)
    session.execute(_HOLD, {"case_id": case.id})
    session.refresh(case)


def take_turn(session: RememberingSession, name: str) -> None:
    """Wait until nobody else who took this name is at work: for what has no row to lock yet."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    else:
        # SQLite has one writer, and whoever writes is it, even where there is nothing to change.
        session.execute(_WRITE_NOTHING)


def mark_new(session: RememberingSession, case_id: int) -> None:
    """Note a case that this transaction makes: nobody else sees it, so it needs no lock."""
    session.locked.add(case_id)
    session.made.add(case_id)


def turn_agenda(session: RememberingSession, subject: Subject, **values: object) -> bool:
    """Change a subject's line in the agenda; `turn=N` only if that many changes came before.

    Returns False when there is no such line.
    """
    mine = update(Agenda).where(*names(Agenda, subject))
    if "turn" in values:
        mine = mine.where(Agenda.turn == values.pop("turn"))
    mine = mine.values(turn=Agenda.turn + 1, **values).returning(Agenda.id)
    return bool(session.execute(mine.execution_options(synchronize_session=False)).all())
