"""What a transaction owes to Slack: written at its end, together with the jobs that deliver it."""

from collections.abc import Callable
from typing import Protocol

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.desk.core.work import Row, Work
from bot.store.inserts import insert_waiting
from bot.store.models.base import table_of
from bot.store.models.deliveries import Delivery

_INSERT = insert(table_of(Delivery))


class Dispatcher(Protocol):
    """Hands a delivery to whoever executes it, inside the transaction that wrote it."""

    def enqueue(
        self, session: Session, key: str, job: str, channel: str, delay: float = 0.0
    ) -> None:
        """Queue the job `job` that delivers the ledger row `key`, `delay` seconds from now."""

    def waiting(self, jobs: list[str]) -> set[str]:
        """Return those of the jobs that still wait in the queue."""


class NoDispatcher:
    """For processes that change cases but deliver nothing: the sweep finds the rows later."""

    def enqueue(
        self, session: Session, key: str, job: str, channel: str, delay: float = 0.0
    ) -> None:
        """Leave the row to the sweep."""

    def waiting(self, jobs: list[str]) -> set[str]:
        """Know of no job."""
        return set()


def owe(work: Work, row: Callable[[], Row]) -> None:
    """Add a row to the ledger when the transaction ends; many at once cost little more than one.

    `row` is asked for its columns when all other changes are written and have their ids.
    """
    work.owed.append(row)


def write_owed(work: Work, dispatcher: Dispatcher) -> None:
    """Write what is owed, in its order, and queue the first of each stream.

    What waits behind an older row of its stream is queued when that one is done.
    """
    work.flush()
    insert_waiting(work)
    promised, work.owed = work.owed, []
    if not promised:
        return
    owed = [row() | {"workspace_id": work.workspace_id} for row in promised]
    work.execute(_INSERT, owed)
    busy = _busy(work, owed)
    for row in owed:
        if row["stream"] not in busy:
            busy.add(row["stream"])
            dispatcher.enqueue(work, row["key"], row["job"], row["channel"])


def _busy(work: Work, owed: list[Row]) -> set[str]:
    """Return those of the streams in which something older waits; a new case has nothing older.

    Asked when the rows are written, since SQLite locks at the first write only.
    """
    streams = {row["stream"] for row in owed if row["case_id"] not in work.made}
    if not streams:
        return set()
    older = Delivery.key.not_in([row["key"] for row in owed])
    query = select(Delivery.stream).where(
        Delivery.stream.in_(streams), Delivery.done_at.is_(None), older
    )
    return set(work.scalars(query.distinct()))
