"""Commands that cannot do their work: one sentence says why, and nothing goes on running."""

import platform
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.cli.sandbox import sandbox_settings
from bot.service.settings import Settings
from slack_sandbox import Person, Sandbox
from tests.commands import run_command
from tests.office import ANNA, CHANNEL
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.postgres import Server
from tests.replicas import RUN, Replica, environment

READING = ["due", "export", "rotate"]


@pytest.fixture
def settings(slack: Sandbox, tmp_path: Path) -> Settings:
    """Settings of a desk in Socket Mode."""
    return sandbox_settings(slack, tmp_path)


@pytest.mark.long
def test_a_slack_that_cannot_be_reached_is_named(settings: Settings, tmp_path: Path) -> None:
    """The worker runs by then; a process of its own shows that nothing of it stays."""
    nowhere = f"http://127.0.0.1:{free_port()}/api/"
    done = subprocess.run(
        [sys.executable, *RUN],
        env=environment(settings) | {"SLACK_API_URL": nowhere},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert f"Slack cannot be reached at {nowhere}: " in done.stderr
    assert "Check the network" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_app_token_that_slack_refuses_is_named(settings: Settings, tmp_path: Path) -> None:
    wrong = environment(settings) | {"SLACK_APP_TOKEN": "xapp-wrong"}
    said = _refused("run", tmp_path, wrong)
    assert "Slack refused SLACK_APP_TOKEN (invalid_auth)." in said


@pytest.mark.long
def test_a_slack_that_opens_no_socket_is_named(
    slack: Sandbox, settings: Settings, tmp_path: Path
) -> None:
    slack.faults.silent_handshake = True
    said = _refused("run", tmp_path, environment(settings))
    assert f"Slack cannot be reached at {slack.api_url}: it does not answer" in said


@pytest.mark.parametrize("command", ["migrate", *READING])
def test_a_postgresql_that_is_away_is_a_sentence(
    settings: Settings, tmp_path: Path, command: str
) -> None:
    away = f"postgresql://desk:hidden@127.0.0.1:{free_port()}/portdesk"
    said = _refused(command, tmp_path, environment(settings) | {"DATABASE_URL": away})
    assert "The database cannot be reached" in said
    assert "hidden" not in said


@pytest.mark.parametrize("command", READING)
def test_a_database_that_is_not_there_is_named_and_not_made(
    settings: Settings, tmp_path: Path, command: str
) -> None:
    variables = environment(settings)
    del variables["DATABASE_URL"]
    said = _refused(command, tmp_path, variables)
    assert f"There is no database {tmp_path / 'var' / 'portdesk.db'}." in said
    assert "DATABASE_URL" in said
    assert not (tmp_path / "var").exists()


@pytest.mark.long
def test_the_doctor_tries_both_tokens_and_makes_no_database(
    settings: Settings, tmp_path: Path
) -> None:
    done = run_command(["doctor"], tmp_path, environment(settings))
    assert f"ok   Python: {platform.python_version()}\n" in done.output
    assert f"ok   SQLite: {sqlite3.sqlite_version}\n" in done.output
    assert "ok   app token\n" in done.output
    assert "ok   Slack credentials: " in done.output
    assert re.search("^ok   Block Kit: [0-9]+ windows and messages$", done.output, re.MULTILINE)
    assert "FAIL database: There is no database" in done.output
    assert done.code == 1
    assert list(tmp_path.iterdir()) == []

    done = run_command(
        ["doctor"], tmp_path, environment(settings) | {"SLACK_APP_TOKEN": "xapp-wrong"}
    )
    assert "FAIL app token: Slack says invalid_auth\n" in done.output


@pytest.mark.long
def test_the_doctor_names_the_server(
    settings: Settings, postgres: Server, template: str, tmp_path: Path
) -> None:
    url = postgres.url(template)
    done = run_command(["doctor"], tmp_path, environment(settings) | {"DATABASE_URL": url})
    assert re.search(r"^ok   PostgreSQL: \d\d(\.\d+)+$", done.output, re.MULTILINE)
    assert done.output.count("PostgreSQL") == 1
    assert "ok   database\n" in done.output


@pytest.mark.long
@pytest.mark.parametrize("granted", [True, False], ids=["channels:read", "no scope for it"])
def test_the_doctor_sees_whether_the_app_is_in_its_channel(
    slack: Sandbox, settings: Settings, tmp_path: Path, granted: bool
) -> None:
    slack.faults.withhold_optional_scopes = not granted
    people = Person(slack.url, ANNA, CHANNEL)
    assert "ok   channel\n" in run_command(["doctor"], tmp_path, environment(settings)).output
    people.command("/remove @Portdesk")
    said = run_command(["doctor"], tmp_path, environment(settings))
    assert "FAIL channel: Portdesk is not in " in said.output
    assert "/invite @Portdesk" in said.output
    assert said.code == 1
    assert people.messages() == []


@pytest.mark.long
def test_a_start_says_that_the_app_is_not_in_its_channel(
    slack: Sandbox, settings: Settings, tmp_path: Path
) -> None:
    slack.faults.withhold_optional_scopes = True
    Person(slack.url, ANNA, CHANNEL).command("/remove @Portdesk")
    with Replica(settings, tmp_path / "log") as replica:
        replica.wait_until()
        until = monotonic() + PATIENCE
        while "/invite @Portdesk" not in replica.log.read_text():
            assert monotonic() < until
            sleep(0.05)


def _refused(command: str, folder: Path, variables: dict[str, str]) -> str:
    """Run a command that refuses; returns what it says."""
    done = run_command([command], folder, variables)
    assert done.code == 1
    return done.errors
