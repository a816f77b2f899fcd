"""Working days, port windows and the next possible slots, each country in its own zone (C, F)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.text.csv_tables import by, rows
from bot.domain.text.matching import plain_name

SATURDAY: Final = 5
EVERY_CARRIER: Final = "*"
NOTICE_TO_CHANGE: Final = 5  # business days for a change or a cancellation (C)
_NO_DAYS: Final[Mapping[date, str]] = {}


@dataclass(frozen=True)
class Window:
    """Hours in which a country ports, in its zone; an end before the start is the next morning."""

    opens: time
    closes: time

    def opened_on(self, local: datetime) -> date | None:
        """Return the day whose window a local moment falls into, None outside of it."""
        clock = local.time()
        if self.opens <= self.closes:
            return local.date() if self.opens <= clock < self.closes else None
        if clock >= self.opens:
            return local.date()
        return local.date() - timedelta(days=1) if clock < self.closes else None

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


@dataclass(frozen=True)
class Hours:
    """The windows of a country, Monday to Friday, and the zone they are meant in."""

    windows: tuple[Window, ...]
    zone: str

    def __str__(self) -> str:
        return f"{' and '.join(map(str, self.windows))} {self.zone}"


@cache
def port_hours(country: str) -> Hours | None:
    """Return when a country ports, None where the source names no hours (data/portability.csv)."""
    row = by("portability", "iso2").get(country)
    if row is None or not row["windows_mon_fri_local"]:
        return None
    return Hours(tuple(map(_window, row["windows_mon_fri_local"].split())), row["timezone"])


def _window(text: str) -> Window:
    opens, closes = map(time.fromisoformat, text.split("-"))
    return Window(opens, closes)


def port_zone(country: str) -> ZoneInfo:
    """Return the zone in which a country's port hours are meant (UTC where none are known)."""
    hours = port_hours(country)
    return ZoneInfo(hours.zone if hours else "UTC")


def holiday(country: str, day: date) -> str | None:
    """Return the name of the public holiday, None on any other day or in an unknown country."""
    return _holidays(country, day.year).get(day)


def load_holidays() -> None:
    """Load the library: at the first date that is checked it would take a third of a second.

    A command that checks none does without.
    """
    # The first country that is asked for brings the modules of all others along.
    _holidays("US", date.min.year)


@cache
def _holidays(country: str, year: int) -> Mapping[date, str]:
    import holidays

    try:
        days = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return _NO_DAYS
    return dict(days)


def carrier_closed(carrier: str, day: date, closed: Mapping[date, str] = _NO_DAYS) -> str | None:
    """Return why a carrier is closed: by the list data/closed_days.csv, or by settings (F)."""
    return listed_closure(rows("closed_days"), carrier, day) or closed.get(day)


def listed_closure(listed: Iterable[Mapping[str, str]], carrier: str, day: date) -> str | None:
    """Return the reason of the row for this day and carrier; the carrier "*" means every one."""
    for row in listed:
        names = {EVERY_CARRIER, plain_name(carrier)}
        if row["day"] == day.isoformat() and plain_name(row["carrier"]) in names:
            return row["reason"]
    return None


def is_business_day(country: str, day: date) -> bool:
    """Say whether a day is no weekend and no public holiday of the country."""
    return day.weekday() < SATURDAY and holiday(country, day) is None


def add_business_days(country: str, day: date, count: int) -> date:
    """Return the day that many business days later, earlier where `count` is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_business_day(country, day):
            day += step
    return day


def last_moment_to_change(country: str, foc_at: datetime) -> datetime:
    """Return until when a change or cancellation has its five business days' notice (C).

    Both are aware instants; the same time of day in the country's port zone.
    """
    zone = port_zone(country)
    local = foc_at.astimezone(zone)
    day = add_business_days(country, local.date(), -NOTICE_TO_CHANGE)
    return datetime.combine(day, local.time(), zone).astimezone(foc_at.tzinfo)


def next_days(
    country: str,
    earliest: date,
    latest: date,
    carrier: str = "",
    closed: Mapping[date, str] = _NO_DAYS,
    count: int = 3,
) -> tuple[date, ...]:
    """Return the first possible port days from `earliest` to `latest`, both included.

    The hours of each are `port_hours(country)`.
    """
    return tuple(islice(_open_days(country, earliest, latest, carrier, closed), count))


def spoken(day: date) -> str:
    """Return a day as people write it, with its weekday."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def _open_days(
    country: str, earliest: date, latest: date, carrier: str, closed: Mapping[date, str]
) -> Iterator[date]:
    for ahead in range((latest - earliest).days + 1):
        day = earliest + timedelta(days=ahead)
        if is_business_day(country, day) and carrier_closed(carrier, day, closed) is None:
            yield day
