"""Times what people and the clock ask of the desk at 1,000 cases and at 1,000,000.

Both databases are open at once and asked in turn, each time about another case.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from benchmarks.databases import AGENT, KEY, MONDAY, POSTGRESQL, SQLITE, databases, desk_on
from benchmarks.figure import Figure, p50, p99, timed
from benchmarks.many_cases import AREAS, CARRIERS, ROSA, fill
from bot.desk.core.references import reference
from bot.desk.desk import Desk
from slack_sandbox import AdjustableClock

PART = "growth"
FEW, MANY, QUICK_MANY = 1_000, 1_000_000, 20_000
ROUNDS, QUICK_ROUNDS = 200, 50
REACH = 1.5
Question = Callable[[Desk, int], object]


def _found(desk: Desk, asked: str) -> None:
    if not desk.queries.find(AGENT, asked):
        raise RuntimeError(f"Nothing found for {asked}.")


def _number(case_id: int) -> str:
    """Return the first number of a generated case, as people type it."""
    return f"{2_000_000 + 3 * case_id}"


QUESTIONS: Mapping[str, Question] = {
    "list of the desk's open cases": lambda desk, _: desk.queries.open_cases(AGENT),
    "list of one's own": lambda desk, _: desk.queries.open_cases(ROSA),
    "search by reference": lambda desk, case: _found(desk, reference(case)),
    "search by number": lambda desk, case: _found(desk, _e164(case)),
    "search by last seven digits": lambda desk, case: _found(desk, _number(case)),
    "list of the numbers held": lambda desk, _: desk.inventory.held_for(AGENT),
    "open a case": lambda desk, case: (
        desk.queries.case_for(AGENT, case),
        desk.queries.history(case),
        desk.queries.linked(case),
    ),
    "what is known of a carrier": lambda desk, case: desk.carrier_statistics.of(
        f"carrier {case % CARRIERS}"
    ),
    "the clock's look": lambda desk, _: desk.reminders.queue_due(),
    "the sweep of the ledger": lambda desk, _: desk.claims.sweep(),
    "the look for stuck deliveries": lambda desk, _: desk.monitoring.raise_alarm(),
}


def _e164(case_id: int) -> str:
    return f"+1{AREAS[case_id % len(AREAS)]}{_number(case_id)}"


def measure(quick: bool) -> Iterator[Figure]:
    """Yield a figure for every question on both kinds of database."""
    for kind in (SQLITE, POSTGRESQL):
        try:
            yield from _on(kind, quick)
        except RuntimeError as error:
            yield Figure(PART, kind, None, "ms", note=f"not measured: {error}")


def _on(kind: str, quick: bool) -> Iterator[Figure]:
    many = QUICK_MANY if quick else MANY
    with databases(kind) as made:
        desks = {size: _filled(made.new(), size) for size in (FEW, many)}
        for what, ask in QUESTIONS.items():
            few_ms, many_ms = _in_turn(desks, ask, QUICK_ROUNDS if quick else ROUNDS)
            name = f"{kind}: {what} at {many:,} cases"
            against = f"at {FEW:,}"
            yield Figure(PART, f"{name}, p50", p50(many_ms), "ms", against, p50(few_ms), REACH)
            yield Figure(PART, f"{name}, p99", p99(many_ms), "ms", against, p99(few_ms))


def _filled(url: str, cases: int) -> Desk:
    service = desk_on(url, AdjustableClock(MONDAY))
    fill(service.engine, cases, KEY)
    return service.desk


def _in_turn(desks: Mapping[int, Desk], ask: Question, rounds: int) -> list[list[float]]:
    """Ask both desks in turn; what is read for the first time is not counted."""
    chance = random.Random(1)
    times: list[list[float]] = [[] for _ in desks]
    for turn in range(rounds + 10):
        for place, (size, desk) in enumerate(desks.items()):
            case = chance.randrange(1, size + 1)
            spent = timed(partial(ask, desk, case))
            if turn >= 10:
                times[place].append(spent)
    return times
