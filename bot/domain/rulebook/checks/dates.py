"""The requested date and time: possible, in the country's hours, with enough notice."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.countries.calendars import (
    SATURDAY,
    add_business_days,
    carrier_closed,
    holiday,
    is_business_day,
    next_days,
    port_hours,
    port_zone,
    spoken,
)
from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import PortIn
from bot.domain.intake.platforms import row_of
from bot.domain.rulebook.context import Facts
from bot.domain.text.dates import comes_twice, is_skipped, read_day, read_time, read_zone

CUT_OFF_HOUR: Final = 13  # a later request counts as made on the next business day (F)
USUAL_INTERVAL: Final = 4  # business days for a port that is not a simple one (F)
QUICK_COUNTRIES: Final = frozenset({"US", "CA"})
USUAL_DAYS_ABROAD: Final = 60  # two to six months (C)
FARTHEST_ABROAD: Final = 365  # days; beyond that no date means anything
SLOTS: Final = 3


def check_dates(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Check the requested date, time and zone, each and together (C, F, B)."""
    day = read_day(facts.intake.requested_date)
    if day is None:
        yield from _no_date(facts)
    else:
        yield from _notice(facts, day)
    yield from _time_and_zone(facts)
    if day is not None and 0 <= (day - facts.around.today).days <= FARTHEST_ABROAD:
        yield from _moment(facts, day)


def _no_date(facts: Facts[PortIn]) -> Iterator[Finding]:
    if facts.intake.requested_date:
        yield found("requested_date_invalid")
    else:
        yield found(f"requested_date_{_asked(facts)}")


def _asked(facts: Facts[PortIn]) -> str:
    """Say whether the first request needs date and time: not for Connect or abroad (S1, S3)."""
    row = row_of(facts.intake.platform)
    must = facts.country == "US" and (row is None or row.dated)
    return "required" if must else "missing"


def _earliest(facts: Facts[PortIn]) -> date:
    return facts.around.today + timedelta(days=facts.around.least_notice_days)


def _latest(facts: Facts[PortIn]) -> date:
    ahead = facts.around.max_days_ahead if facts.country == "US" else FARTHEST_ABROAD
    return facts.around.today + timedelta(days=ahead)


def slots(facts: Facts[PortIn], wanted: date) -> str:
    """Return the next three days that a carrier would take, and their hours, as people read them.

    They follow the wanted day where they can, and leave the carrier its usual interval.
    """
    soonest, latest = max(_earliest(facts), _unhurried(facts)), _latest(facts)
    days = _next_days(facts, max(soonest, wanted), latest)
    if len(days) < SLOTS:
        days = _next_days(facts, soonest, latest)
    hours = port_hours(facts.country)
    text = ", ".join(map(spoken, days))
    return f"{text}, {hours}" if text and hours else text


def _next_days(facts: Facts[PortIn], first: date, last: date) -> tuple[date, ...]:
    carrier = facts.intake.losing_carrier
    return next_days(facts.country, first, last, carrier, _closed_days(facts), SLOTS)


def _closed_days(facts: Facts[PortIn]) -> Mapping[date, str]:
    policy = facts.around.policy_of(facts.intake.losing_carrier)
    return {**facts.around.closed_days, **policy.closed_days}


def _unhurried(facts: Facts[PortIn]) -> date:
    """Return the first day that keeps the usual interval."""
    today = facts.around.today
    if facts.country not in QUICK_COUNTRIES:
        return today + timedelta(days=USUAL_DAYS_ABROAD)
    counted = today
    if _too_late_today(facts) or not is_business_day(facts.country, today):
        counted = add_business_days(facts.country, today, 1)
    return add_business_days(facts.country, counted, USUAL_INTERVAL)


def _too_late_today(facts: Facts[PortIn]) -> bool:
    now = facts.around.now
    return now is not None and now.astimezone(port_zone(facts.country)).hour >= CUT_OFF_HOUR


def _notice(facts: Facts[PortIn], day: date) -> Iterator[Finding]:
    """Check how far away the day is; a refused one names the next slots."""
    around = facts.around
    if day < around.today:
        yield found("requested_date_past", slots=slots(facts, day))
    elif day < _earliest(facts):
        yield found(
            "requested_date_too_soon", days=around.least_notice_days, slots=slots(facts, day)
        )
    elif day > _latest(facts):
        ahead = (_latest(facts) - around.today).days
        yield found("requested_date_too_far", days=ahead, slots=slots(facts, day))
    elif day < _unhurried(facts):
        hasty = facts.country in QUICK_COUNTRIES
        yield found("requested_date_short_notice" if hasty else "requested_date_hopeful")


def _time_and_zone(facts: Facts[PortIn]) -> Iterator[Finding]:
    intake = facts.intake
    if not intake.requested_time:
        if intake.requested_date or _asked(facts) == "required":
            yield found(f"requested_time_{_asked(facts)}")
    elif read_time(intake.requested_time) is None:
        yield found("requested_time_invalid")
    elif not intake.time_zone:
        yield found("time_zone_required")
    if intake.time_zone and read_zone(intake.time_zone) is None:
        yield found("time_zone_invalid")


def _moment(facts: Facts[PortIn], day: date) -> Iterator[Finding]:
    clock, zone = read_time(facts.intake.requested_time), read_zone(facts.intake.time_zone)
    if clock is None or zone is None:
        yield from _open(facts, day)
    elif is_skipped(day, clock, zone):
        yield found("requested_time_skipped")
        yield from _open(facts, day)
    else:
        if comes_twice(day, clock, zone):
            yield found("requested_time_twice")
        yield from _in_hours(facts, datetime.combine(day, clock, zone))


def _in_hours(facts: Facts[PortIn], moment: datetime) -> Iterator[Finding]:
    """Check a moment against the country's windows, in the zone of those windows."""
    hours = port_hours(facts.country)
    if hours is None:
        yield from _open(facts, moment.date())
        return
    local = moment.astimezone(port_zone(facts.country))
    opened = [day for window in hours.windows if (day := window.opened_on(local))]
    yield from _open(facts, opened[0] if opened else local.date())
    if not opened:
        there = f"{local:%H:%M} {hours.zone}"
        offer = slots(facts, local.date())
        yield found("requested_time_outside", hours=str(hours), there=there, slots=offer)


def _open(facts: Facts[PortIn], day: date) -> Iterator[Finding]:
    """Check that the day is a working day of the country and of the losing carrier."""
    carrier = facts.intake.losing_carrier
    shown = spoken(day)
    if day.weekday() >= SATURDAY:
        yield found("requested_date_weekend", day=shown, slots=slots(facts, day))
    elif name := holiday(facts.country, day):
        yield found("requested_date_holiday", day=shown, name=name, slots=slots(facts, day))
    elif name := carrier_closed(carrier, day, _closed_days(facts)):
        yield found("requested_date_carrier_closed", day=shown, name=name, slots=slots(facts, day))
