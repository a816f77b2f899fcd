"""A copy of the SQLite database, taken while the desk writes."""

import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import PortingError
from bot.store.sqlite.backup import back_up

ROWS = 3000


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with pairs of rows that are always written together."""
    file = tmp_path / "portdesk.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE pair (side TEXT, text TEXT)")
        _write_pairs(connection, ROWS)
    return file


def _write_pairs(connection: sqlite3.Connection, count: int) -> None:
    for _ in range(count):
        with connection:
            connection.execute("INSERT INTO pair VALUES ('left', ?)", ("x" * 500,))
            connection.execute("INSERT INTO pair VALUES ('right', ?)", ("x" * 500,))


def test_a_copy_under_way_has_all_or_nothing_of_a_transaction(
    database: Path, tmp_path: Path
) -> None:
    done = threading.Event()

    def keep_writing() -> None:
        with closing(sqlite3.connect(database, timeout=10)) as connection:
            while not done.is_set():
                _write_pairs(connection, 10)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        copy = back_up(f"sqlite:///{database}", tmp_path / "copy.db")
    finally:
        done.set()
        writer.join()
    with closing(sqlite3.connect(copy)) as connection:
        counted = dict(connection.execute("SELECT side, count(*) FROM pair GROUP BY side"))
    assert counted["left"] == counted["right"] >= ROWS


def test_only_the_owner_may_read_a_copy(database: Path, tmp_path: Path) -> None:
    copy = back_up(f"sqlite:///{database}", tmp_path / "copy.db")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_copy_overwrites_nothing(database: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("something else")
    with pytest.raises(PortingError, match="exists already"):
        back_up(f"sqlite:///{database}", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "something else"


def test_what_is_no_database_leaves_no_copy(tmp_path: Path) -> None:
    (tmp_path / "portdesk.db").write_text("no database at all, but long enough to be read as one")
    with pytest.raises(PortingError, match="The copy failed"):
        back_up(f"sqlite:///{tmp_path / 'portdesk.db'}", tmp_path / "copy.db")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["portdesk.db"]


@pytest.mark.parametrize(
    ("url", "said"),
    [("postgresql://desk@db/portdesk", "pg_dump"), ("sqlite:///nowhere/at/all.db", "no database")],
)
def test_what_cannot_be_copied_is_said(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(PortingError, match=said):
        back_up(url, tmp_path / "copy.db")
