"""Days and choices of a payload, parsed at the door: a right value, or a refusal."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from bot.domain.text.dates import read_day
from bot.errors import Refusal

Choice = TypeVar("Choice", bound=StrEnum)

# Between them every zone has its moments, and days before and after are days as well.
_FIRST: Final = date(1000, 1, 1)
_LAST: Final = date(9000, 1, 1)


def day_of(values: Mapping[str, Any], name: str) -> date:
    """Return the day that was answered. Raises `Refusal` under its field for none.

    A day at the end of the calendar becomes one that can be reckoned with, and is refused as
    being too far away.
    """
    day = read_day(str(values.get(name) or ""))
    if day is None:
        raise Refusal("bad_day", name)
    return min(max(day, _FIRST), _LAST)


def one_of(choices: type[Choice], text: object) -> Choice:
    """Return the choice of this name. Raises `Refusal`: nothing of the desk's says another."""
    try:
        return choices(str(text))
    except ValueError:
        raise Refusal("not_ours") from None
