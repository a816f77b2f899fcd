"""Databases of the benchmarks' own: SQLite files, and a PostgreSQL that is started for them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from pydantic import SecretStr

from bot.service.settings import Settings
from bot.service.wiring import Service
from slack_sandbox import AdjustableClock
from tests.databases import prepare
from tests.postgres import Server, own_server

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
KEY = "a key for benchmarks only"
AGENT = "U0ANNA0001"
# A Monday without holidays around it; the dates that the requests ask for follow it.
MONDAY = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
_numbers = count(1)


class Databases:
    """Makes databases that nobody has used, with our tables and those of DBOS."""

    def __init__(self, kind: str, folder: Path, server: Server | None) -> None:
        self.kind, self._folder, self._server = kind, folder, server

    def new(self) -> str:
        """Return the URL of a new database."""
        name = f"bench_{next(_numbers)}"
        if self._server is None:
            url = f"sqlite:///{self._folder / name}.db"
        else:
            self._server.order(f"CREATE DATABASE {name}")
            url = self._server.url(name)
        prepare(url)
        return url


@contextmanager
def databases(kind: str) -> Iterator[Databases]:
    """Open a place for databases; raises `RuntimeError` where PostgreSQL cannot run."""
    with tempfile.TemporaryDirectory(prefix="portdesk-bench-") as folder:
        if kind == SQLITE:
            yield Databases(kind, Path(folder), None)
            return
        with own_server() as server:
            yield Databases(kind, Path(folder), server)


def desk_on(url: str, clock: AdjustableClock, slack: str = "http://127.0.0.1:9/api/") -> Service:
    """Return a desk on a database; its worker is not started and it need not reach Slack."""
    settings = Settings(
        database_url=url,
        portdesk_secret_key=SecretStr(KEY),
        slack_bot_token=SecretStr("xoxb-bench"),
        slack_signing_secret=SecretStr("a signing secret"),
        slack_api_url=slack,
        portdesk_channel="C0PORTING1",
        portdesk_agents=AGENT,
    )
    return Service(settings, clock)
