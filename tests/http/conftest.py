"""A desk that Slack reaches over HTTP."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from bot.service.settings import Settings
from bot.service.wiring import Service
from slack_sandbox import AdjustableClock, Enforce, Person, Sandbox
from tests.office import CHANNEL, FAST, MONDAY, ROSA
from tests.recording import recorded

EVENTS = "/slack/events"


@dataclass
class HttpOffice:
    """A little Slack that delivers over HTTP, and one desk."""

    slack: Sandbox
    service: Service
    port: int

    @property
    def url(self) -> str:
        """The address for Slack's requests."""
        return f"http://127.0.0.1:{self.port}{EVENTS}"

    @property
    def rosa(self) -> Person:
        """A requester."""
        return Person(self.slack.url, ROSA, CHANNEL)


def port_command(text: str) -> bytes:
    """Return the body of Rosa's `/port` with this text."""
    facts = {"command": "/port", "text": text, "user_id": ROSA, "team_id": "T0SANDBOX1"}
    return urlencode(facts | {"channel_id": "C0PORTING1", "trigger_id": "1.2.3"}).encode()


def plausible() -> str:
    """Return the header lines of a request that only the sum of its body shows to be forged."""
    stamp = f"X-Slack-Request-Timestamp: {int(time.time())}\r\n"
    return f"{stamp}X-Slack-Signature: v0={'0' * 64}\r\n"


def http_settings(slack: Sandbox, folder: Path, url: str) -> Settings:
    """Return the settings of a desk in HTTP mode."""
    settings = sandbox_settings(slack, folder)
    return settings.model_copy(update={"slack_app_token": SecretStr(""), "database_url": url})


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A little Slack that nobody serves yet."""
    with _little_slack() as slack:
        yield slack


def _little_slack() -> Sandbox:
    return recorded(
        Sandbox(MANIFEST, EXAMPLE, clock=AdjustableClock(MONDAY), enforce_rates=Enforce.NONE)
    )


@pytest.fixture
def http_office(slack: Sandbox, tmp_path: Path, database_url: str) -> Iterator[HttpOffice]:
    """A desk that is ready."""
    with _served(slack, tmp_path, database_url) as office:
        yield office


@pytest.fixture(scope="module")
def shared_http_office(
    tmp_path_factory: pytest.TempPathFactory, shared_database_url: str
) -> Iterator[HttpOffice]:
    """A desk for all tests of a module, none of which changes what it is."""
    folder = tmp_path_factory.mktemp("office")
    with _little_slack() as slack, _served(slack, folder, shared_database_url) as office:
        yield office


@contextmanager
def _served(slack: Sandbox, folder: Path, url: str) -> Iterator[HttpOffice]:
    service = Service(http_settings(slack, folder, url), slack.clock, FAST)
    port = service.listen("127.0.0.1", 0)
    service.start()
    office = HttpOffice(slack, service, port)
    slack.deliver_to(office.url)
    yield office
    service.stop(patience=0)
