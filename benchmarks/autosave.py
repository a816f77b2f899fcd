"""Times what typing costs when the draft holds 5,000 numbers, against a draft with one number.

Both in the same run, over Socket Mode, as Slack sees it: the answers that keep what is typed, and
the pages that are sent.
"""

from collections import defaultdict
from collections.abc import Iterator

from benchmarks.databases import MONDAY
from benchmarks.figure import Figure, p50, p99
from benchmarks.office import SERVED, SOCKET, Bench, open_bench, steps
from bot.cli.sandbox_workspace import ANNA, ROSA
from slack_sandbox import AdjustableClock

PART = "typing"
# The limit of one case. No list this long fits into the fictional numbers; nobody is called.
MANY = "+1 206 550 0000 to 4999"
ONE = "+1 206 555 0100"
TIMES, QUICK_TIMES = 5, 2
NAMES = {"block_actions": "typing", "view_submission": "page sent"}


def measure(quick: bool) -> Iterator[Figure]:
    """Yield typing and sending a page with many numbers against one number."""
    turns = QUICK_TIMES if quick else TIMES
    with open_bench(SOCKET, (*SERVED, "busy"), AdjustableClock(MONDAY)) as bench:
        one, many = _typing(bench, ROSA, ONE, turns), _typing(bench, ANNA, MANY, turns)
    for kind, times in many.items():
        what = f"{kind} with 5,000 numbers"
        yield Figure(PART, f"{what}, p50", p50(times), "ms", "with one", p50(one[kind]))
        yield Figure(PART, f"{what}, p99", p99(times), "ms", "with one", p99(one[kind]))


def _typing(bench: Bench, who: str, numbers: str, turns: int) -> dict[str, list[float]]:
    """Fill the form several times; return the milliseconds of each kind of answer."""
    person = bench.person(who)
    for _ in range(turns):
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
