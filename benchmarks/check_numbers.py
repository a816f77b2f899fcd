"""Times the rule book on 5,000 numbers, against only reading them as E.164."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import phonenumbers

from benchmarks.figure import Figure
from bot.domain.intake import read_intake
from bot.domain.numbers import read_numbers
from bot.domain.rulebook import Surroundings, check

PART = "rule book"
COUNT = 5000
NUMBERS = [f"(206) 555-{value:04d}" for value in range(COUNT)]
REQUEST: dict[str, Any] = {
    "kind": "port_in",
    "platform": "voice_connector",
    "country": "US",
    "numbers": NUMBERS,
    "carriers": dict.fromkeys(NUMBERS, "Other Telecom"),
    "btn": "206 555 0100",
    "csr": {"numbers": NUMBERS},
}


def _bare() -> None:
    for number in NUMBERS:
        phonenumbers.parse(number, "US")


def _whole() -> None:
    report = check(read_intake(REQUEST), Surroundings(today=date(2027, 3, 1)))
    assert len(report.numbers) == COUNT


def _seconds(work: Callable[[], None]) -> float:
    """Return the best of three runs; what was read before is forgotten first."""
    runs = []
    for _ in range(3):
        getattr(read_numbers, "cache_clear", lambda: None)()
        started = time.perf_counter()
        work()
        runs.append(time.perf_counter() - started)
    return min(runs)


def measure(_quick: bool) -> Iterator[Figure]:
    """Yield the milliseconds of a check against those of only reading the numbers."""
    bare, whole = _seconds(_bare) * 1000, _seconds(_whole) * 1000
    yield Figure(PART, "check of 5,000 numbers, best of three", whole, "ms", "parsing only", bare)
