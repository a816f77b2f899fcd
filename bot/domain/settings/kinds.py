"""Kinds of settings: each reads a text as a value, or refuses it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Final, Generic, TypeVar

from bot.domain.countries.calendars import Window
from bot.domain.text.dates import read_time, read_zone
from bot.errors import Refusal

T_co = TypeVar("T_co", covariant=True)
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Slack's ids are kept in columns of 32 characters.
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{2,31}")
_PERSON: Final = re.compile(r"[UW][A-Z0-9]{2,31}")
_GROUP: Final = re.compile(r"S[A-Z0-9]{2,31}")
_COUNT: Final = re.compile(r"[1-9][0-9]{0,5}")
_RESP_ORG: Final = re.compile(r"[A-Z0-9]{5}")
_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_OPENING: Final = re.compile(r"([A-Z][a-z]{2})(?:-([A-Z][a-z]{2}))? ([0-9:]+)-([0-9:]+)")
_LONGEST_NAME: Final = 200  # characters that fit on the letter


class BadValue(ValueError):
    """A text that is no value of a kind; what one looks like is the sentence of the kind."""


class NotASetting(Refusal):
    """A name that no setting has, or a value that a setting does not take."""

    table = "settings"


class NotSet(Refusal):
    """A setting that nobody has set, and that has no default."""

    table = "settings"


@dataclass(frozen=True)
class Kind(Generic[T_co]):
    """What a value looks like: `form_<name>` in `templates/settings.toml` says it to people.

    `parse` raises `BadValue`; what it returns reads the same again from its `str`.
    """

    name: str
    parse: Callable[[str], T_co]


@dataclass(frozen=True)
class Opening:
    """The hours of some days of the week, from `first` to `last` (0 is Monday)."""

    first: int
    last: int
    window: Window

    def __str__(self) -> str:
        days = dict.fromkeys((DAYS[self.first], DAYS[self.last]))
        return f"{'-'.join(days)} {self.window.opens:%H:%M}-{self.window.closes:%H:%M}"


@dataclass(frozen=True)
class DeskHours:
    """When somebody is at the desk, in its zone; outside of all openings nobody is."""

    openings: tuple[Opening, ...]

    def __str__(self) -> str:
        return ", ".join(map(str, self.openings))


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise BadValue
    return text


def _channel(text: str) -> str:
    return _matching(_CHANNEL, text.strip())


def _people(text: str) -> str:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if len(names) == 1 and _GROUP.fullmatch(names[0]):
        return names[0]
    if not names:
        raise BadValue
    return ",".join(_matching(_PERSON, name) for name in names)


def _zone(text: str) -> str:
    zone = read_zone(text.strip())
    if zone is None:
        raise BadValue
    return zone.key


def _count(text: str) -> int:
    return int(_matching(_COUNT, text.strip()))


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise BadValue
    return name


def _resp_org(text: str) -> str:
    return _matching(_RESP_ORG, text.strip().upper())


def _account(text: str) -> str:
    """Read an account ID of AWS; people write it in groups."""
    return _matching(_ACCOUNT, re.sub(r"[\s-]", "", text))


def _hours(text: str) -> DeskHours:
    return DeskHours(tuple(_opening(part.strip()) for part in text.split(",")))


def _opening(text: str) -> Opening:
    match = _OPENING.fullmatch(text)
    if match is None:
        raise BadValue
    first, last = _day(match[1]), _day(match[2] or match[1])
    window = Window(_clock(match[3]), _clock(match[4]))
    if last < first or window.closes <= window.opens:
        raise BadValue
    return Opening(first, last, window)


def _day(text: str) -> int:
    if text not in DAYS:
        raise BadValue
    return DAYS.index(text)


def _clock(text: str) -> time:
    clock = read_time(text)
    if clock is None:
        raise BadValue
    return clock


CHANNEL_ID: Final = Kind("channel_id", _channel)
PEOPLE: Final = Kind("people", _people)
ZONE: Final = Kind("zone", _zone)
HOURS: Final = Kind("hours", _hours)
COUNT: Final = Kind("count", _count)
CARRIER_NAME: Final = Kind("carrier_name", _name)
RESP_ORG_ID: Final = Kind("resp_org_id", _resp_org)
ACCOUNT_ID: Final = Kind("account_id", _account)
