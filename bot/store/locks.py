"""Locks that keep two transactions in step on PostgreSQL; SQLite has one writer anyway."""

from sqlalchemy import bindparam, false, func, select, update
from sqlalchemy.orm import Session

from bot.store.models.cases import Case
from bot.store.next_look import Agenda

_IT = Case.id == bindparam("case_id")
_LOCK = select(Case.id).where(_IT).with_for_update(key_share=True)
_SAME = update(Case).values(is_open=Case.is_open).execution_options(synchronize_session=False)
_HOLD, _WRITE_NOTHING = _SAME.where(_IT), _SAME.where(false())


def lock_case(session: Session, case_id: int) -> None:
    """Wait until nobody else writes to a case, its deliveries or its line in the agenda.

    Whoever writes to any of them locks the case first: so nobody waits in a circle, and the
    deliveries of a case are numbered in the order in which they are committed. A lock lasts until
    the end of the transaction, so asking once is enough.
    """
    locked = session.info.setdefault("locked", set())
    if case_id in locked:
        return
    locked.add(case_id)
    session.execute(_LOCK, {"case_id": case_id})


def hold_case(session: Session, case: Case) -> None:
    """Lock a case and read it anew: what was read before may be older than the lock.

    For those who decide by what a case says. The row is written as it is, because SQLite locks
    at the first write only.
    """
    session.info.setdefault("locked", set()).add(case.id)
    session.execute(_HOLD, {"case_id": case.id})
    session.refresh(case)


def take_turn(session: Session, name: str) -> None:
    """Wait until nobody else who took this name is at work: for what has no row to lock yet."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    else:
        # SQLite has one writer, and whoever writes is it, even where there is nothing to change.
        session.execute(_WRITE_NOTHING)


def mark_new(session: Session, case_id: int) -> None:
    """Note a case that this transaction makes: nobody else sees it, so it needs no lock."""
    session.info.setdefault("locked", set()).add(case_id)
    session.info.setdefault("new", set()).add(case_id)


def new_cases(session: Session) -> frozenset[int]:
    """Return the cases that this transaction makes."""
    return frozenset(session.info.get("new", ()))


def turn_agenda(session: Session, case_id: int, **values: object) -> bool:
    """Change a case's line in the agenda; `turn=N` only if that many changes came before.

    Returns False when there is no such line.
    """
    mine = update(Agenda).where(Agenda.case_id == case_id)
    if "turn" in values:
        mine = mine.where(Agenda.turn == values.pop("turn"))
    mine = mine.values(turn=Agenda.turn + 1, **values).returning(Agenda.case_id)
    return bool(session.execute(mine.execution_options(synchronize_session=False)).all())
