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


def count_guess(session: Session, e164: str, now: datetime) -> datetime | None:
    """Count one more wrong secret; return until when the number is locked, if that locks it.

    Two replicas that count at once meet on the row's version; the later one counts anew.
    """
    row = session.get(Guesses, e164)
    if row is None:
        row = Guesses(e164=e164, failures=0)
        session.add(row)
    if row.locked_until and row.locked_until <= now:
        row.failures, row.locked_until = 0, None
    row.failures += 1
    if row.failures < MOST_FAILURES or row.locked_until:
        return None
    row.locked_until = now + LOCK
    return row.locked_until


def forget_guesses(session: Session, e164: str) -> None:
    """The right secret was given: what was wrong before were slips."""
    row = session.get(Guesses, e164)
    if row is not None and row.locked_until is None:
        row.failures = 0
