import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.findings.finding import FindingRefusal
from bot.domain.numbers.number_list import (
    LIMIT,
    NumberList,
    parse_number,
    read_numbers,
)
from tests.refusals import told_no


def e164s(listed: NumberList) -> list[str]:
    return [number.e164 for number in listed.numbers]


def refusals(text: str | Sequence[str], country: str = "US") -> set[str]:
    return {problem.code for problem in read_numbers(text, country).problems}


@pytest.mark.parametrize(
    "typed",
    [
        "(206) 555-0100",
        "206.555.0100",
        "206 555 0100",
        "206 - 555 - 0100",
        "+1 206 555 0100",
        "1-206-555-0100",
        "tel:+1-206-555-0100",
        "Main: 206-555-0100",
        "'+12065550100",
        "1. 206-555-0100",
        "２０６５５５０１００",
        "٢٠٦٥٥٥٠١٠٠",
        "206–555–0100",
        "\u200e206\u00a0555\u00a00100\u200f",
        "206/555-0100",
    ],
)
def test_every_usual_way_of_writing_means_the_same_number(typed: str) -> None:
    listed = read_numbers(typed)
    assert (e164s(listed), listed.problems) == (["+12065550100"], ())


@pytest.mark.parametrize(
    "typed",
    [
        "206-555-0100, 206-555-0101",
        "206-555-0100; 206-555-0101",
        "206-555-0100\n206-555-0101\n",
        "206-555-0100\r\n206-555-0101",
        "206-555-0100\t206-555-0101",
        "206-555-0100 206-555-0101",
        "206 555 0100 206 555 0101",
        "+12065550100 +12065550101",
        "206-555-0100 and 206-555-0101",
        "Phone number\n206-555-0100\n206-555-0101",
        "206-555-0100 to 0101",
        "206-555-0100 through 206-555-0101",
        "2065550100-01",
        "2065550100-1",
        "206-555-0100–0101",
        "+12065550100 - +12065550101",
        "(206) 555-0100 to 555-0101",
        "(206) 555-0100 ... 0101",
    ],
)
def test_lists_and_ranges_are_taken_apart(typed: str) -> None:
    listed = read_numbers(typed)
    assert (e164s(listed), listed.problems) == (["+12065550100", "+12065550101"], ())


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("206-555-0100 ext 5", "number_extension"),
        ("206-555-0100, ext. 5", "number_extension"),
        ("2065550100x5", "number_extension"),
        ("+12065550100;ext=5", "number_extension"),
        ("206-555-0100 #5", "number_extension"),
        ("911", "number_n11"),
        ("4-1-1", "number_n11"),
        ("12345", "number_short_code"),
        ("900-555-0100", "number_premium"),
        ("206-976-0100", "number_premium"),
        ("+44 909 879 0000", "number_premium"),
        ("555-0100", "number_impossible"),
        ("206-055-0100", "number_impossible"),
        ("999-555-0100", "number_impossible"),
        ("206-555-01000", "number_impossible"),
        ("call me", "number_unreadable"),
        ("206-555-010O", "number_unreadable"),
        ("206-555-0100 1-800-FLOWERS", "number_impossible"),
        ("206-555-0100 206-555-0101 ext 5", "number_extension"),
        ("206-555-0119 to 0100", "range_backwards"),
        ("2065550119-00", "range_backwards"),
        ("206-555-0100 to 800-555-0105", "range_unreadable"),
        ("206-555-0100 to 206-655-0100", "numbers_too_many"),
        ("206-555-0100, 2065550100", "number_duplicate"),
        ("206-555-0100 to 0105, 206-555-0103", "number_duplicate"),
    ],
)
def test_what_cannot_be_moved_is_refused_by_its_rule(typed: str, rule: str) -> None:
    assert refusals(typed) == {rule}


def test_a_refusal_names_what_was_typed() -> None:
    (problem,) = read_numbers("206-555-0100, 911, 206-555-0101, 411").problems
    assert (problem.field, problem.params["typed"]) == ("numbers", "911, 411")


def test_a_number_typed_twice_is_kept_once() -> None:
    assert e164s(read_numbers("206-555-0100, 2065550100")) == ["+12065550100"]


def test_letters_become_digits_and_are_shown_back() -> None:
    listed = read_numbers("1-800-FLOWERS")
    assert listed.vanity == (("1-800-FLOWERS", "+18003569377"),)
    assert e164s(listed) == ["+18003569377"]


def test_the_country_chosen_is_meant_where_no_code_is_written() -> None:
    listed = read_numbers("020 7946 0100-0102, +1 206 555 0100", "GB")
    assert [(number.e164, number.country) for number in listed.numbers] == [
        ("+442079460100", "GB"),
        ("+442079460101", "GB"),
        ("+442079460102", "GB"),
        ("+12065550100", "US"),
    ]


@pytest.mark.parametrize(
    ("typed", "country", "kind"),
    [
        ("206-555-0100", "US", "local"),
        ("800-555-0100", "US", "toll_free"),
        ("888-555-0199", "US", "toll_free"),
        ("416-555-0100", "CA", "local"),
        ("787-555-0100", "PR", "local"),
        ("+44 800 496 0123", "GB", "toll_free"),
        ("+353 1 234 5678", "IE", "local"),
        ("+44 20 7976 0100", "GB", "local"),
    ],
)
def test_each_number_knows_its_country_and_type(typed: str, country: str, kind: str) -> None:
    number = parse_number(typed)
    assert (number.country, number.number_type) == (country, kind)


def test_the_end_of_a_range_is_read_in_the_country_of_its_beginning() -> None:
    listed = read_numbers("+44 20 7946 0100 to 020 7946 0102")
    assert e164s(listed) == ["+442079460100", "+442079460101", "+442079460102"]
    assert refusals("020 7946 0100 to +1 206 555 0102", "GB") == {"range_unreadable"}
    assert refusals("206-555-0100 to +44 20 7946 0102") == {"range_unreadable"}


@pytest.mark.parametrize("country", ["", "Britain", "us"])
def test_where_no_country_is_known_the_us_are_meant(country: str) -> None:
    assert parse_number("206-555-0100", country).country == "US"


def test_a_toll_free_number_belongs_to_the_country_that_asks() -> None:
    assert parse_number("800-555-0100", "CA").country == "CA"
    assert parse_number("+1 800 555 0100", "GB").country == "US"


def test_a_number_is_shown_as_its_country_writes_it() -> None:
    assert parse_number("+12065550100").national == "(206) 555-0100"
    assert parse_number("+442079460100").national == "020 7946 0100"


def test_a_single_number_that_is_none_is_refused_with_a_sentence() -> None:
    with told_no(FindingRefusal, match=r"911: service numbers such as 911") as caught:
        parse_number("911")
    assert (caught.value.code, caught.value.field) == ("number_n11", "numbers")


def test_five_thousand_numbers_are_read_and_one_more_is_not() -> None:
    assert len(read_numbers("206-555-0000 to 4999").numbers) == LIMIT
    assert refusals("206-555-0000 to 5000") == {"numbers_too_many"}
    assert refusals("206-555-0000 to 4999, 206-556-0000") == {"numbers_too_many"}


def test_a_very_long_text_without_any_number_is_read_quickly() -> None:
    started = time.perf_counter()
    for junk in ("1-" * 50_000, "12 " * 50_000, "a" * 200_000, "+1" * 50_000, "(" * 100_000):
        assert read_numbers(junk).numbers == ()
    assert time.perf_counter() - started < 10


@given(st.text(max_size=60))
def test_no_text_crashes_the_reading(text: str) -> None:
    listed = read_numbers(text)
    assert all(number.e164.startswith("+") for number in listed.numbers)


@given(st.text("0123456789+-() .,;toextx#\n", max_size=40))
def test_no_text_made_of_number_signs_crashes_the_reading(text: str) -> None:
    assert len(set(e164s(read_numbers(text)))) == len(read_numbers(text).numbers)


@given(st.integers(100, 199), st.integers(0, 99))
def test_a_range_expands_to_exactly_its_numbers(first: int, length: int) -> None:
    last = min(first + length, 199)
    listed = read_numbers(f"206-555-0{first} to 0{last}")
    assert e164s(listed) == [f"+12065550{value}" for value in range(first, last + 1)]


@given(st.lists(st.integers(100, 199), unique=True, max_size=20), st.sampled_from(",;\n\t"))
def test_reading_what_was_read_changes_nothing(values: list[int], separator: str) -> None:
    once = e164s(read_numbers(separator.join(f"(206) 555-0{value}" for value in values)))
    assert once == [f"+12065550{value}" for value in values]
    assert e164s(read_numbers(once)) == once
