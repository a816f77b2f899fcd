"""A desk that is killed at the worst moment, as a process of its own."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from bot.service.settings import Settings
from slack_sandbox import Enforce, Person, Sandbox
from tests.journeys.requests import UNDATED, file_request
from tests.office import ANNA, CHANNEL, ROSA, headline, private, shown
from tests.patience import PATIENCE
from tests.recording import recorded

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def _desk(slack: Sandbox, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """Run `app.py run` on the little Slack until the block ends; it is killed, never asked."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "PORTDESK_SECRET_KEY": settings.portdesk_secret_key.get_secret_value(),
        "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
        "SLACK_APP_TOKEN": settings.slack_app_token.get_secret_value(),
        "SLACK_API_URL": settings.slack_api_url,
        "PORTDESK_CHANNEL": settings.portdesk_channel,
        "PORTDESK_AGENTS": settings.portdesk_agents,
    }
    command = [sys.executable, str(ROOT / "app.py"), "run"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        slack.wait_until_connected(PATIENCE)
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize(
    "fault",
    [
        {"rate_limit": 1000},  # killed between the commit and the post
        {"drop_answer": 1},  # killed between the post and its mark
    ],
    ids=str,
)
def test_a_killed_desk_says_everything_once_when_it_is_back(
    tmp_path: Path, fault: dict[str, int]
) -> None:
    with recorded(Sandbox(MANIFEST, EXAMPLE, enforce_rates=Enforce.NONE)) as slack:
        settings = sandbox_settings(slack, tmp_path)
        rosa, anna = Person(slack.url, ROSA, CHANNEL), Person(slack.url, ANNA, CHANNEL)
        with _desk(slack, settings):
            slack.faults.change({**fault, "methods": ["chat.postMessage"]})
            file_request(rosa, **UNDATED)
            rosa.wait_for(lambda _state: _posts_tried(rosa))
        slack.faults.change({"rate_limit": 0, "drop_answer": 0})
        _let_the_leases_end(tmp_path)
        with _desk(slack, settings):
            anna.wait_for(lambda _state: len(_keys(slack)) >= 4, PATIENCE)
            private(rosa, "here is letter version 1")
            assert "Being prepared" in shown(headline(anna))
            assert max(Counter(_keys(slack)).values()) == 1


def _let_the_leases_end(folder: Path) -> None:
    """What a killed process had in hand is free for others after a minute; nobody waits here."""
    with closing(sqlite3.connect(folder / "portdesk.db")) as connection, connection:
        connection.execute("UPDATE delivery SET lease_until = '2026-01-01 00:00:00.000000'")


def _posts_tried(person: Person) -> bool:
    entries = person._read("/sandbox/traffic?after=0")["entries"]
    return any(entry["name"] == "chat.postMessage" for entry in entries)


def _keys(slack: Sandbox) -> list[str]:
    return [m["metadata"]["event_payload"]["key"] for m in slack.record if m.get("metadata")]
