"""What a person does who is told to try again."""

from collections.abc import Callable
from typing import TypeVar

from bot.desk.room import Busy

T = TypeVar("T")
_TRIES = 10


def patiently(work: Callable[[], T]) -> T:
    """Do the work; on a machine too slow for the desk's two seconds, do it again when told so."""
    for _ in range(_TRIES - 1):
        try:
            return work()
        except Busy:
            continue
    return work()
