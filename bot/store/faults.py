"""What is wrong with a database, in one sentence that says what to do."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy import NullPool, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.errors import PortingError

VERSIONS: Final = "alembic_version"
_OURS: Final = "port_case"
_COUNT: Final = f"SELECT count(*) FROM {VERSIONS}"
_RESTORE: Final = "Restore a backup, as docs/operating.md says, or check DATABASE_URL."
# What a driver says, by the first row that is found in it, and what a person is told of it.
_TOLD: Final = (
    (
        "not a database|malformed|disk image|unsupported file format",
        f"is damaged, or no database at all. {_RESTORE}",
    ),
    (
        "readonly|read-only",
        "cannot be written to. Let the user that runs the desk write to the file and its folder.",
    ),
    (
        "unable to open",
        "cannot be opened. Let the user that runs the desk read and write the file and its folder.",
    ),
    ("is full", "cannot grow: the disk is full. Make room, then try again."),
    ("disk i/o", f"cannot be read: the disk fails. {_RESTORE}"),
    ("is locked|lock timeout", "is busy: something else holds it. Try again in a minute."),
    (
        "authentication failed|no password supplied|role .* does not exist",
        "refuses this user or password. Check DATABASE_URL.",
    ),
    ("database .* does not exist", "does not exist on its server. Make it, or check DATABASE_URL."),
    (
        "permission denied|must be owner",
        "gives this user too few rights. Make the user its owner: ALTER DATABASE … OWNER TO …",
    ),
    (
        "no such (table|column)|(table|column|relation) .* (already exists|does not exist)",
        f"lacks tables of this release. If python3 app.py migrate does not help: {_RESTORE}",
    ),
)
_OF_A_SERVER: Final = (OperationalError, NoConnection, psycopg.OperationalError)
_AWAY: Final = "The database cannot be reached. Check DATABASE_URL, and whether the database runs."


def shown(url: str) -> str:
    """Return a URL without its password."""
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def parsed(url: str) -> URL:
    """Parse DATABASE_URL; raises `PortingError` for what names no database that lasts."""
    try:
        found = make_url(url)
    except (ArgumentError, ValueError):
        raise PortingError(
            "DATABASE_URL cannot be read. Write sqlite:///var/portdesk.db or "
            "postgresql://user:password@host/portdesk."
        ) from None
    if found.get_backend_name() == "sqlite" and (
        found.host or (found.database or ":memory:").startswith((":memory:", "file:"))
    ):
        raise PortingError(
            "DATABASE_URL names no file, so nothing would be kept. "
            "Write sqlite:/// and the file, as in sqlite:///var/portdesk.db."
        )
    return found


def database_fault(error: BaseException | None, url: str) -> PortingError | None:
    """Return what an error, or what caused it, says of the database; None if it is no such."""
    while error is not None:
        if isinstance(error, SQLAlchemyError | sqlite3.Error | psycopg.Error):
            return _sentence(error, url)
        error = error.__cause__
    return None


def _sentence(error: Exception, url: str) -> PortingError | None:
    for pattern, told in _TOLD:
        if re.search(pattern, str(error), re.IGNORECASE):
            return PortingError(f"The database {shown(url)} {told}")
    return PortingError(_AWAY) if isinstance(error, _OF_A_SERVER) else None


def judge(url: str, may_be_new: bool = True) -> None:
    """Raise `PortingError` for a database that is not the desk's, or that cannot be read.

    Only looks: what is somebody else's stays as it is to the last byte.
    """
    try:
        tables, known = _look_into(parsed(url))
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise database_fault(error, url) or error from error
    if _OURS in tables and not known:
        raise _refused(url, f"does not say which version its tables have. {_RESTORE}")
    if _OURS not in tables and (known or tables - {VERSIONS}):
        raise _refused(url, "belongs to another program. Set DATABASE_URL to the desk's own.")
    if not tables and not may_be_new:
        raise _refused(
            url,
            "is empty. Set DATABASE_URL to the one that the desk uses, or make a new one: "
            "python3 app.py migrate",
        )


def _refused(url: str, told: str) -> PortingError:
    return PortingError(f"The database {shown(url)} {told}")


def _look_into(where: URL) -> tuple[set[str], bool]:
    """Return the names of the tables, and whether a version of them is known."""
    if where.get_backend_name() == "sqlite":
        return _look_into_file(Path(where.database or "").absolute())
    patient = where.set(query={"client_encoding": "utf8", "connect_timeout": "2", **where.query})
    engine = create_engine(patient, poolclass=NullPool)
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        return tables, VERSIONS in tables and connection.scalar(text(_COUNT)) > 0


def _look_into_file(file: Path) -> tuple[set[str], bool]:
    if file.is_dir():
        raise PortingError(f"The database {file} is a folder. Name a file in it in DATABASE_URL.")
    if not file.exists():
        return set(), False
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in found}
        if VERSIONS not in tables:
            return tables, False
        (count,) = connection.execute(_COUNT).fetchone()
        return tables, count > 0
