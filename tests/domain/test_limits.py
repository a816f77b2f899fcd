"""The last value that passes and the first that does not, for every limit of the rule book."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.countries.calendars import add_business_days, next_days
from bot.domain.gateway.aws_forms import Ask, Purpose
from bot.domain.intake.intake import Platform
from bot.domain.numbers.number_text import keypad
from bot.domain.numbers.phone_number import examine, named, shown
from bot.domain.port_out.pins import ALPHABET, LENGTH, is_pin, make_pin
from bot.domain.port_out.requests import LOCK, MOST_FAILURES
from bot.domain.rulebook.checks.people import is_email
from bot.domain.text.dates import read_time
from tests.domain.intakes import BRITISH, GOOD, TODAY, codes, report_on
from tests.domain.test_every_rule import BARE


def day(ahead: int) -> str:
    """Return a day so many days after that of the check."""
    return (TODAY + timedelta(days=ahead)).isoformat()


def ranges(count: int) -> Mapping[str, Any]:
    """Return so many ranges of two numbers, the second of which begins where the first ends."""
    apart = [f"206-555-01{n * 3:02} to 01{n * 3 + 1:02}" for n in range(count)]
    return {"numbers": apart, "btn": "212-555-0190"}


def email(length: int) -> str:
    """Return an e-mail address of so many letters."""
    return f"{'a' * (length - 12)}@example.com"


LIMITS: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "too_long": ({"contact_email": email(200)}, {"contact_email": email(201)}),
    "customer_name_cut": ({"customer_name": "B" * 25}, {"customer_name": "B" * 26}),
    "authorized_person_cut": ({"authorized_person": "B" * 15}, {"authorized_person": "B" * 16}),
    "service_pin_invalid": ({"service_pin": "a" * 10}, {"service_pin": "a" * 11}),
    "numbers_project": (ranges(10), ranges(11)),
    "numbers_too_many": (
        {"numbers": "206-555-0000 to 4999"},
        {"numbers": "206-555-0000 to 5000"},
    ),
    "requested_date_past": ({"requested_date": day(0)}, {"requested_date": day(-1)}),
    "requested_date_too_soon": ({"requested_date": day(2)}, {"requested_date": day(1)}),
    "requested_date_too_far": ({"requested_date": day(30)}, {"requested_date": day(31)}),
    "loa_signed_on_future": ({"loa_signed_on": day(0)}, {"loa_signed_on": day(1)}),
    "loa_too_old": ({"loa_signed_on": day(-15)}, {"loa_signed_on": day(-16)}),
    "loa_expires_soon": ({"loa_signed_on": day(-11)}, {"loa_signed_on": day(-12)}),
    "loa_old_on_the_day": ({"requested_date": day(15)}, {"requested_date": day(16)}),
    "requested_time_outside": ({"requested_time": "17:59"}, {"requested_time": "18:00"}),
}
ABROAD: Mapping[str, tuple[str, str]] = {
    "requested_date_hopeful": (day(60), day(59)),
    "requested_date_too_far": (day(365), day(366)),
}


@pytest.mark.parametrize("rule", LIMITS)
def test_a_limit_is_where_the_sources_put_it(rule: str) -> None:
    good, bad = LIMITS[rule]
    assert rule not in codes(report_on(GOOD, **good))
    assert rule in codes(report_on(GOOD, **bad))


@pytest.mark.parametrize("rule", ABROAD)
def test_other_countries_take_their_time(rule: str) -> None:
    good, bad = ABROAD[rule]
    abroad = {**GOOD, **BRITISH, "requested_time": ""}
    assert rule not in codes(report_on({**abroad, "requested_date": good}))
    assert rule in codes(report_on({**abroad, "requested_date": bad}))


def test_an_e_mail_address_has_254_letters_at_most() -> None:
    assert is_email(email(254))
    assert not is_email(email(255))


def test_ranges_that_touch_are_counted_as_they_were_typed() -> None:
    touching = [f"206-555-01{n * 2:02} to 01{n * 2 + 1:02}" for n in range(11)]
    apart = {**GOOD, "btn": "212-555-0190"}
    assert "numbers_project" in codes(report_on({**apart, "numbers": touching}))
    assert "numbers_project" not in codes(report_on({**apart, "numbers": touching[:10]}))


def test_a_plain_list_counts_as_the_ranges_that_it_amounts_to() -> None:
    listed = [f"206-555-01{n * 3 + step:02}" for n in range(11) for step in range(2)]
    found = report_on(GOOD, btn="212-555-0190", numbers=listed).findings
    assert [f.params["count"] for f in found if f.code == "numbers_project"] == [11]


@pytest.mark.parametrize(("days", "left"), [(12, 3), (13, 2), (14, 1), (15, 0)])
def test_the_days_that_a_letter_has_left_are_counted_down(days: int, left: int) -> None:
    (found,) = (
        f
        for f in report_on(GOOD, loa_signed_on=day(-days)).findings
        if f.code == "loa_expires_soon"
    )
    assert found.params["left"] == left


def test_a_letter_that_is_too_old_says_how_old_it_is() -> None:
    (found,) = report_on(GOOD, loa_signed_on=day(-16)).findings
    assert (found.params["age"], found.params["most"]) == (16, 15)


@pytest.mark.parametrize(("hour", "rule"), [(18, set()), (19, {"requested_date_short_notice"})])
def test_one_o_clock_central_time_is_the_end_of_the_day(hour: int, rule: set[str]) -> None:
    now = replace(BARE, now=datetime(2026, 12, 1, hour, 0, tzinfo=UTC))
    assert codes(report_on(GOOD, now, requested_date="2026-12-07")) == rule


@pytest.mark.parametrize(
    ("text", "known"), [("00:00", True), ("23:59", True), ("24:00", False), ("12:60", False)]
)
def test_a_day_has_24_hours_of_60_minutes(text: str, known: bool) -> None:
    assert (read_time(text) is not None) is known


@pytest.mark.parametrize(("pin", "good"), [("a" * 3, False), ("a" * 4, True), ("a" * 11, False)])
def test_a_pin_has_four_to_ten_letters(pin: str, good: bool) -> None:
    assert is_pin(pin) is good


def test_a_pin_that_the_desk_makes_is_long_and_not_misread() -> None:
    made = {make_pin() for _ in range(200)}
    assert len(made) == 200
    assert {len(pin) for pin in made} == {LENGTH} == {8}
    assert all(is_pin(pin) for pin in made)
    assert set("".join(made)) <= set(ALPHABET)
    assert not set("0O1IL2Z5S8B") & set(ALPHABET)
    assert len(ALPHABET) == 25


def test_five_guesses_lock_a_number_for_a_day() -> None:
    assert (5, timedelta(days=1)) == (MOST_FAILURES, LOCK)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("123456", "number_short_code"),
        ("1234567", "number_impossible"),
        ("011", "number_short_code"),
        ("211", "number_n11"),
        ("2116", "number_short_code"),
    ],
)
def test_a_number_too_short_is_told_from_one_that_cannot_be(typed: str, rule: str) -> None:
    assert getattr(examine(typed), "code", "") == rule


@pytest.mark.parametrize(("count", "text"), [(5, "1, 1, 1, 1, 1"), (6, "1, 1, 1, 1, 1 and 1 more")])
def test_of_many_texts_the_first_five_are_named(count: int, text: str) -> None:
    assert named(["1"] * count) == text


@pytest.mark.parametrize(("length", "seen"), [(40, "a" * 40), (41, f"{'a' * 39}…")])
def test_what_was_typed_is_quoted_up_to_forty_letters(length: int, seen: str) -> None:
    assert shown("a" * length) == seen


@pytest.mark.parametrize(("count", "attached", "written"), [(100, False, 100), (101, True, 10)])
def test_more_than_a_hundred_numbers_go_into_a_list(
    count: int, attached: bool, written: int
) -> None:
    numbers = tuple(f"+1206555{n * 2:04}" for n in range(count))
    ask = Ask(Purpose.PORT_IN, Platform.VOICE_CONNECTOR, numbers)
    assert (ask.attached, len(ask.written), len(ask.listed)) == (attached, written, count)


def test_a_written_number_has_sixty_characters_at_most() -> None:
    assert keypad("1" * 60) == "1" * 60
    assert keypad("1" * 61) is None


def test_next_days_end_with_the_last_day_and_begin_with_the_first() -> None:
    first, last = TODAY, TODAY + timedelta(days=2)
    assert next_days("US", first, last, count=9) == (first, first + timedelta(days=1), last)
    assert next_days("US", first, first) == (first,)
    assert add_business_days("US", first, 0) == first
