"""The writers of a SQLite database wait for one another, and never longer than Slack waits."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from bot.store.database import open_engine
from bot.store.wait_budget import WRITER_WAIT_SECONDS, waiting_once

SLACK_SECONDS = 3.0


def write(engine: Engine) -> None:
    """Add a line."""
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO line VALUES (1)")


def seconds_until_refused(engine: Engine) -> float:
    """Return how long a writer waits before it is told that it cannot write."""
    begun = monotonic()
    with pytest.raises(OperationalError, match="locked"):
        write(engine)
    return monotonic() - begun


def test_who_waits_for_two_others_waits_no_longer_than_for_one(tmp_path: Path) -> None:
    """One writer of this process waits for another process; two more wait for the first."""
    file = tmp_path / "lines.db"
    engine = open_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE line (number INTEGER)")
    with closing(sqlite3.connect(file)) as other, ThreadPoolExecutor(3) as pool:
        other.execute("BEGIN IMMEDIATE")
        waited = list(pool.map(seconds_until_refused, [engine] * 3))
    assert min(waited) >= WRITER_WAIT_SECONDS * 0.9
    assert max(waited) < (WRITER_WAIT_SECONDS + SLACK_SECONDS) / 2
    write(engine)
    with engine.connect() as connection:
        left = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
    assert left == WRITER_WAIT_SECONDS * 1000, "the next one waits as long as the first"
    engine.dispose()


@pytest.mark.long
def test_a_request_of_several_transactions_waits_no_longer_than_one(tmp_path: Path) -> None:
    """The writer is busy again and again; the second transaction has what the first one left."""
    file = tmp_path / "lines.db"
    engine = open_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE line (number INTEGER)")
    with closing(sqlite3.connect(file)) as other, waiting_once(WRITER_WAIT_SECONDS / 4):
        write(engine)
        other.execute("BEGIN IMMEDIATE")
        waited = seconds_until_refused(engine) + seconds_until_refused(engine)
    assert waited < WRITER_WAIT_SECONDS
    engine.dispose()
