"""Times what typing costs when the draft holds 5,000 numbers, against a draft with one number.

Both in the same run, over Socket Mode, as Slack sees it: the answers that keep what is typed, and
the pages that are sent. Prints a table and JSON.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.office import SERVED, SOCKET, Bench, open_bench, spread, steps, table
from benchmarks.served import MONDAY
from bot.sandbox import AdjustableClock
from bot.sandbox.workspace import ANNA, ROSA

# The limit of one case. No list this long fits into the fictional numbers; nobody is called.
MANY = "+1 206 550 0000 to 4999"
ONE = "+1 206 555 0100"
TIMES = 5
NAMES = {"block_actions": "typing", "view_submission": "page sent"}


def main() -> None:
    """Measure, print the figures."""
    with open_bench(SOCKET, (*SERVED, "busy"), AdjustableClock(MONDAY)) as bench:
        found = {"one": _typing(bench, ROSA, ONE), "five thousand": _typing(bench, ANNA, MANY)}
    figures = {size: {k: spread(ms) for k, ms in kinds.items()} for size, kinds in found.items()}
    rows = [
        (size, kind, *seen.values(), round(seen["p50_ms"] / figures["one"][kind]["p50_ms"], 1))
        for size, kinds in figures.items()
        for kind, seen in kinds.items()
    ]
    head = ("numbers", "interaction", "count", "p50 ms", "p99 ms", "max ms", "p50 / one number")
    print(table(head, rows))
    print(json.dumps(figures))


def _typing(bench: Bench, who: str, numbers: str) -> dict[str, list[float]]:
    """Fill the form several times; return the milliseconds of each kind of answer."""
    person = bench.person(who)
    for _ in range(TIMES):
        for _ in steps(person, 0, numbers):
            pass
        person.close(clear=True)
        _throw_away(bench, who)
    times: dict[str, list[float]] = defaultdict(list)
    for entry in bench.fresh():
        if (kind := NAMES.get(entry["request"].get("type"))) is not None:
            times[kind].append(entry["ms"])
    return times


def _throw_away(bench: Bench, who: str) -> None:
    person = bench.person(who)
    person.command("/port-in")
    person.click("intake_discard")
    person.close(clear=True)


if __name__ == "__main__":
    main()
