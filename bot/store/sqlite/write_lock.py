"""Lets the writers of one process take turns on SQLite.

SQLite has one writer at a time, and whoever comes second asks again and again: of fifty people in
the same second some would never get through. A lock of our own serves them in turn.
"""

import sqlite3
import threading
import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from bot.store.wait_budget import left

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
_MOMENT = 0.1
_HOLDS = "holds the writer's lock"


def take_turns(engine: Engine, patience: float) -> None:
    """Serve the writers of this engine one after the other; each waits `patience` seconds.

    The lock is taken before the first write of a transaction and let go when its connection goes
    back to the pool, which is after the commit. What is left of the patience then is for writers
    of other processes; whoever takes the connection next has all of it again.
    """
    turns = _Turns(patience)
    event.listen(engine, "checkout", turns.begin)
    event.listen(engine, "before_cursor_execute", turns.before)
    for moment in ("checkin", "invalidate", "close"):
        event.listen(engine, moment, turns.end)


class _Turns:
    """The lock, and what is done with it while a connection is in use."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._turn = threading.Lock()

    def begin(self, connection: Any, *_more: Any) -> None:
        _wait_for_others(connection, left(self._patience))

    def before(self, connection: Any, cursor: Any, statement: str, *_more: Any) -> None:
        if _HOLDS in connection.info or not statement.lstrip().upper().startswith(_WRITES):
            return
        end = time.monotonic() + left(self._patience)
        if not self._turn.acquire(timeout=max(0.0, end - time.monotonic())):
            raise OperationalError(None, None, sqlite3.OperationalError("database is locked"))
        connection.info[_HOLDS] = True
        _begin(cursor, end)

    def end(self, _connection: Any, record: Any, *_more: Any) -> None:
        if record.info.pop(_HOLDS, False):
            self._turn.release()


def _begin(cursor: Any, end: float) -> None:
    """Begin to write, once no other process does; gives up at `end`.

    SQLite adds up the pauses that it asked for, which a busy machine makes half as long again:
    so it waits a moment at a time, and the clock is ours.
    """
    while not cursor.connection.in_transaction:
        _wait_for_others(cursor, min(_MOMENT, max(0.0, end - time.monotonic())))
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise OperationalError(None, None, error) from error
    _wait_for_others(cursor, max(0.0, end - time.monotonic()))


def _wait_for_others(place: Any, seconds: float) -> None:
    place.execute(f"PRAGMA busy_timeout={seconds * 1000:.0f}")
