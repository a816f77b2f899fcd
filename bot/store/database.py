"""Opens the database: SQLite in one file by default, PostgreSQL at scale."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

# A locked database must be known in time to tell the person within Slack's three seconds.
SQLITE_WAIT_MS = 1500
# An error of the database names no values: they are people's names, and it may reach a log.
_EVERYWHERE: dict[str, Any] = {"pool_timeout": 2.0, "hide_parameters": True}
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str) -> Engine:
    """Return an engine for a SQLAlchemy URL; the folder of a SQLite file is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, pool_size=10, **_EVERYWHERE)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, pool_size=20, **_EVERYWHERE)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not wait for the writer (WAL); a commit is on the disk when it returns."""
    # A writer that begins late would fail at its first write instead of waiting.
    connection.isolation_level = "IMMEDIATE"
    for pragma in (
        f"busy_timeout={SQLITE_WAIT_MS}",
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
    """Bring the schema to the newest revision."""
    command.upgrade(alembic_config(engine), "head")


def is_current(engine: Engine) -> bool:
    """Say whether the schema is at the newest revision."""
    newest = ScriptDirectory.from_config(alembic_config(engine)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest
