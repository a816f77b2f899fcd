"""Numbers of several countries, types and carriers: linked cases, each judged by its own rules."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intake.intake import PortIn, read_intake
from bot.domain.numbers.number_list import read_numbers
from bot.domain.rulebook.case_split import as_ranges, fields_of_group
from bot.domain.rulebook.rulebook import CheckContext, facts_of
from tests.domain.intakes import BRITISH, CONNECT, GOOD, RECORD, TODAY, codes, remarks, report_on

MIXED = {
    **CONNECT,
    "number_type": "",
    "numbers": "206-555-0100, 206-555-0101, 416-555-0100",
    "split": "yes",
}


def test_several_countries_need_a_yes_to_be_split() -> None:
    asked = remarks(GOOD, **{**MIXED, "split": ""})
    assert ("error", "numbers", "numbers_many_countries") in asked
    assert ("error", "numbers", "numbers_many_countries") in remarks(
        GOOD, **MIXED, csr=None
    ) | asked
    agreed = report_on(GOOD, **MIXED)
    assert agreed.ok
    assert "numbers_split" in codes(agreed)
    assert [(lot.country, len(lot.numbers)) for lot in agreed.split] == [("US", 2), ("CA", 1)]


def test_the_chosen_country_must_be_one_of_them() -> None:
    found = remarks(GOOD, **{**MIXED, "country": "JM"})
    assert ("error", "numbers", "numbers_other_country") in found


def test_a_platform_for_us_numbers_refuses_the_part_from_abroad() -> None:
    found = codes(report_on(GOOD, **{**MIXED, "platform": "voice_connector"}))
    assert "platform_us_only" in found


def test_each_country_is_asked_for_its_own_papers() -> None:
    report = report_on(GOOD, **{**MIXED, "numbers": "206-555-0100, 416-555-0100, 020 7946 0100"})
    papers = [f.params["country"] for f in report.findings if f.code == "country_documents"]
    assert papers == ["CA"]
    abroad = report_on(GOOD, **{**MIXED, "numbers": "206-555-0100, +44 20 7946 0100"})
    assert [f.params["country"] for f in abroad.findings if f.code == "country_documents"] == ["GB"]


def test_a_country_that_lets_no_number_go_stops_the_request() -> None:
    found = codes(report_on(GOOD, **{**MIXED, "numbers": "206-555-0100, +506 2200 0000"}))
    assert "country_not_portable" in found


def test_the_btn_is_asked_for_the_us_part_only() -> None:
    abroad = {**BRITISH, **MIXED, "numbers": "020 7946 0100, +1 206 555 0100", "country": "GB"}
    assert "btn_required" in codes(report_on(GOOD, **abroad))
    given = codes(report_on(GOOD, **{**abroad, "btn": "+1 206 555 0190"}))
    assert not {code for code in given if code.startswith("btn")}


def test_numbers_that_leave_for_another_case_do_not_stay_behind() -> None:
    closing = {**MIXED, "btn": "206-555-0100", "btn_option": "close_account"}
    record = {**RECORD, "btn": "206-555-0100", "numbers": MIXED["numbers"]}
    assert "btn_close_leaves_numbers" not in codes(report_on(GOOD, **closing, csr=record))


def parts(**changes: Any) -> list[dict[str, str]]:
    intake = read_intake({**GOOD, **MIXED, **changes})
    assert isinstance(intake, PortIn)
    facts = facts_of(intake, CheckContext(today=TODAY))
    return [fields_of_group(facts, lot) for lot in facts.groups]


def test_each_case_keeps_its_own_numbers_and_only_one_the_btn() -> None:
    here, there = parts(btn="206-555-0100", btn_option="replace", new_btn="206-555-0150")
    assert here == {
        "country": "US",
        "number_type": "local",
        "losing_carrier": "Example Telecom",
        "numbers": "+12065550100 to +12065550101",
        "btn": "206-555-0100",
        "btn_option": "replace",
        "new_btn": "206-555-0150",
        "address_country": "",
    }
    assert (there["country"], there["address_country"]) == ("CA", "US")
    assert (there["btn"], there["btn_option"], there["new_btn"]) == ("", "", "")


def test_an_address_keeps_its_own_country_in_a_case_abroad() -> None:
    there = parts()[1]
    report = report_on(GOOD, **{**MIXED, "split": "", **there})
    assert not {"state_invalid", "postal_code_invalid"} & codes(report)
    moved = report_on(GOOD, **{**MIXED, "split": "", **there, "address_country": ""})
    assert "postal_code_invalid" in codes(moved)


def test_a_case_without_the_btn_among_its_numbers_has_no_option() -> None:
    other = parts(
        numbers="206-555-0100, 206-555-0101",
        carriers={"206-555-0101": "Other Telecom"},
        btn="206-555-0100",
        btn_option="close_account",
    )[1]
    assert (other["losing_carrier"], other["btn"], other["btn_option"]) == (
        "Other Telecom",
        "206-555-0100",
        "",
    )


@pytest.mark.parametrize("country", ["US", "GB"])
@given(lasts=st.sets(st.integers(0, 99), min_size=1))
def test_ranges_read_back_are_the_numbers_they_were_made_of(country: str, lasts: set[int]) -> None:
    start = {"US": "+1206555", "GB": "+442079460"}[country]
    listed = read_numbers(
        [f"{start}{last + 100:0{4 if country == 'US' else 3}d}" for last in lasts]
    )
    again = read_numbers(as_ranges(listed.numbers), country)
    assert set(again.numbers) == set(listed.numbers)
    assert not again.problems
