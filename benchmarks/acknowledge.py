"""Times the acknowledgement of `/port-in` and of the filing, as Slack sees it.

In Socket Mode and over HTTP, against bare Bolt listeners that are asked in turn with the desk; and
of everything while the letters of twenty cases are being rendered and delivered.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count, islice
from typing import Any

from benchmarks.databases import MONDAY
from benchmarks.figure import Figure, p50, p99
from benchmarks.office import HTTP, SERVED, SOCKET, Bench, open_bench, steps, until
from bot.cli.sandbox_workspace import ANNA, ROSA
from slack_sandbox import AdjustableClock, Person

PART = "acknowledgement"
ROUNDS, QUICK_ROUNDS = 500, 10
WANTED, QUICK_WANTED = 150, 60
CASES = 20
CLICKS = 3
REACH = 2.0
# Milliseconds that Slack waits.
ALLOWED = 3000.0
LETTERS = "kind = 'letter' AND channel LIKE 'U0MORE%'"
Times = dict[str, list[float]]
KINDS = {
    "/port-in": "command",
    "block_actions": "typing and clicks",
    "block_suggestion": "suggestions",
    "view_submission": "pages",
    "intake_review": "filing",
}
# What a listener does before it acknowledges, and what of the desk is held against it.
BARE = {
    "bare": ("command", "bare listener", None),
    "read": ("command", "bare listener and one reading transaction", REACH),
    "open": ("command", "the same and an empty window opened", None),
    "write": ("filing", "bare listener and one transaction with its rows", REACH),
}


def measure(quick: bool) -> Iterator[Figure]:
    """Yield the figures of both ways in."""
    for way in (SOCKET, HTTP):
        yield from _compared(way, QUICK_ROUNDS if quick else ROUNDS)
        yield from _under_load(way, QUICK_WANTED if quick else WANTED)


def _compared(way: str, rounds: int) -> Iterator[Figure]:
    ours, bare = _in_turn(way, rounds)
    for kind, (asked, against, reach) in BARE.items():
        what = f"{way}: {asked}"
        yield Figure(PART, f"{what}, p50", p50(ours[asked]), "ms", against, p50(bare[kind]))
        yield Figure(PART, f"{what}, p99", p99(ours[asked]), "ms", against, p99(bare[kind]), reach)


def _in_turn(way: str, rounds: int) -> tuple[Times, Times]:
    """Ask the desk and the bare listeners in turn; nothing waits for delivery meanwhile."""
    ours: Times = defaultdict(list)
    bare: Times = defaultdict(list)
    with ExitStack() as stack:
        benches = {
            kind: stack.enter_context(open_bench(way, (*SERVED, kind), AdjustableClock(MONDAY)))
            for kind in ("busy", *BARE)
        }
        desk = benches.pop("busy")
        for turn in range(rounds):
            _file(desk, turn)
            _sort(desk, ours)
            until(desk.idle)
            for kind, bench in benches.items():
                bare[kind].append(_ask(bench, kind))
    return ours, bare


def _ask(bench: Bench, kind: str) -> float:
    # A bare listener acknowledges and is done: there is nothing to wait for.
    rosa = bench.person(ROSA, waits=0.0)
    rosa.command("/port-in")
    if kind == "write":
        rosa.submit()
    asked = bench.fresh()[-1]
    if rosa.view() is not None:
        rosa.close(clear=True)
    return float(asked["ms"])


def _file(bench: Bench, turn: int) -> None:
    rosa = bench.person(ROSA)
    for _ in steps(rosa, turn):
        pass
    rosa.submit()
    rosa.close()


def _under_load(way: str, wanted: int) -> Iterator[Figure]:
    with open_bench(way, (*SERVED, "busy"), AdjustableClock(MONDAY), CASES) as bench:
        idle, loaded = _desk(bench, wanted)
    before, during = _all(idle), _all(loaded)
    what = f"{way}: everything while {CASES} letters are made"
    yield Figure(PART, f"{what}, p50", p50(during), "ms", "before", p50(before))
    yield Figure(PART, f"{what}, p99", p99(during), "ms", "before", p99(before))
    yield Figure(PART, f"{what}, slowest", max(during), "ms", reach=ALLOWED)


def _all(times: Times) -> list[float]:
    return [ms for seen in times.values() for ms in seen]


def _desk(bench: Bench, wanted: int) -> tuple[Times, Times]:
    """Fill twenty forms, file them together, and go on working meanwhile; again and again."""
    idle: Times = defaultdict(list)
    loaded: Times = defaultdict(list)
    turns = count()
    work = _work(bench, turns)
    next(work)
    while min(_size(idle), _size(loaded)) < wanted:
        people = [bench.person(f"U0MORE{place:04}") for place in range(CASES)]
        for person in people:
            for _ in steps(person, next(turns)):
                pass
            _sort(bench, idle)
        _file_together(bench, people, work, loaded)
        until(lambda: bench.undelivered() == 0)
    return idle, loaded


def _size(times: Times) -> int:
    return sum(map(len, times.values()))


def _file_together(bench: Bench, people: list[Person], work: Iterator[None], loaded: Times) -> None:
    """File all open forms while somebody else works on, until every letter is delivered."""
    filing = threading.Thread(target=lambda: [person.submit() for person in people])
    filing.start()
    while filing.is_alive() or bench.undelivered(LETTERS):
        next(work)
        _sort(bench, loaded)
    filing.join()


def _work(bench: Bench, turns: Iterator[int]) -> Iterator[None]:
    """File requests and look at cases without end, yielding after each interaction."""
    rosa, anna = bench.person(ROSA), bench.person(ANNA)
    for turn in turns:
        yield from steps(rosa, turn)
        rosa.submit()
        rosa.close()
        yield
        heads = [m for m in anna.messages() if m["thread_ts"] is None and m["blocks"]]
        for message in islice(reversed(heads), CLICKS):
            anna.click("details", in_message=message)
            yield
            anna.close()


def _sort(bench: Bench, times: Times) -> None:
    for entry in bench.fresh():
        if not entry["ok"]:
            raise RuntimeError(f"{entry['name']} was not acknowledged.")
        times[_kind(entry)].append(entry["ms"])


def _kind(entry: dict[str, Any]) -> str:
    request = entry["request"]
    callback = (request.get("view") or {}).get("callback_id", "")
    filed = request.get("type") == "view_submission" and callback == "intake_review"
    return KINDS[callback if filed else request.get("type", request.get("command", ""))]
