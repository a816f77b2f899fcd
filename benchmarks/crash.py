"""Kills replicas while they deliver, and compares what Slack has with what was owed.

`python benchmarks/crash.py [--notices 5000] [--channels 20] [--kills 8] [--database sqlite]`
prints a table and writes JSON: posts that are there twice, lost or out of order, headlines out of
date, seconds. Posts are not held back to Slack's pace, so that the kills meet a busy worker.
"""

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from slack_sandbox import Enforce, Sandbox
from tests.crash.conftest import Plant
from tests.crash.workload import crowd
from tests.databases import POSTGRESQL, SQLITE
from tests.postgres import own_server

PATIENCE = 1200.0
# Database, replicas, and how many are frozen instead of killed.
RUNS = (
    (SQLITE, 1, 0),
    (SQLITE, 3, 0),
    (POSTGRESQL, 1, 0),
    (POSTGRESQL, 3, 0),
    (POSTGRESQL, 3, 1),
)


@dataclass(frozen=True)
class Outcome:
    """What one run left behind."""

    database: str
    replicas: int
    killed: int
    frozen: int
    notices: int
    twice: int
    lost: int
    disorder: int
    headlines: int
    seconds: float


@contextmanager
def plant_on(database: str, channels: int) -> Iterator[Plant]:
    """Yield a little Slack with so many channels, and an empty database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(MANIFEST, crowd(channels - 1), enforce_rates=Enforce.NONE) as slack,
    ):
        settings = sandbox_settings(slack, Path(folder))
        if database == SQLITE:
            plant = Plant(slack, settings, Path(folder), patience=PATIENCE)
            with _stopped(plant):
                yield plant
            return
        with own_server() as server:
            server.order("CREATE DATABASE crash")
            settings = settings.model_copy(update={"database_url": server.url("crash")})
            plant = Plant(slack, settings, Path(folder), patience=PATIENCE)
            with _stopped(plant):
                yield plant


@contextmanager
def _stopped(plant: Plant) -> Iterator[None]:
    try:
        yield
    finally:
        plant.stop()


def run(database: str, replicas: int, frozen: int, options: argparse.Namespace) -> Outcome:
    """Let `replicas` deliver, kill one after the other at random moments, and count."""
    with plant_on(database, options.channels) as plant:
        running = [plant.start() for _ in range(replicas)]
        cases = plant.work.open_cases(plant.people)
        turns = max(1, options.notices // (2 * len(cases)))
        owed = plant.work.change(cases, turns)
        started, chance = time.monotonic(), random.Random(7)
        for number in range(options.kills):
            plant.wait_for_posts(int((number + chance.random()) * owed / (options.kills + 1)))
            gone = running.pop(0)
            if number < frozen:
                gone.pause()
            else:
                gone.kill()
            running.append(plant.start())
        plant.wait_until_delivered()
        seconds = time.monotonic() - started
        return _outcome(plant, (database, replicas, options.kills, frozen, owed), seconds)


def _outcome(plant: Plant, run: tuple[str, int, int, int, int], seconds: float) -> Outcome:
    faults = plant.work.faults()
    for fault in faults[:20]:
        print(f"  {fault}", file=sys.stderr)

    def count(sign: Callable[[str], bool]) -> int:
        return sum(sign(fault) for fault in faults)

    twice = count(lambda fault: fault.endswith(" times"))
    lost = count(lambda fault: fault.endswith(": never"))
    disorder = count(lambda fault: fault.endswith("out of order"))
    rest = len(faults) - twice - lost - disorder
    return Outcome(*run, twice, lost, disorder, rest, round(seconds, 1))


def main() -> None:
    """Run every combination that was asked for."""
    # Whoever stops this early leaves no replica behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    parser = argparse.ArgumentParser()
    parser.add_argument("--notices", type=int, default=5000)
    parser.add_argument("--channels", type=int, default=20)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL])
    parser.add_argument("--json", type=Path, default=Path("var/crash.json"))
    options = parser.parse_args()
    outcomes = []
    print("|", " | ".join(field.name for field in fields(Outcome)), "|")
    print("|---" * len(fields(Outcome)) + "|")
    for database, replicas, frozen in RUNS:
        if options.database in (None, database):
            outcomes.append(run(database, replicas, frozen, options))
            cells = [str(value) for value in asdict(outcomes[-1]).values()]
            print("|", " | ".join(cells), "|", flush=True)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps([asdict(outcome) for outcome in outcomes], indent=2))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
