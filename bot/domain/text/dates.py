"""Dates, times and zones as people type them."""

import re
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")


def read_day(text: str) -> date | None:
    """Read yyyy-mm-dd (C); None where it is no such day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Read hh:mm of 24 hours; None where it is no such time."""
    match = _TIME.fullmatch(text)
    return time(int(match[1]), int(match[2])) if match else None


def read_zone(text: str) -> ZoneInfo | None:
    """Read the name of an IANA time zone; None where there is none of that name."""
    if not _ZONE.fullmatch(text):
        return None
    try:
        return ZoneInfo(text)
    except (ValueError, KeyError, OSError):
        return None


def is_skipped(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Say whether the clocks jump over this local time (start of summer time)."""
    local = datetime.combine(day, clock, zone)
    return local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None)


def comes_twice(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Say whether this local time comes twice (end of summer time)."""
    local = datetime.combine(day, clock, zone)
    changes = local.utcoffset() != local.replace(fold=1).utcoffset()
    return changes and not is_skipped(day, clock, zone)
