"""Opens a little Slack whose app runs in another process, and people who file requests in it."""

import json
import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from slack_sandbox import AdjustableClock, Enforce, Person, Sandbox, User
from slack_sandbox.spec.limits import TRIGGER_SECONDS
from slack_sandbox.state.workspace import Workspace
from tests.journeys.requests import PAGES

ROOT = Path(__file__).resolve().parent.parent
SOCKET, HTTP = "Socket Mode", "HTTP"
SERVED = (sys.executable, str(ROOT / "benchmarks" / "served.py"))
CHANNEL = "number-porting"
PATIENCE = 30.0
# Area codes in which 555-01XX is a number of the plan; each has room for thirty requests.
_AREAS = (206, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239, 240, 248)
_PER_AREA = 30


@dataclass
class Bench:
    """A little Slack and where the served app keeps its data."""

    slack: Sandbox
    folder: Path
    secret_key: str
    _seen: int = 0
    _people: dict[str, Person] = field(default_factory=dict)

    def person(self, user: str, waits: float = TRIGGER_SECONDS) -> Person:
        """Return somebody of the workspace at their Slack; `waits` for the window of a command."""
        return self._people.setdefault(user, Person(self.slack.url, user, CHANNEL, waits))

    @property
    def database(self) -> Path:
        """The SQLite file of the desk."""
        return self.folder / "portdesk.db"

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Read the desk's database from outside."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(question).fetchall()

    def undelivered(self, what: str = "1") -> int:
        """Return how many deliveries for which `what` is so are still to be made."""
        query = f"SELECT count(*) FROM delivery WHERE done_at IS NULL AND {what}"
        return int(self.ask(query)[0][0])

    def idle(self) -> bool:
        """Say whether the worker has nothing to do: all is delivered, and every job has ended."""
        query = "SELECT count(*) FROM workflow_status WHERE status IN ('ENQUEUED', 'PENDING')"
        return self.undelivered() == 0 and self.ask(query) == [(0,)]

    def fresh(self) -> list[dict[str, Any]]:
        """Return the exchanges with the app since the last call, without those with the API."""
        with urllib.request.urlopen(f"{self.slack.url}sandbox/traffic?after={self._seen}") as got:
            entries = json.load(got)["entries"]
        if entries and self._seen and entries[0]["n"] != self._seen + 1:
            raise RuntimeError("The sandbox forgot some exchanges: look more often.")
        self._seen = entries[-1]["n"] if entries else self._seen
        return [entry for entry in entries if entry["direction"] == "to_app"]


def workspace(more: int) -> Workspace:
    """Return the sandbox's workspace with some more people in the desk's channel."""
    usual = EXAMPLE
    added = tuple(User(f"U0MORE{n:04}", f"more{n}", f"Person {n}") for n in range(more))
    desk, *others = usual.channels
    members = (*desk.members, *(user.id for user in added))
    channels = (replace(desk, members=members), *others)
    return replace(usual, users=(*usual.users, *added), channels=channels)


@contextmanager
def open_slack(
    clock: AdjustableClock, people: int = 0, rates: Enforce = Enforce.NONE
) -> Iterator[Bench]:
    """Open a little Slack that nobody serves yet, with a folder for the data of its app."""
    slack = Sandbox(MANIFEST, workspace(people), clock, enforce_rates=rates)
    with tempfile.TemporaryDirectory(prefix="portdesk-bench-") as folder, slack:
        yield Bench(slack, Path(folder), secrets.token_urlsafe(32))


@contextmanager
def open_bench(
    transport: str,
    command: Sequence[str],
    clock: AdjustableClock,
    people: int = 0,
    rates: Enforce = Enforce.NONE,
) -> Iterator[Bench]:
    """Open a little Slack and serve it by `command` (the port is added) until the block ends."""
    with open_slack(clock, people, rates) as bench, served(bench, transport, command):
        yield bench


@contextmanager
def served(bench: Bench, transport: str, command: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """Run the app as a process and wait until the little Slack reaches it."""
    port = free_port()
    log = bench.folder / "app.log"
    with log.open("a") as out:
        process = subprocess.Popen(
            [*command, str(port)],
            env=environment(bench, transport),
            cwd=bench.folder,
            stdout=out,
            stderr=out,
            text=True,
        )
        try:
            _wait_for(bench, transport, port)
            yield process
        except BaseException:
            print(log.read_text()[-2000:], file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait(PATIENCE)


def environment(bench: Bench, transport: str) -> dict[str, str]:
    """Return the environment in which an app serves this little Slack."""
    settings = sandbox_settings(bench.slack, bench.folder)
    hidden = ("slack_bot_token", "slack_app_token", "slack_signing_secret")
    plain = ("slack_api_url", "portdesk_channel", "portdesk_agents", "database_url")
    values = {name: getattr(settings, name).get_secret_value() for name in hidden}
    values |= {name: str(getattr(settings, name)) for name in plain}
    values["portdesk_secret_key"] = bench.secret_key
    if transport == HTTP:
        del values["slack_app_token"]
    return {**os.environ, **{name.upper(): value for name, value in values.items()}}


def _wait_for(bench: Bench, transport: str, port: int) -> None:
    if transport == SOCKET:
        bench.slack.wait_until_connected(PATIENCE)
        return
    until(lambda: _answers(port))
    bench.slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
            return True
    except OSError:
        return False


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def until(look: Callable[[], bool], pause: float = 0.02) -> None:
    """Wait until something is so; raises `TimeoutError` after a while."""
    end = time.monotonic() + PATIENCE
    while not look():
        if time.monotonic() > end:
            raise TimeoutError("The app did not get there in time.")
        time.sleep(pause)


def steps(person: Person, turn: int, numbers: str = "") -> Iterator[None]:
    """Fill `/port-in` up to the review, a step at a time; `turn` gives numbers of its own."""
    area, place = _AREAS[turn // _PER_AREA], turn % _PER_AREA
    own = f"({area}) 555-01{place * 3:02} to 01{place * 3 + 2:02}"
    changes = {"numbers": numbers or own, "btn": f"{area}.555.0199"}
    person.command("/port-in")
    yield
    for page in PAGES:
        for name, value in {**page, **{n: v for n, v in changes.items() if n in page}}.items():
            if name == "losing_carrier":
                person.suggest(name, value)
            person.fill({name: value})
            yield
        if errors := person.submit():
            raise RuntimeError(f"The form was refused: {errors}")
        yield
