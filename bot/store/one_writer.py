"""Lets the writers of one process take turns on SQLite.

SQLite has one writer at a time, and whoever comes second asks again and again: of fifty people in
the same second some would never get through. A lock of our own serves them in turn.
"""

import sqlite3
import threading
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
_HOLDS = "holds the writer's lock"


def take_turns(engine: Engine, patience: float) -> None:
    """Serve the writers of this engine one after the other; each waits `patience` seconds.

    The lock is taken before the first write of a transaction and let go when its connection goes
    back to the pool, which is after the commit.
    """
    turn = threading.Lock()

    def before(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if _HOLDS in connection.info or not statement.lstrip().upper().startswith(_WRITES):
            return
        if not turn.acquire(timeout=patience):
            raise OperationalError(None, None, sqlite3.OperationalError("database is locked"))
        connection.info[_HOLDS] = True

    def after(_connection: Any, record: Any, *_more: Any) -> None:
        if record.info.pop(_HOLDS, False):
            turn.release()

    event.listen(engine, "before_cursor_execute", before)
    for moment in ("checkin", "invalidate", "close"):
        event.listen(engine, moment, after)
