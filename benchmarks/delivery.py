"""Times how long a filed request's letter takes to reach the requester, at Slack's usual rates.

One post a second in a channel with short bursts, as the sandbox enforces it by default. Prints
JSON: seconds from the click that files to the letter in the direct message, and to the last post.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.office import SERVED, SOCKET, Bench, open_bench, steps, until
from benchmarks.served import MONDAY
from bot.sandbox import AdjustableClock, Enforce

CASES = 10


def main() -> None:
    """Measure, print the figures."""
    with open_bench(
        SOCKET, (*SERVED, "usual"), AdjustableClock(MONDAY), CASES, Enforce.POSTS
    ) as bench:
        times = [_file(bench, turn) for turn in range(CASES)]
    letters, posts = zip(*times, strict=True)
    print(
        json.dumps(
            {
                "cases": CASES,
                "letter_median_s": round(median(letters), 2),
                "letter_max_s": round(max(letters), 2),
                "last_post_median_s": round(median(posts), 2),
            }
        )
    )


def _file(bench: Bench, turn: int) -> tuple[float, float]:
    """File one request and return the seconds until its letter, and until its last post."""
    person = bench.person(f"U0MORE{turn:04}")
    for _ in steps(person, turn):
        pass
    begin = time.perf_counter()
    if errors := person.submit():
        raise RuntimeError(f"The request was refused: {errors}")
    person.wait_for(lambda _: any(message.get("files") for message in person.dm()), timeout=30)
    letter = time.perf_counter() - begin
    until(lambda: bench.undelivered() == 0)
    return letter, time.perf_counter() - begin


if __name__ == "__main__":
    main()
