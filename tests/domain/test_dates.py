from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.countries.calendars import (
    add_business_days,
    holiday,
    is_business_day,
    last_moment_to_change,
    listed_closure,
    next_days,
    port_hours,
)
from bot.domain.rulebook.context import CarrierPolicy
from bot.domain.rulebook.rulebook import CheckContext
from bot.domain.text.csv_tables import rows
from bot.domain.text.dates import read_day, read_time, read_zone
from tests.domain.intakes import BRITISH, CONNECT, GOOD, TODAY, codes, remarks, report_on

BARE = CheckContext(today=TODAY)


def date_findings(changes: Mapping[str, Any], around: CheckContext = BARE) -> set[str]:
    found = codes(report_on(GOOD, around, **changes))
    return {code for code in found if code.startswith(("requested", "time_zone"))}


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        ("2026-11-30", {"requested_date_past"}),
        ("2026-12-01", {"requested_date_too_soon"}),
        ("2026-12-02", {"requested_date_too_soon"}),
        ("2026-12-03", {"requested_date_short_notice"}),
        ("2026-12-04", {"requested_date_short_notice"}),
        ("2026-12-05", {"requested_date_weekend", "requested_date_short_notice"}),
        ("2026-12-07", set()),
        ("2026-12-25", {"requested_date_holiday"}),
        ("2026-12-31", set()),
        ("2027-01-01", {"requested_date_too_far", "requested_date_holiday"}),
        ("2027-01-04", {"requested_date_too_far"}),
        ("9999-12-31", {"requested_date_too_far"}),
        ("0001-01-01", {"requested_date_past"}),
    ],
)
def test_a_date_is_judged_by_its_distance_and_its_day(wanted: str, rule: set[str]) -> None:
    assert date_findings({"requested_date": wanted}) == rule


def test_a_refused_date_offers_three_days_that_are_not_refused() -> None:
    report = report_on(GOOD, requested_date="2026-12-25")
    finding = next(f for f in report.findings if f.code == "requested_date_holiday")
    assert finding.params["slots"] == (
        "Mon 28 Dec 2026, Tue 29 Dec 2026, Wed 30 Dec 2026, 07:00–17:00 America/Chicago"
    )
    for offered in ("2026-12-28", "2026-12-29", "2026-12-30"):
        assert date_findings({"requested_date": offered}) == set()


def test_the_offered_days_go_round_the_carrier_s_own_closed_days() -> None:
    policy = CarrierPolicy(closed_days={date(2026, 12, 14): "stocktaking"})
    around = replace(BARE, carrier_policies={"example telecom": policy})
    report = report_on(GOOD, around, requested_date="2026-12-12")
    assert report.findings[0].params["slots"].startswith("Tue 15 Dec 2026, Wed 16 Dec 2026")


@pytest.mark.parametrize(
    ("clock", "zone", "rule"),
    [
        ("07:00", "America/Chicago", set()),
        ("06:59", "America/Chicago", {"requested_time_outside"}),
        ("16:59", "America/Chicago", set()),
        ("17:00", "America/Chicago", {"requested_time_outside"}),
        ("17:30", "America/New_York", set()),
        ("18:00", "America/New_York", {"requested_time_outside"}),
        ("05:30", "America/Los_Angeles", set()),
        ("9:30", "America/Denver", set()),
        ("24:00", "America/Denver", {"requested_time_invalid"}),
        ("10.30", "America/Denver", {"requested_time_invalid"}),
        ("１０:30", "America/Denver", {"requested_time_invalid"}),
        ("10:30", "America/Nowhere", {"time_zone_invalid"}),
        ("10:30", "../etc/passwd", {"time_zone_invalid"}),
        ("10:30", "America", {"time_zone_invalid"}),
        ("10:30", "", {"time_zone_required"}),
    ],
)
def test_us_numbers_move_in_central_business_hours(clock: str, zone: str, rule: set[str]) -> None:
    assert date_findings({"requested_time": clock, "time_zone": zone}) == rule


@pytest.mark.parametrize(
    ("country", "day", "clock", "zone", "rule"),
    [
        ("GB", "2027-02-10", "09:30", "Europe/London", set()),
        ("GB", "2027-02-10", "11:30", "Europe/London", {"requested_time_outside"}),
        ("AU", "2027-02-07", "18:00", "America/New_York", set()),
        ("AU", "2027-02-06", "18:00", "America/New_York", {"requested_date_weekend"}),
        ("CL", "2027-02-12", "22:00", "America/Los_Angeles", set()),
        ("CL", "2027-02-13", "02:00", "America/Los_Angeles", set()),
        ("CL", "2027-02-15", "02:00", "America/Los_Angeles", {"requested_date_weekend"}),
        ("CL", "2027-02-12", "12:00", "America/Los_Angeles", {"requested_time_outside"}),
        ("SG", "2027-02-10", "03:00", "Asia/Singapore", set()),
        ("GB", "2027-03-26", "10:30", "Europe/Paris", {"requested_date_holiday"}),
    ],
)
def test_each_country_has_its_hours_in_its_own_zone(
    country: str, day: str, clock: str, zone: str, rule: set[str]
) -> None:
    wanted = {"requested_date": day, "requested_time": clock, "time_zone": zone}
    assert date_findings({**BRITISH, "country": country, **wanted}) == rule


def test_a_time_that_the_clocks_jump_over_is_refused() -> None:
    spring = {"today": "2027-03-01", "requested_date": "2027-03-28", "time_zone": "Europe/Paris"}
    found = date_findings({**BRITISH, **spring, "requested_time": "02:30"})
    assert "requested_time_skipped" in found


def test_a_date_without_a_time_is_still_checked() -> None:
    assert date_findings({"requested_date": "2026-12-12", "requested_time": ""}) == {
        "requested_date_weekend",
        "requested_time_required",
    }


@pytest.mark.parametrize("platform", [CONNECT, BRITISH])
def test_connect_and_other_countries_may_leave_the_date_for_later(
    platform: Mapping[str, Any],
) -> None:
    empty = {**GOOD, **platform, "requested_date": "", "requested_time": "", "time_zone": ""}
    assert report_on(empty).ok


@pytest.mark.parametrize(
    "text", ["2026-12-9", "20261209", "2026-W50-3", "9 Dec 2026", "2026-02-30"]
)
def test_a_date_in_another_form_is_refused(text: str) -> None:
    assert date_findings({"requested_date": text}) == {"requested_date_invalid"}


def test_an_afternoon_request_counts_as_made_on_the_next_business_day() -> None:
    wanted = {"requested_date": "2026-12-07"}
    noon = replace(BARE, now=datetime(2026, 12, 1, 18, 0, tzinfo=UTC))
    after = replace(BARE, now=datetime(2026, 12, 1, 19, 0, tzinfo=UTC))
    assert date_findings(wanted, noon) == set()
    assert date_findings(wanted, after) == {"requested_date_short_notice"}


@pytest.mark.parametrize(
    ("signed_on", "rule"),
    [
        ("2026-12-02", {("error", "loa_signed_on", "loa_signed_on_future")}),
        ("2026-12-01", set()),
        ("2026-11-24", set()),
        ("2026-11-16", {("warning", "loa_signed_on", "loa_expires_soon")}),
        ("2026-11-15", {("error", "loa_signed_on", "loa_too_old")}),
    ],
)
def test_the_letter_is_good_for_fifteen_days(
    signed_on: str, rule: set[tuple[str, str, str]]
) -> None:
    found = remarks(GOOD, loa_signed_on=signed_on)
    assert {row for row in found if row[2] != "loa_old_on_the_day"} == rule


def test_an_electronic_signature_passes_only_where_the_carrier_takes_it() -> None:
    error = {("error", "signature", "signature_electronic")}
    taken = replace(BARE, carrier_policies={"example telecom": CarrierPolicy("electronic")})
    assert remarks(GOOD, signature="electronic") == error
    assert remarks(GOOD, signature="electronic", losing_carrier="") >= error
    assert remarks(GOOD, taken, signature="electronic", losing_carrier="EXAMPLE  Telecom") == set()


def test_five_business_days_before_a_change_skip_weekends_and_holidays() -> None:
    foc_at = datetime(2026, 12, 2, 16, 0, tzinfo=UTC)
    assert last_moment_to_change("US", foc_at) == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def test_the_notice_keeps_the_local_time_over_a_change_of_clocks() -> None:
    foc_at = datetime(2026, 11, 4, 16, 0, tzinfo=UTC)
    assert last_moment_to_change("US", foc_at) == datetime(2026, 10, 28, 15, 0, tzinfo=UTC)


def test_holidays_and_hours_are_known_wherever_porting_is_possible() -> None:
    for row in rows("portability"):
        hours = port_hours(row["iso2"])
        assert (hours is None) == (not row["windows_mon_fri_local"])
        assert holiday(row["iso2"], date(2026, 1, 1)) or row["portable"] != "yes"


def test_closed_days_are_listed_for_one_carrier_or_for_all() -> None:
    listed = [
        {"carrier": "Example Telecom", "day": "2026-12-14", "reason": "stocktaking"},
        {"carrier": "*", "day": "2026-12-24", "reason": "Christmas Eve"},
    ]
    assert listed_closure(listed, "EXAMPLE  telecom", date(2026, 12, 14)) == "stocktaking"
    assert listed_closure(listed, "Other Telecom", date(2026, 12, 14)) is None
    assert listed_closure(listed, "Other Telecom", date(2026, 12, 24)) == "Christmas Eve"


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(1, 15))
def test_going_business_days_ahead_and_back_comes_home(start: date, count: int) -> None:
    if is_business_day("US", start):
        there = add_business_days("US", start, count)
        assert is_business_day("US", there)
        assert add_business_days("US", there, -count) == start


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_offered_days_are_open_and_in_order(first: date) -> None:
    days = next_days("US", first, first + timedelta(days=30))
    assert len(days) == 3
    assert list(days) == sorted(set(days))
    assert all(is_business_day("US", day) and day >= first for day in days)


@given(st.text(max_size=20))
def test_no_text_crashes_the_reading_of_dates_times_and_zones(text: str) -> None:
    day, zone = read_day(text), read_zone(text)
    assert day is None or day.isoformat() == text
    assert zone is None or zone.key == text
    assert read_time(text) is None or ":" in text
