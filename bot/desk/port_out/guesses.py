"""Wrong secrets are counted for each number; five of them lock it for a day."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.scrutiny import chunks
from bot.domain.port_out import LOCK, MOST_FAILURES
from bot.store.port_out_tables import Guesses


def locked_numbers(session: Session, e164: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Return until when which of the numbers are locked."""
    found: dict[str, datetime] = {}
    for chunk in chunks(e164):
        query = select(Guesses.e164, Guesses.locked_until).where(
            Guesses.e164.in_(chunk), Guesses.locked_until > now
        )
        found |= {number: until for number, until in session.execute(query) if until}
    return found


def count_guesses(session: Session, e164: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Count one more wrong secret for each number; return until when those are locked by it.

    A number that is locked already counts nothing. Two replicas that count at once meet on the
    row's version; the later one counts anew.
    """
    rows = _rows(session, e164)
    locks: dict[str, datetime] = {}
    for number in e164:
        row = rows.get(number) or Guesses(e164=number, failures=0)
        session.add(row)
        if _locks(row, now):
            locks[number] = row.locked_until = now + LOCK
    return locks


def _locks(row: Guesses, now: datetime) -> bool:
    """Count one wrong secret; say whether it is the one that locks."""
    if row.locked_until and row.locked_until > now:
        return False
    if row.locked_until:
        row.failures, row.locked_until = 0, None
    row.failures += 1
    return row.failures >= MOST_FAILURES


def forget_guesses(session: Session, e164: Sequence[str]) -> None:
    """The right secret was given: what was wrong before were slips."""
    for row in _rows(session, e164).values():
        if row.locked_until is None:
            row.failures = 0


def _rows(session: Session, e164: Sequence[str]) -> dict[str, Guesses]:
    found: dict[str, Guesses] = {}
    for chunk in chunks(e164):
        rows = session.scalars(select(Guesses).where(Guesses.e164.in_(chunk)))
        found |= {row.e164: row for row in rows}
    return found
