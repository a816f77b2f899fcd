"""Copies a SQLite database while it is in use."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import PortingError
from bot.store.database import check_exists
from bot.store.faults import parsed


def back_up(url: str, target: Path) -> Path:
    """Write a copy of the database as it is at one moment; nobody has to stop for it.

    Raises `PortingError` for another kind of database, or where `target` exists; `OSError` where
    it cannot be written. The copy is as secret as the database: only its owner may read it.
    """
    source = _file_of(url)
    if target.exists():
        raise PortingError(f"{target} exists already. Choose another name.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(source, unfinished)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _file_of(url: str) -> Path:
    where = parsed(url)
    if where.get_backend_name() != "sqlite":
        raise PortingError("This is for SQLite. For PostgreSQL take pg_dump.")
    check_exists(url)
    return Path(where.database or "")


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            # In one step: in several, each write of the desk would begin the copy anew, for ever on
            # a busy one. With a write-ahead log nobody waits for whoever reads.
            old.backup(new)
            (verdict,) = new.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise PortingError(f"The copy failed: {error}.") from error
    if verdict != "ok":
        raise PortingError(f"The copy is damaged: {verdict}. Is the database?")
