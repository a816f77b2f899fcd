"""The schema: made from nothing, brought along with its data, and equal to the tables."""

import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, Table, insert, inspect, select

from bot.errors import PortingError
from bot.store.database import (
    alembic_config,
    is_current,
    migrate,
    open_engine,
    prepared_engine,
    revision_of,
    schema_fault,
)
from bot.store.models.base import Base
from tests.databases import POSTGRESQL, SQLITE
from tests.patience import PATIENCE
from tests.postgres import Server

pytestmark = pytest.mark.both_databases
ROOT = Path(__file__).resolve().parents[2]
MOMENT = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def engine(empty_database_url: str) -> Engine:
    """An empty database."""
    return open_engine(empty_database_url)


def test_an_empty_database_gets_all_tables(engine: Engine) -> None:
    migrate(engine)
    assert is_current(engine)
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


def test_the_newest_schema_is_that_of_the_tables(engine: Engine) -> None:
    migrate(engine)
    command.check(alembic_config(engine))


def test_a_new_database_is_as_one_that_came_the_whole_way(engine: Engine) -> None:
    command.upgrade(alembic_config(engine), "head")
    came = _shape(engine)
    command.downgrade(alembic_config(engine), "base")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    migrate(engine)
    assert _shape(engine) == came


def _shape(engine: Engine) -> dict[str, Any]:
    """Return all that a schema promises, by table, and the rows that it begins with."""
    found, rows = inspect(engine), {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows[table.name] = connection.execute(select(table)).all()
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in _named(found.get_columns(name))],
            sorted(found.get_pk_constraint(name)["constrained_columns"]),
            sorted(str(c["column_names"]) for c in found.get_unique_constraints(name)),
            sorted((str(i["column_names"]), i["unique"]) for i in found.get_indexes(name)),
            sorted(str(c["constrained_columns"]) for c in found.get_foreign_keys(name)),
            sorted(str(c["name"]) for c in found.get_check_constraints(name)),
            rows[name],
        )
        for name in rows
    }


def _named(columns: Iterable[Any]) -> list[Any]:
    return sorted(columns, key=lambda column: str(column["name"]))


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    migrate(engine)
    before = revision_of(engine)
    migrate(engine)
    assert revision_of(engine) == before


@pytest.mark.long
@pytest.mark.parametrize(
    "database_kind", [POSTGRESQL, pytest.param(SQLITE, marks=pytest.mark.slow)], indirect=True
)
def test_replicas_that_start_together_migrate_once(empty_database_url: str) -> None:
    start = (
        "import sys; from bot.store.database import prepared_engine; prepared_engine(sys.argv[1])"
    )
    command_line = [sys.executable, "-c", start, empty_database_url]
    starting = [subprocess.Popen(command_line, cwd=ROOT) for _ in range(3)]
    assert [process.wait(PATIENCE) for process in starting] == [0, 0, 0]
    assert is_current(open_engine(empty_database_url))


@pytest.mark.long
def test_cases_survive_the_way_from_every_older_revision(engine: Engine) -> None:
    for revision in _revisions(engine)[:-1]:
        command.downgrade(alembic_config(engine), "base")
        command.upgrade(alembic_config(engine), revision)
        _add_case(engine, "a case of old")
        migrate(engine)
        assert is_current(engine)
        assert _carriers(engine) == ["a case of old"]


def test_the_whole_way_back_leaves_nothing(engine: Engine) -> None:
    migrate(engine)
    _add_case(engine, "a case")
    command.downgrade(alembic_config(engine), "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_an_older_schema_is_a_reason_not_to_serve(engine: Engine) -> None:
    assert schema_fault(engine) == "schema"
    migrate(engine)
    assert schema_fault(engine) == ""


def test_a_newer_schema_is_left_alone(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    migrate(engine)
    assert revision_of(engine) == "9999"
    assert schema_fault(engine) == ""


def test_a_database_out_of_reach_is_named_in_a_sentence() -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:9/nothing")
    assert schema_fault(engine) == "database"
    with pytest.raises(PortingError, match="cannot be reached"):
        migrate(engine)


def _revisions(engine: Engine) -> list[str]:
    """Return all revisions, the oldest first."""
    scripts = ScriptDirectory.from_config(alembic_config(engine)).walk_revisions()
    return [script.revision for script in scripts][::-1]


def _add_case(engine: Engine, carrier: str) -> None:
    """Add a case as the schema of the day has it; what it does not know is left out."""
    table = Table("port_case", MetaData(), autoload_with=engine)
    facts = {
        "version": 1,
        "kind": "port_in",
        "platform": "connect",
        "is_open": True,
        "requester": "U0ROSA0001",
        "filing_key": "V1:0",
        "losing_carrier": carrier,
        "fields": {},
        "sealed": "",
        "created_at": MOMENT,
        "changed_at": MOMENT,
        "time_zone": "UTC",
        "reason_code": "",
    }
    known = {name: value for name, value in facts.items() if name in table.c}
    with engine.begin() as connection:
        connection.execute(insert(table).values(known))


def _carriers(engine: Engine) -> list[str]:
    table = Table("port_case", MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        return list(connection.scalars(select(table.c.losing_carrier)))


@pytest.mark.long
def test_a_server_without_an_encoding_serves(postgres: Server) -> None:
    name = f"portdesk_plain_{os.getpid()}"
    postgres.order(f"CREATE DATABASE {name} ENCODING SQL_ASCII LOCALE 'C' TEMPLATE template0")
    engine = prepared_engine(postgres.url(name))
    assert is_current(engine)
    engine.dispose()
    postgres.order(f"DROP DATABASE {name}")
