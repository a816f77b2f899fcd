"""Wrong secrets are counted for each number; five of them lock it for a day."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.core.work import Work
from bot.desk.numbers.holdings import rows_of
from bot.domain.port_out.requests import LOCK, MOST_FAILURES
from bot.store.models.number_pins import FailedPins


def locked_numbers(work: Work, e164: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Return until when which of the numbers are locked."""
    rows = rows_of(work, FailedPins, e164).items()
    found = {number: row.locked_until for number, row in rows}
    return {number: until for number, until in found.items() if until and until > now}


def count_guesses(work: Work, e164: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Count one more wrong secret for each number; return until when those are locked by it.

    A number that is locked already counts nothing. Two replicas that count at once meet on the
    row's version; the later one counts anew.
    """
    rows = rows_of(work, FailedPins, e164)
    locks: dict[str, datetime] = {}
    for number in e164:
        row = rows.get(number) or FailedPins(e164=number, failures=0)
        work.add(row)
        if _locks(row, now):
            locks[number] = row.locked_until = now + LOCK
    return locks


def _locks(row: FailedPins, now: datetime) -> bool:
    """Count one wrong secret; say whether it is the one that locks."""
    if row.locked_until and row.locked_until > now:
        return False
    if row.locked_until:
        row.failures, row.locked_until = 0, None
    row.failures += 1
    return row.failures >= MOST_FAILURES


def forget_guesses(work: Work, e164: Sequence[str]) -> None:
    """The right secret was given: what was wrong before were slips."""
    for row in rows_of(work, FailedPins, e164).values():
        if row.locked_until is None:
            row.failures = 0
