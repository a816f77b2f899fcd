"""Times how long a filed request's letter takes to reach the requester, at Slack's usual rates.

One post a second in a channel with short bursts, as the sandbox enforces it by default: from the
click that files to the letter in the direct message, and to the case's last post.
"""

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.databases import MONDAY
from benchmarks.figure import Figure
from benchmarks.office import SERVED, SOCKET, Bench, open_bench, steps, until
from slack_sandbox import AdjustableClock, Enforce

PART = "delivery"
CASES, QUICK_CASES = 10, 3


def measure(quick: bool) -> Iterator[Figure]:
    """Yield the milliseconds until the letter, against those until the last post of the case."""
    cases = QUICK_CASES if quick else CASES
    with open_bench(
        SOCKET, (*SERVED, "usual"), AdjustableClock(MONDAY), cases, Enforce.POSTS
    ) as bench:
        times = [_file(bench, turn) for turn in range(cases)]
    letters, posts = zip(*times, strict=True)
    last = median(posts)
    yield Figure(PART, "filing to the letter, p50", median(letters), "ms", "to the last post", last)
    yield Figure(
        PART, "filing to the letter, slowest", max(letters), "ms", "to the last post", last
    )


def _file(bench: Bench, turn: int) -> tuple[float, float]:
    """File one request and return the milliseconds until its letter, and until its last post."""
    person = bench.person(f"U0MORE{turn:04}")
    for _ in steps(person, turn):
        pass
    begin = time.perf_counter()
    if errors := person.submit():
        raise RuntimeError(f"The request was refused: {errors}")
    person.wait_for(lambda _: any(message.get("files") for message in person.dm()), timeout=30)
    letter = (time.perf_counter() - begin) * 1000
    until(lambda: bench.undelivered() == 0)
    return letter, (time.perf_counter() - begin) * 1000
