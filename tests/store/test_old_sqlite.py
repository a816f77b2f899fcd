"""Databases go from one Python and one SQLite to another, and the jobs of DBOS with them."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from bot.store.database import open_engine
from bot.store.sqlite.missing_functions import teach
from tests.journeys.cases import filed, settled
from tests.office import headline, open_office

# What DBOS writes into the defaults of its tables, before Python 3.12 and since.
SPELLINGS = ("strftime('%s','now')", "unixepoch('subsec')")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on an empty database."""
    opened = open_engine(f"sqlite:///{tmp_path_factory.mktemp('old') / 'empty.db'}")
    yield opened
    opened.dispose()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("'2027-03-01 15:00:00.125'", 1803913200),
        ("'2027-03-01 15:00:00.125', 'subsec'", 1803913200.125),
        ("'2027-03-01 15:00:00', 'SUBSECOND', '+1 day'", 1803999600.0),
        ("1803913200.25, 'unixepoch', 'subsec'", 1803913200.25),
        ("'subsec', 'nonsense'", None),
        ("'nonsense'", None),
        ("NULL", None),
    ],
)
def test_a_moment_is_the_same_in_every_sqlite(
    engine: Engine, words: str, answer: float | None
) -> None:
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT unixepoch({words})").scalar_one()
    assert (found, type(found)) == (answer, type(answer))


@pytest.mark.parametrize(
    "now", ["'subsec'", "'Subsecond'", "'now', 'subsec'", "'subsec', '+0 days'"]
)
def test_now_is_exact_to_the_millisecond_and_a_whole_number_of_them(
    engine: Engine, now: str
) -> None:
    found = set()
    with engine.connect() as connection:
        for _ in range(50):
            begun = time.time_ns() // 1_000_000
            told = connection.exec_driver_sql(f"SELECT unixepoch({now}) * 1000").scalar_one()
            assert begun <= round(told) <= time.time_ns() // 1_000_000 + 1
            found.add(told % 1000)
            time.sleep(0.001)
    assert len(found) > 10


def test_a_build_that_distrusts_functions_in_defaults_works_too() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        teach(connection)
        connection.execute(
            "CREATE TABLE job (name, at INTEGER NOT NULL DEFAULT (unixepoch('subsec') * 1000))"
        )
        connection.execute("INSERT INTO job (name) VALUES ('first')")
        assert connection.execute("SELECT typeof(at) FROM job").fetchall() == [("integer",)]


@pytest.mark.long
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_desk_goes_on_with_a_database_of_another_python(
    template_file: Path, tmp_path: Path, spelling: str
) -> None:
    file = copyfile(template_file, tmp_path / "portdesk.db")
    assert _respelled(file, spelling) > 5
    with open_office(tmp_path, database_url=f"sqlite:///{file}") as office:
        case = filed(office, "206 555 0100")
        settled(office)
        assert headline(office.anna, case.reference)


def _respelled(file: Path, spelling: str) -> int:
    """Write the defaults of DBOS's tables as another Python does; returns how many there are."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        for other in SPELLINGS:
            connection.execute(
                "UPDATE sqlite_master SET sql = replace(sql, ?, ?)", (other, spelling)
            )
        (tables,) = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE instr(sql, ?)", (spelling,)
        ).fetchone()
    return int(tables)
