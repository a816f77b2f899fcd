import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.matching import Likeness, likeness, marked
from tests.domain.intakes import GOOD, RECORD, remarks, report_on


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Harbor Books LLC", "HARBOR BOOKS LLC"),
        ("Harbor  Books LLC", " Harbor Books LLC "),
        ("Suite4", "Suite 4"),
        ("Straße", "STRASSE"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_case_and_spacing_do_not_count(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs) is Likeness.SAME


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Suite 4", "Ste 4"),
        ("Suite 4", "# 4"),
        ("Suite 4", "4"),
        ("#4", "4"),
        ("Harbor Books LLC", "Harbor Books"),
        ("Harbor Books, LLC", "Harbor Books LLC"),
        ("Harbor Books L.L.C.", "Harbor Books LLC"),
        ("Harbor Books Inc.", "Harbor Books Incorporated"),
        ("Smith & Sons", "Smith and Sons"),
        ("O'Hara Books", "OHara Books"),
        ("100 Main Street", "100 Main St."),
        ("100 North Main Ave", "100 N Main Avenue"),
    ],
)
def test_abbreviations_and_company_forms_are_likely_trouble(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs) is Likeness.NEARLY
    assert likeness(theirs, ours) is Likeness.NEARLY


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Harbor Books", "Harbor Boots"),
        ("Harbor Books LLC", "Harbor Books Inc"),
        ("Suite 4", "Suite 5"),
        ("Suite 4", "Apt 4"),
        ("1 23 Main St", "123 Main St"),
        ("100 N Main St", "100 S Main St"),
        ("", "Suite 4"),
        ("Harbor Books", "ハーバー"),
    ],
)
def test_anything_else_differs(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs) is Likeness.DIFFERENT


def test_the_differing_characters_are_marked() -> None:
    assert marked("Seattle", "Seatle") == "Seat[t]le"
    assert marked("100 Main Street", "100 MAIN ST") == "100 Main St[reet]"
    assert marked("Harbor", "Harbor") == "Harbor"


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparing_is_the_same_from_both_sides(ours: str, theirs: str) -> None:
    assert likeness(ours, theirs) is likeness(theirs, ours)
    assert likeness(ours, ours) is Likeness.SAME
    assert marked(ours, theirs).replace("[", "").replace("]", "") == ours.replace("[", "").replace(
        "]", ""
    )


@pytest.mark.parametrize(
    ("field", "theirs", "severity"),
    [
        ("customer_name", "Harbor Books", "warning"),
        ("customer_name", "Harbour Books LLC", "error"),
        ("street_address", "100 Main St", "warning"),
        ("street_address", "101 Main Street", "error"),
        ("unit", "Ste 4", "warning"),
        ("unit", "Suite 5", "error"),
        ("city", "Tacoma", "error"),
        ("state", "Washington", "warning"),
        ("state", "OR", "error"),
        ("postal_code", "98101-1234", "warning"),
        ("postal_code", "98102", "error"),
        ("authorized_person", "Ann Leigh", "error"),
    ],
)
def test_a_field_is_compared_with_the_record(field: str, theirs: str, severity: str) -> None:
    (found,) = remarks(GOOD, csr={**RECORD, field: theirs})
    assert found[:2] == (severity, field)


def test_a_difference_shows_both_texts() -> None:
    (finding,) = report_on(GOOD, csr={**RECORD, "city": "Seatle"}).findings
    assert (finding.params["ours"], finding.params["theirs"]) == ("Seat[t]le", "Seatle")


def test_what_the_record_does_not_show_is_not_compared() -> None:
    assert remarks(GOOD, csr={}) == set()
    assert remarks(GOOD, csr={"customer_name": None, "numbers": ""}) == set()


def test_a_unit_written_behind_the_street_is_the_same_place() -> None:
    joined = {**RECORD, "street_address": "100 MAIN STREET SUITE 4", "unit": None}
    assert remarks(GOOD, csr=joined) == set()
    assert remarks(GOOD, csr={**joined, "street_address": "100 Main St Ste 4"}) == {
        ("warning", "street_address", "record_nearly_equal")
    }


def test_a_unit_that_only_the_record_has_is_an_error() -> None:
    assert remarks(GOOD, unit="", csr=RECORD) == {("error", "unit", "record_differs")}
