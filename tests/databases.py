"""Which databases a test runs on, and a fresh one of each for every test."""

import itertools
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copyfile

import psycopg
import pytest
from sqlalchemy import Engine, inspect, select, table, text

from tests.postgres import OwnServer, Server, own_server

SQLITE, POSTGRESQL = "sqlite", "postgresql"
GIVEN = "PORTDESK_TEST_DATABASE"
_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --both."""
    parser.addoption(
        "--both", action="store_true", help="run every test that has a database on both kinds"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of the tests that always run on both."""
    config.addinivalue_line("markers", "both_databases: runs on SQLite and on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on both databases where its mark or the command line says so."""
    if "database_kind" not in metafunc.fixturenames:
        return
    chosen = any(
        "database_kind" in m.args[0] for m in metafunc.definition.iter_markers("parametrize")
    )
    marked = metafunc.definition.get_closest_marker("both_databases") is not None
    everything = metafunc.config.getoption("--both")
    if not chosen and (marked or everything):
        slow = metafunc.definition.get_closest_marker("slow") is not None
        marks = [] if everything or slow else [pytest.mark.long]
        second = pytest.param(POSTGRESQL, marks=marks)
        # By module: a process has room for one open desk at a time.
        metafunc.parametrize("database_kind", [SQLITE, second], indirect=True, scope="module")


@pytest.fixture(scope="module")
def database_kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless the test runs on both."""
    return str(getattr(request, "param", SQLITE))


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[OwnServer]:
    """A PostgreSQL that a test may stop and start."""
    try:
        with own_server() as server:
            yield server
    except RuntimeError as error:
        pytest.skip(f"No PostgreSQL for tests: {error}. Name one in {GIVEN}.")


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Server:
    """A PostgreSQL: the one that the environment names, else our own."""
    given = os.environ.get(GIVEN)
    server: Server = Server(given) if given else request.getfixturevalue("own_postgres")
    return server


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database that is quickly copied."""
    file = tmp_path_factory.mktemp("template") / "portdesk.db"
    prepare(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def template(postgres: Server) -> Iterator[str]:
    """The name of a migrated database that is quickly copied."""
    name = f"portdesk_template_{os.getpid()}"
    postgres.order(f"CREATE DATABASE {name}")
    prepare(postgres.url(name))
    yield name
    _drop(postgres, name)


def prepare(url: str) -> None:
    """Make our tables and those of DBOS."""
    # Whoever tests rules only does not wait for these imports.
    from dbos import DBOS

    from bot.store.database import prepared_engine

    # Ours for DBOS too, as the desk does it: an older SQLite has to be taught first.
    engine = prepared_engine(url)
    DBOS(config={"name": "portdesk", "system_database_engine": engine, "log_level": "ERROR"})
    DBOS.launch()
    DBOS.destroy(destroy_registry=True)
    engine.dispose()


@pytest.fixture
def database_url(
    database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The URL of a database that has all tables, and that nobody has used."""
    yield from _fresh(database_kind, tmp_path, request)


@pytest.fixture(scope="module")
def shared_database_url(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The URL of a database for all tests of a module."""
    yield from _fresh(database_kind, tmp_path_factory.mktemp("database"), request)


def _fresh(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if kind == SQLITE:
        template: Path = request.getfixturevalue("template_file")
        yield f"sqlite:///{copyfile(template, folder / template.name)}"
        return
    server: Server = request.getfixturevalue("postgres")
    copied = f" TEMPLATE {request.getfixturevalue('template')}"
    yield from _database(server, copied)


@pytest.fixture
def empty_database_url(
    database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The URL of a database without any table."""
    if database_kind == SQLITE:
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    yield from _database(request.getfixturevalue("postgres"))


def _database(server: Server, options: str = "") -> Iterator[str]:
    name = f"portdesk_{os.getpid()}_{next(_numbers)}"
    server.order(f"CREATE DATABASE {name}{options}")
    yield server.url(name)
    _drop(server, name)


def _drop(server: Server, name: str) -> None:
    # A test may have stopped the server, or hold a connection still.
    with suppress(psycopg.Error):
        server.order(f"DROP DATABASE {name} WITH (FORCE)")


def every_row(engine: Engine) -> str:
    """Return all that the database holds, the jobs of the worker too."""
    found = inspect(engine)
    tables = [
        table(name, schema=schema)
        for schema in found.get_schema_names()
        for name in found.get_table_names(schema=schema)
    ]
    with engine.connect() as connection:
        found_rows = [connection.execute(select(text("*")).select_from(t)).all() for t in tables]
    # A row of SQLAlchemy's shortens long values when it is printed.
    return repr([[tuple(row) for row in rows] for rows in found_rows])
