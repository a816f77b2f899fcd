"""Databases that are none, or not the desk's: each command says in a sentence what to do."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest

from tests.commands import Ended, run_command
from tests.databases import prepare
from tests.port_out.desks import ANNA, KEY
from tests.ports import free_port
from tests.postgres import Server

COMMANDS = {
    "run": ["run"],
    "migrate": ["migrate"],
    "export": ["export"],
    "due": ["due"],
    "backup": ["backup", "copy.db"],
    "rotate": ["rotate"],
    "doctor": ["doctor"],
    "loa": ["loa", "PRT-1001", "-o", "letter.pdf"],
}
# They make a database where there is none.
MAKING = {"run", "migrate"}
# A newcomer's words, and those that say nothing to anybody.
MISLEADING = (
    "Traceback",
    "sqlalche.me",
    "(sqlite3.",
    "(psycopg",
    "Error)",
    "records are busy",
)


def run(name: str, folder: Path, url: str) -> Ended:
    """Run a command with everything but a Slack."""
    variables = {
        "DATABASE_URL": url,
        "PORTDESK_SECRET_KEY": KEY,
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "PORTDESK_CHANNEL": "C0PORTING1",
        "PORTDESK_AGENTS": ANNA,
    }
    return run_command(COMMANDS[name], folder, variables)


def said_by(name: str, folder: Path, url: str) -> str:
    """Return what a command that refuses says of the database: one sentence or two."""
    done = run(name, folder, url)
    assert done.code == 1, done
    told = done.errors
    if name == "doctor":
        told = "".join(
            line for line in done.output.splitlines() if line.startswith("FAIL database")
        )
    assert not [word for word in MISLEADING if word in told], told
    assert told.strip().count("\n") == 0, told
    return told


def _truncated(file: Path, whole: Path) -> None:
    file.write_bytes(whole.read_bytes()[:20_000])


def _foreign(file: Path, _whole: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE song (name TEXT)")


def _foreign_with_versions(file: Path, whole: Path) -> None:
    _foreign(file, whole)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")


def _versionless(file: Path, whole: Path) -> None:
    copyfile(whole, file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM alembic_version")


# How each comes to be, and what all commands say of it.
CASES: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "a folder": (lambda file, _: file.mkdir(), "is a folder"),
    "some text": (lambda file, _: file.write_text("PRT-1001\n" * 99), "is damaged, or no database"),
    "truncated": (_truncated, "is damaged, or no database"),
    "another program's": (_foreign, "belongs to another program"),
    "another program's with versions": (_foreign_with_versions, "belongs to another program"),
    "without its version": (_versionless, "does not say which version"),
}


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_the_doctor_knows_each_from_the_others(
    case: str, tmp_path: Path, template_file: Path
) -> None:
    make, told = CASES[case]
    make(tmp_path / "portdesk.db", template_file)
    assert told in said_by("doctor", tmp_path, f"sqlite:///{tmp_path / 'portdesk.db'}")


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("case", CASES)
def test_a_file_that_is_not_the_desks_is_told_and_left_alone(
    case: str, name: str, tmp_path: Path, template_file: Path
) -> None:
    file = tmp_path / "portdesk.db"
    make, told = CASES[case]
    make(file, template_file)
    before = file.read_bytes() if file.is_file() else b""
    assert told in said_by(name, tmp_path, f"sqlite:///{file}")
    assert file.is_dir() or file.read_bytes() == before
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in MAKING])
def test_what_is_missing_or_empty_is_told_and_not_made(name: str, tmp_path: Path) -> None:
    file = tmp_path / "var" / "portdesk.db"
    assert "There is no database" in said_by(name, tmp_path, f"sqlite:///{file}")
    assert not file.parent.exists()
    file.parent.mkdir()
    file.touch()
    assert "is empty" in said_by(name, tmp_path, f"sqlite:///{file}")
    assert file.stat().st_size == 0


@pytest.mark.slow
@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite://host/x.db"])
@pytest.mark.parametrize("name", COMMANDS)
def test_what_would_keep_nothing_is_refused(name: str, url: str, tmp_path: Path) -> None:
    assert "DATABASE_URL" in said_by(name, tmp_path, url)


@contextmanager
def somebody_else() -> Iterator[None]:
    """Be nobody for a while: whoever may do everything lacks no right."""
    if os.getuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


# The doctor asks Slack as well, which loads what nobody may read here.
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "doctor"])
def test_what_may_not_be_written_to_is_told(name: str, template_file: Path) -> None:
    with TemporaryDirectory() as folder:
        file = Path(copyfile(template_file, Path(folder) / "portdesk.db"))
        file.chmod(0o444)
        Path(folder).chmod(0o555)
        with somebody_else():
            done = run(name, Path(folder), f"sqlite:///{file}")
    told = done.errors + done.output
    assert not [word for word in MISLEADING if word in told], told
    assert done.code in (0, 1)
    if name in ("run", "rotate"):
        assert "cannot be written to" in told or "cannot be opened" in told


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "backup"])
def test_a_server_that_lets_nobody_in_is_told(name: str, tmp_path: Path, postgres: Server) -> None:
    postgres.order("DROP ROLE IF EXISTS stranger")
    postgres.order("CREATE ROLE stranger LOGIN")
    missing = postgres.url("portdesk_nowhere")
    away = f"postgresql://desk:hidden@127.0.0.1:{free_port()}/portdesk"
    stranger = postgres.url("postgres").replace("postgres@", "stranger@", 1)
    assert "does not exist on its server" in said_by(name, tmp_path, missing)
    assert "cannot be reached" in said_by(name, tmp_path, away)
    nobody = postgres.url("postgres").replace("postgres@", "nosuchrole:hidden@", 1)
    assert "refuses this user or password" in said_by(name, tmp_path, nobody)
    if name in MAKING:
        assert "too few rights" in said_by(name, tmp_path, stranger)


@pytest.mark.slow
def test_a_role_that_owns_only_its_database_is_enough(postgres: Server) -> None:
    for statement in (
        "DROP DATABASE IF EXISTS desk_owned",
        "DROP ROLE IF EXISTS desk_owner",
        "CREATE ROLE desk_owner LOGIN",
        "CREATE DATABASE desk_owned OWNER desk_owner",
    ):
        postgres.order(statement)
    prepare(postgres.url("desk_owned").replace("postgres@", "desk_owner@", 1))
    postgres.order("DROP DATABASE desk_owned WITH (FORCE)")
    postgres.order("DROP ROLE desk_owner")
