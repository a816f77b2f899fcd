"""Times the acknowledgement of commands, typing, pages and clicks, as Slack sees it.

In Socket Mode and over HTTP, with an idle desk and while the letters of twenty cases are being
rendered and delivered, against a bare Bolt listener in the same run. Prints a table and JSON.
"""

import json
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.office import HTTP, SERVED, SOCKET, Bench, open_bench, spread, steps, table, until
from benchmarks.served import MONDAY
from bot.sandbox import AdjustableClock, Person
from bot.sandbox.workspace import ANNA, ROSA

WANTED = 500
CASES = 20
CLICKS = 3
LETTERS = "kind = 'letter' AND channel LIKE 'U0MORE%'"
Times = dict[str, list[float]]
KINDS = {
    "/port-in": "command",
    "block_actions": "typing and clicks",
    "block_suggestion": "suggestions",
    "view_submission": "pages",
    "intake_review": "filing",
}


def main() -> None:
    """Measure both ways in, print the figures."""
    figures = {way: measured(way) for way in (SOCKET, HTTP)}
    rows = [row for way, found in figures.items() for row in _rows(way, found)]
    head = ("way in", "state", "interaction", "count", "p50 ms", "p99 ms", "max ms", "p50 / bare")
    print(table(head, rows))
    print(json.dumps(figures))


def measured(way: str) -> dict[str, Any]:
    """Return the spread of every kind of interaction over one way in."""
    with open_bench(way, (*SERVED, "bare"), AdjustableClock(MONDAY)) as bench:
        bare = _commands(bench)
    with open_bench(way, (*SERVED, "busy"), AdjustableClock(MONDAY), CASES) as bench:
        idle, loaded = _desk(bench)
    found = {"bare": {"command": spread(bare)}}
    for state, times in (("idle", idle), ("loaded", loaded)):
        found[state] = {kind: spread(seen) for kind, seen in times.items() if len(seen) > 1}
        found[state]["all"] = spread([ms for seen in times.values() for ms in seen])
    return found


def _commands(bench: Bench) -> list[float]:
    rosa = bench.person(ROSA)
    for _ in range(WANTED):
        rosa.command("/port-in")
    return [entry["ms"] for entry in bench.fresh()]


def _desk(bench: Bench) -> tuple[Times, Times]:
    """Fill twenty forms, file them together, and go on working meanwhile; again and again."""
    idle: Times = defaultdict(list)
    loaded: Times = defaultdict(list)
    turns = count()
    work = _work(bench, turns)
    next(work)
    while min(_size(idle), _size(loaded)) < WANTED:
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


def _rows(way: str, found: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    bare = found["bare"]["command"]["p50_ms"]
    for state, kinds in found.items():
        for kind, seen in kinds.items():
            yield (way, state, kind, *seen.values(), round(seen["p50_ms"] / bare, 1))


if __name__ == "__main__":
    main()
