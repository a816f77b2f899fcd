"""Opens the database: SQLite in one file by default, PostgreSQL at scale."""

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import PortingError
from bot.store.faults import database_fault, judge, parsed
from bot.store.sqlite.missing_functions import teach
from bot.store.sqlite.private_files import close_to_others, make_file, make_folder
from bot.store.sqlite.write_lock import take_turns
from bot.store.wait_budget import WRITER_WAIT_SECONDS, PatientPool, wait_for_rows

# An error of the database names no values: they are people's names, and it may reach a log.
# As many connections as threads may wait for a lock, so that whoever only reads waits for none.
_EVERYWHERE: dict[str, Any] = {
    "poolclass": PatientPool,
    "pool_timeout": WRITER_WAIT_SECONDS,
    "pool_size": 10,
    "hide_parameters": True,
}
# Seconds and milliseconds: a database that is gone, or a row that somebody else holds, is known
# before Slack gives up; a replica that hangs in the middle of a transaction loses its locks. Text
# is text, also where the server was set up without an encoding.
_POSTGRESQL = {
    "client_encoding": "utf8",
    "connect_timeout": "2",
    "tcp_user_timeout": "5000",
    "options": "-c lock_timeout=2000 -c idle_in_transaction_session_timeout=15000",
}
# DBOS takes `gen_random_uuid()` for granted, which a server has by itself since then.
OLDEST_POSTGRESQL = 13
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL; a SQLite file and its folder are made, for us only.

    Raises `PortingError` where that cannot be.
    """
    where = parsed(url)
    if where.get_backend_name() != "sqlite":
        # As part of the URL, so that whoever takes the URL from the engine is as patient.
        patient = where.set(query={**_POSTGRESQL, **where.query})
        server = create_engine(patient, pool_pre_ping=True, max_overflow=50, **_EVERYWHERE)
        wait_for_rows(server)
        return server
    _make_private(Path(where.database or ""))
    engine = create_engine(where, max_overflow=90, **_EVERYWHERE)
    event.listen(engine, "connect", _prepare_sqlite)
    take_turns(engine, WRITER_WAIT_SECONDS)
    return engine


def _make_private(file: Path) -> None:
    """Make the file before SQLite does, which gives it, and its two companions, to everybody."""
    try:
        make_folder(file.parent)
    except OSError as error:
        raise PortingError(
            f"The folder {file.parent} of the database cannot be made ({error.strerror}). "
            "Check DATABASE_URL."
        ) from error
    # What cannot be made is told by whoever opens it.
    with suppress(OSError):
        make_file(file)
    for companion in ("-wal", "-shm"):
        with suppress(OSError):
            close_to_others(file.with_name(file.name + companion))


def check_exists(url: str) -> None:
    """Raise `PortingError` for a SQLite file that is not there: opening it would make it."""
    where = parsed(url)
    file = Path(where.database or "")
    if where.get_backend_name() == "sqlite" and not file.exists():
        raise PortingError(
            f"There is no database {file.absolute()}. "
            "Set DATABASE_URL to the one that the desk uses, or make a new one: "
            "python3 app.py migrate"
        )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not wait for the writer (WAL); a commit is on the disk when it returns."""
    # A writer that begins late would fail at its first write instead of waiting.
    connection.isolation_level = "IMMEDIATE"
    teach(connection)
    for pragma in (
        f"busy_timeout={WRITER_WAIT_SECONDS * 1000:.0f}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def alembic_config(engine: Engine) -> Config:
    """Return Alembic's configuration for this engine, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["engine"] = engine
    return config


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; raises `PortingError` where that cannot be."""
    try:
        if revision_of(engine) in _known():
            config = alembic_config(engine)
            config.attributes["at_once"] = True
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        url = engine.url.render_as_string(hide_password=False)
        raise database_fault(error, url) or error from error


def prepared_engine(url: str, may_be_new: bool = True) -> Engine:
    """Return an engine on a database that has the newest schema.

    Raises `PortingError` where that cannot be; one that must not be new is not made either.
    """
    if not may_be_new:
        check_exists(url)
    judge(url, may_be_new)
    engine = open_engine(url)
    migrate(engine)
    return engine


def revision_of(engine: Engine) -> str | None:
    """Return the revision of the schema; None before the first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def _known() -> tuple[str | None, ...]:
    """Return the revisions of this release, the newest first, down to the empty database."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return (*(script.revision for script in scripts), None)


def server_version(engine: Engine) -> tuple[int, ...]:
    """Return the version of the database's server; of SQLite it is that of the library."""
    with engine.connect() as connection:
        found = connection.dialect.server_version_info or ()
    return tuple(part for part in found if isinstance(part, int))


def is_current(engine: Engine) -> bool:
    """Say whether the schema is at the newest revision."""
    return revision_of(engine) == _known()[0]


def schema_fault(engine: Engine) -> str:
    """Name what keeps this release from working: "database", "schema", or nothing.

    A schema that this release does not know belongs to a newer one, which only adds to it while
    both run side by side.
    """
    try:
        revision = revision_of(engine)
    except SQLAlchemyError:
        return "database"
    return "schema" if revision in _known()[1:] else ""
