"""How long a request may wait for the database in all: for a connection, a lock, a row."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.pool import QueuePool

# A locked database must be known in time to tell the person within Slack's three seconds: this is
# how long a request waits, whatever it waits for.
WRITER_WAIT_SECONDS = 2.0
# Slack's requests leave the rest for the answers: fifty at once take a busy machine half a second.
REQUEST_WAIT_SECONDS = 1.7
# What a request has that waited all of that for a thread, so that it is not refused unheard.
_AT_LEAST = 0.25
# What was told to PostgreSQL is told again only when it is off by more.
_EXACT = 0.1
_TOLD = "told to wait until"
_WAITING = ("INSERT", "UPDATE", "DELETE", "SELECT PG_ADVISORY")
_request = threading.local()


@contextmanager
def waiting_once(seconds: float, since: float | None = None) -> Iterator[None]:
    """Let this thread wait `seconds` in all, however many transactions it makes.

    `since` is the moment (of `time.monotonic`) from which they count, by default now.
    """
    now = time.monotonic()
    _request.ends = max(now + min(seconds, _AT_LEAST), (since or now) + seconds)
    try:
        yield
    finally:
        _request.ends = math.inf


def left(patience: float) -> float:
    """Return how long this thread may wait now."""
    ends: float = getattr(_request, "ends", math.inf)
    return max(0.0, min(patience, ends - time.monotonic()))


class PatientPool(QueuePool):
    """A pool in which a thread waits for a connection as long as it may wait for anything."""

    @property
    def _timeout(self) -> float:
        return left(self._patience)

    @_timeout.setter
    def _timeout(self, seconds: float) -> None:
        self._patience = seconds


def wait_for_rows(engine: Engine) -> None:
    """Let PostgreSQL's waits for rows draw from what the thread has left.

    Its `lock_timeout` is for each lock, and who queues behind a waiter waits for two; a limit of
    the statement is for all of them. It is told with the first statement of a transaction that
    may wait, and again when much of it was spent.
    """

    def before(connection: Any, cursor: Any, statement: str, *_more: Any) -> None:
        rest = left(math.inf)
        if math.isinf(rest) or not _may_wait(statement):
            return
        here = connection.get_transaction()
        transaction, told = connection.info.get(_TOLD, (None, 0.0))
        if transaction is not here or told - rest > _EXACT:
            connection.info[_TOLD] = (here, rest)
            cursor.execute(f"SET LOCAL statement_timeout = {max(1, round(rest * 1000))}")

    event.listen(engine, "before_cursor_execute", before)


def _may_wait(statement: str) -> bool:
    return (
        statement.lstrip().upper().startswith(_WAITING)
        or "FOR UPDATE" in statement
        or ("FOR NO KEY UPDATE" in statement)
    )
