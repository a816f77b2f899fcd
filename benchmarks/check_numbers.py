"""Times the rule book on 5,000 numbers, against only reading them as E.164.

Run: python benchmarks/check_numbers.py
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import phonenumbers

from bot.domain.intake import read_intake
from bot.domain.numbers import read_numbers
from bot.domain.rulebook import Surroundings, check

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


def main() -> None:
    """Print the figures as JSON."""
    bare, whole = _seconds(_bare), _seconds(_whole)
    figures = {"numbers": COUNT, "check_s": whole, "parse_s": bare, "ratio": whole / bare}
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
