"""How long tests wait, and what a person does who is told to try again."""

import time
from collections.abc import Callable
from typing import TypeVar

from bot.desk.core.context import Busy

T = TypeVar("T")
# Seconds for whatever comes by itself. A busy machine is slow, not wrong, and a test that passes
# never waits for the end of them; half of the time that a test may take, so that it says itself
# what it waits for.
PATIENCE = 60.0
_LOOK_AGAIN = 0.02
_TRIES = 10


def wait_until(found: Callable[[], T], told: str | Callable[[], str] = "it did not come") -> T:
    """Return the first true answer; `told` says what is missing at the end."""
    end = time.monotonic() + PATIENCE
    while not (answer := found()):
        assert time.monotonic() < end, told if isinstance(told, str) else told()
        time.sleep(_LOOK_AGAIN)
    return answer


def patiently(work: Callable[[], T]) -> T:
    """Do the work; on a machine too slow for the desk's two seconds, do it again when told so."""
    for _ in range(_TRIES - 1):
        try:
            return work()
        except Busy:
            continue
    return work()
