"""A desk that Slack reaches over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli.serving import MANIFEST, sandbox_settings
from bot.sandbox import AdjustableClock, Enforce, Person, Sandbox
from bot.settings import Settings
from bot.wiring import Service
from tests.office import CHANNEL, FAST, MONDAY, ROSA
from tests.recording import recorded


@dataclass
class HttpOffice:
    """A little Slack that delivers over HTTP, and one desk."""

    slack: Sandbox
    service: Service
    port: int

    @property
    def rosa(self) -> Person:
        """A requester."""
        return Person(self.slack.url, ROSA, CHANNEL)


def http_settings(slack: Sandbox, folder: Path, url: str) -> Settings:
    """Return the settings of a desk in HTTP mode."""
    settings = sandbox_settings(slack, folder)
    return settings.model_copy(update={"slack_app_token": SecretStr(""), "database_url": url})


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A little Slack that nobody serves yet."""
    little = Sandbox(MANIFEST, clock=AdjustableClock(MONDAY), enforce_rates=Enforce.NONE)
    with recorded(little) as slack:
        yield slack


@pytest.fixture
def http_office(slack: Sandbox, tmp_path: Path, database_url: str) -> Iterator[HttpOffice]:
    """A desk that is ready."""
    service = Service(http_settings(slack, tmp_path, database_url), slack.clock, FAST)
    port = service.listen("127.0.0.1", 0)
    service.start()
    slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
    yield HttpOffice(slack, service, port)
    service.stop(patience=0)
