"""Throws changed requests at a desk: `python -m benchmarks.attack [--count N] [--seed N]`.

A real desk in a process of its own, over signed HTTP on loopback. Real requests of a short journey
are changed (`benchmarks.odd_requests`) and sent by people who have no right to anything in the case
that was filed, and then by an agent. Ends with 1 where something gave way: a traceback, an error
of the server, a row of the case that a stranger changed, a planted secret that came out, or an
answer after more than 2.5 seconds.
"""

import argparse
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.odd_requests import Payload, body_of, mutated
from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox_workspace import EXAMPLE
from slack_sandbox import AdjustableClock, Enforce, Person, Sandbox
from slack_sandbox.client.find_blocks import RefusedError
from slack_sandbox.delivery.http_mode import HttpDelivery
from tests.http.conftest import http_settings
from tests.journeys.requests import UNDATED, file_request
from tests.office import ANNA, CHANNEL, MATEO, ROSA, TOM, buttons
from tests.replicas import RUN, Replica

MOST_SECONDS = 2.5
STRANGERS = (MATEO, "U0NOBODY01")
SECRETS = {"account_number": "ACC-55443322-PLANTED", "service_pin": "739154"}
# What belongs to the case that Rosa filed; strangers may file cases of their own meanwhile.
_OF_A_CASE = ("carrier_request", "case_number", "document", "history", "loa", "tick")
_ROWS = (
    "SELECT * FROM port_case WHERE id = 1",
    f"SELECT * FROM draft WHERE requester = '{ROSA}'",
    "SELECT * FROM pin_protection",
    *(f"SELECT * FROM {table} WHERE case_id = 1 ORDER BY 1, 2" for table in _OF_A_CASE),
)


@dataclass
class Scene:
    """A desk under attack, what Slack sent to it, and what it said."""

    slack: Sandbox
    replica: Replica
    database: Path
    asked: list[Payload] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)

    def heard(self, exchange: dict[str, Any]) -> None:
        """Keep one exchange between Slack and the desk."""
        if exchange["direction"] == "to_app":
            self.asked.append(exchange["request"])
        else:
            self.said.append(json.dumps(exchange["request"]))

    def rows(self) -> list[Any]:
        """Return all that belongs to Rosa's case."""
        with closing(sqlite3.connect(self.database)) as connection:
            return [connection.execute(query).fetchall() for query in _ROWS]

    def send(self, payload: Payload, user: str) -> None:
        """Send a request and judge its answer."""
        body, kind = body_of(payload, user)
        began = time.perf_counter()
        try:
            status, answer = self.door.post(body, kind, 10.0)
        except OSError as error:
            status, answer = 0, type(error).__name__
        self.found[f"answered {status}"] += 1
        self.found["late answers"] += time.perf_counter() - began > MOST_SECONDS
        self.found["server errors"] += status == 0 or status >= 500
        self.said.append(json.dumps(answer, default=str))

    @property
    def door(self) -> HttpDelivery:
        """The way to the desk, signed as Slack signs."""
        return HttpDelivery(self.replica.url, self.slack.signing_secret)


def journey(scene: Scene) -> None:
    """Do what Slack's requests can be learnt from: file, look, move, tick, search, help."""
    rosa, anna = (Person(scene.slack.url, user, CHANNEL) for user in (ROSA, ANNA))
    file_request(rosa, **SECRETS, **UNDATED)
    _until(lambda: any(m["text"].startswith("PRT-1001") for m in anna.messages()))
    for text in ("/port list", "/port help", "/port PRT-1001", "/port numbers", "/port-out"):
        for person in (rosa, anna):
            person.command(text)
            if person.view():
                person.close(clear=True)
    for message in [m for m in anna.messages() if m["text"].startswith("PRT-1001")]:
        for button in buttons(message):
            anna.click(button, in_message=message)
            if anna.view():
                with suppress(RefusedError):
                    anna.submit()
            while anna.view():
                anna.close(clear=True)


def _until(found: Any) -> None:
    end = time.monotonic() + 30
    while not found():
        if time.monotonic() > end:
            raise TimeoutError("the desk does not answer")
        time.sleep(0.05)


def attack(scene: Scene, count: int, seed: int) -> None:
    """Send `count` requests, nine of ten by strangers, and look at what is left."""
    chance, known = random.Random(seed), _without_secrets(scene.asked)
    before, scene.said[:] = scene.rows(), []
    for number in range(count):
        if number == count * 9 // 10:
            scene.found["changed rows"] += _told_changes(before, scene.rows())
            scene.found["leaks"] += _leaks(scene.said)
        user = chance.choice(STRANGERS) if number < count * 9 // 10 else TOM
        scene.send(mutated(chance, known), user)
    log = scene.replica.log.read_text(encoding="utf-8")
    scene.found["tracebacks"] += log.count("Traceback")
    scene.found["leaks in the log"] += _leaks([log])
    scene.found["died"] += scene.replica.ask("/healthz")[0] != 200


def _without_secrets(payloads: list[Payload]) -> list[Payload]:
    """Return them as somebody would send them who does not know what is planted."""
    text = json.dumps(payloads)
    for name, secret in SECRETS.items():
        text = text.replace(secret, "9" * len(secret) if name == "service_pin" else "GUESS-1")
    known: list[Payload] = json.loads(text)
    return known


def _told_changes(before: list[Any], after: list[Any]) -> int:
    changed = [pair for pair in zip(_ROWS, before, after, strict=True) if pair[1] != pair[2]]
    for query, was, now in changed:
        print(f"{query}\n  was {was}\n  now {now}", file=sys.stderr)
    return len(changed)


def _leaks(texts: list[str]) -> int:
    return sum(secret in text for text in texts for secret in SECRETS.values())


GAVE_WAY = (
    "changed rows", "died", "late answers", "leaks", "leaks in the log", "server errors",
    "tracebacks",
)  # fmt: skip


def main() -> int:
    """Attack a fresh desk; print what came back, and return the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    os.nice(5)
    with tempfile.TemporaryDirectory() as folder:
        found = _attacked(Path(folder), given.count, given.seed)
    for name, number in sorted(found.items()):
        print(f"{number:>8,}  {name}")
    return 1 if any(found[name] for name in GAVE_WAY) else 0


def _attacked(folder: Path, count: int, seed: int) -> Counter[str]:
    database = folder / "portdesk.db"
    with Sandbox(MANIFEST, EXAMPLE, clock=AdjustableClock(), enforce_rates=Enforce.NONE) as slack:
        settings = http_settings(slack, folder, f"sqlite:///{database}")
        with Replica(settings, folder / "log", RUN) as replica:
            replica.wait_until()
            slack.deliver_to(replica.url)
            scene = Scene(slack, replica, database)
            slack.watch(scene.heard)
            journey(scene)
            attack(scene, count, seed)
            _tell_errors(replica.log.read_text(encoding="utf-8"))
            return scene.found


def _tell_errors(log: str) -> None:
    for line in [line for line in log.splitlines() if '"level": "error"' in line][:5]:
        print(line[:2000], file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
