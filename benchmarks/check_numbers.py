"""Times the rule book on 5,000 numbers, against only reading them as E.164."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import phonenumbers

from benchmarks.figure import Figure
from bot.domain.intake.intake import read_intake
from bot.domain.rulebook.rulebook import CheckContext, check

PART = "rule book"
COUNT = 5000
# Other numbers in every run: the rule book remembers what it has read.
AREAS = (206, 212, 312)


def _numbers(area: int) -> list[str]:
    return [f"({area}) 555-{value:04d}" for value in range(COUNT)]


def _bare(area: int) -> None:
    for number in _numbers(area):
        phonenumbers.parse(number, "US")


def _whole(area: int) -> None:
    numbers = _numbers(area)
    request: dict[str, Any] = {
        "kind": "port_in",
        "platform": "voice_connector",
        "country": "US",
        "numbers": numbers,
        "carriers": dict.fromkeys(numbers, "Other Telecom"),
        "btn": f"{area} 555 0100",
        "csr": {"numbers": numbers},
    }
    report = check(read_intake(request), CheckContext(today=date(2027, 3, 1)))
    assert len(report.numbers) == COUNT


def _seconds(work: Callable[[int], None]) -> float:
    """Return the best of three runs, each on numbers that were never read before."""
    runs = []
    for area in AREAS:
        started = time.perf_counter()
        work(area)
        runs.append(time.perf_counter() - started)
    return min(runs)


def measure(_quick: bool) -> Iterator[Figure]:
    """Yield the milliseconds of a check against those of only reading the numbers."""
    bare, whole = _seconds(_bare) * 1000, _seconds(_whole) * 1000
    yield Figure(
        PART,
        "check of 5,000 numbers never read before, best of three",
        whole,
        "ms",
        "parsing only",
        bare,
    )
