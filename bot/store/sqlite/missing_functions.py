"""Gives an older SQLite the one thing of newer ones that DBOS relies on.

From Python 3.12 on DBOS reads the time by `unixepoch('subsec')`, in its statements and in the
defaults of its tables. SQLite knows that word since 3.42; before, the answer is NULL. A table
keeps the defaults of the Python that made it: every connection needs it, whatever Python this is.
"""

import sqlite3
import time
from contextlib import closing

_SINCE = (3, 42)
_WORDS = ("subsec", "subsecond")
_Time = str | int | float | None


def teach(connection: sqlite3.Connection) -> None:
    """Let this connection understand `subsec`, where its library does not."""
    if sqlite3.sqlite_version_info >= _SINCE:
        return
    connection.create_function("unixepoch", -1, _unixepoch)
    # Some builds trust no function of a program's own in the defaults of a table.
    connection.execute("PRAGMA trusted_schema=ON")


def _unixepoch(*given: _Time) -> _Time:
    """Return seconds since 1970 as SQLite 3.42 does: with `subsec` to the millisecond."""
    if len(given) == 1 and _is_word(given[0]):
        return time.time_ns() // 1_000_000 / 1000
    if not given or _is_word(given[0]):
        given = ("now", *given)
    plain = [value for value in given if not _is_word(value)]
    return _in_sqlite(plain, exact=len(plain) < len(given))


def _is_word(value: _Time) -> bool:
    return isinstance(value, str) and value.lower() in _WORDS


def _in_sqlite(given: list[_Time], exact: bool) -> _Time:
    """Let SQLite reckon, by functions that it has always had."""
    values = ", ".join("?" * len(given))
    seconds = f"CAST(strftime('%s', {values}) AS INTEGER)"
    exactly = f"round((julianday({values}) - 2440587.5) * 86400, 3)"
    with closing(sqlite3.connect(":memory:")) as own:
        (answer,) = own.execute(f"SELECT {exactly if exact else seconds}", given)
    found: _Time = answer[0]
    return found
