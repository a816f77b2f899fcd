"""Times the desk's other answers while ten people try a workbook that has no end, in one process.

The same answers before that are what they are compared with.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.databases import MONDAY
from benchmarks.figure import Figure, p50, p99
from benchmarks.office import SERVED, SOCKET, Bench, open_bench
from bot.cli.sandbox_workspace import ANNA
from slack_sandbox import AdjustableClock, Person
from tests.hostile_files import HOSTILE
from tests.journeys.requests import NUMBERS

PART = "hostile files"
PEOPLE = 10
ROUNDS, QUICK_ROUNDS = 10, 2
ASKED = 20
# Milliseconds that Slack waits.
ALLOWED = 3000.0


def measure(quick: bool) -> Iterator[Figure]:
    """Yield the answers to `/port help` meanwhile, and the slowest answer to such a file."""
    before: list[float] = []
    during: list[float] = []
    refused: list[float] = []
    with open_bench(SOCKET, (*SERVED, "busy"), AdjustableClock(MONDAY), PEOPLE) as bench:
        people = _ready(bench)
        for _ in range(QUICK_ROUNDS if quick else ROUNDS):
            before += _alone(bench)
            _try_together(bench, people)
            asked = bench.fresh()
            during += _times(asked, "command")
            refused += _times(asked, "view")
    what = f"other answers while {PEOPLE} endless workbooks are tried"
    yield Figure(PART, f"{what}, p50", p50(during), "ms", "before", p50(before))
    yield Figure(PART, f"{what}, p99", p99(during), "ms", "before", p99(before))
    yield Figure(PART, f"{what}, slowest", max(during), "ms", reach=ALLOWED)
    yield Figure(PART, "refusal of such a file, slowest", max(refused), "ms", reach=ALLOWED)


def _ready(bench: Bench) -> list[Person]:
    """Have ten people choose such a file in their forms."""
    endless = HOSTILE["endless rows"][0]()
    people = [bench.person(f"U0MORE{place:04}") for place in range(PEOPLE)]
    for person in people:
        person.command("/port-in")
        person.suggest("losing_carrier", str(NUMBERS["losing_carrier"]))
        person.fill(NUMBERS)
        person.fill(numbers_file=[person.upload("numbers.xlsx", endless)])
    return people


def _alone(bench: Bench) -> list[float]:
    bench.fresh()
    for _ in range(ASKED):
        bench.person(ANNA).command("/port help")
    return _times(bench.fresh(), "command")


def _try_together(bench: Bench, people: list[Person]) -> None:
    with ThreadPoolExecutor(PEOPLE) as threads:
        told = [threads.submit(person.submit) for person in people]
        while not all(answer.done() for answer in told):
            bench.person(ANNA).command("/port help")
    if not all(answer.result().get("numbers_file") for answer in told):
        raise RuntimeError("A workbook without end was taken.")


def _times(asked: list[dict[str, Any]], what: str) -> list[float]:
    """Return the milliseconds of the answers to commands, or to pages that were sent."""
    return [entry["ms"] for entry in asked if what in entry["request"]]
