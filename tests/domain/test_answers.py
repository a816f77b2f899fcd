"""How what was typed is parsed: in one way of writing, and once for good."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intake.intake import CustomerServiceRecord, PortIn, PortOut, read_intake
from tests.domain.intakes import BRITISH, CONNECT, GOOD, PORT_OUT, RECORD


def parsed(name: str, typed: object, kind: str = "port_in") -> Any:
    """Return what becomes of one answer."""
    return getattr(read_intake({"kind": kind, name: typed}), name)


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("customer_name", "\t Harbour \u00a0 Bakery \n", "Harbour Bakery"),
        ("customer_name", "Harbour\u00a0Bakery", "Harbour\u00a0Bakery"),
        ("street_address", "12\tPier Road", "12\tPier Road"),
        ("losing_carrier", " Old   Telephone Co ", "Old Telephone Co"),
        ("contact_phone", " 206  555 0199 ", "206 555 0199"),
        ("contact_email", " Rosa@example.com ", "Rosa@example.com"),
        ("time_zone", " America/Los_Angeles ", "America/Los_Angeles"),
        ("requested_date", " 2027-03-17 ", "2027-03-17"),
        ("requested_time", " 9:05 ", "09:05"),
        ("requested_time", "10:30", "10:30"),
        ("requested_time", "9:5", "9:5"),
        ("country", " us ", "US"),
        ("address_country", "ca", "CA"),
        ("state", "wa", "WA"),
        ("state", " New  York ", "New York"),
        ("postal_code", " sw1a  1aa ", "SW1A 1AA"),
        ("severity", "Production System Down", "production system down"),
        ("account_number", " 4711  0815 ", "4711  0815"),
        ("service_pin", " 0042 ", " 0042 "),
        ("numbers", " 206-555-0100\n206-555-0101 ", "206-555-0100\n206-555-0101"),
        ("numbers", [" 206-555-0100 ", 12065550101], ("206-555-0100", "12065550101")),
    ],
)
def test_an_answer_is_kept_in_one_way_of_writing(name: str, typed: object, kept: object) -> None:
    assert parsed(name, typed) == kept


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("winning_carrier", " New   Telecom ", "New Telecom"),
        ("account_id", " ACCT  55 ", "ACCT  55"),
        ("postal_code", " sw1a  1aa ", "sw1a  1aa"),
        ("pin", " K7M4", " K7M4"),
        ("declared", ["yes"], True),
        ("declared", [], False),
        ("declared", None, False),
    ],
)
def test_what_a_winning_carrier_must_match_stays_letter_by_letter(
    name: str, typed: object, kept: object
) -> None:
    assert parsed(name, typed, "port_out") == kept


@pytest.mark.parametrize("record", [None, {}, {"unit": "  ", "numbers": "", "city": None}])
def test_a_record_that_shows_nothing_is_none(record: object) -> None:
    assert parsed("csr", record) is None


def test_a_record_does_not_show_what_is_blank() -> None:
    record = parsed("csr", {"customer_name": " Harbor  Books ", "unit": " ", "numbers": []})
    assert record == CustomerServiceRecord(customer_name="Harbor Books")
    assert (record.unit, record.numbers) == (None, None)


ANYTHING = st.one_of(st.none(), st.text(max_size=30), st.integers(0, 10**12))
TYPED = {
    name: ANYTHING
    for name in {**PortIn.model_fields, **PortOut.model_fields, **GOOD, **CONNECT, **BRITISH}
    if name not in {"kind", "carriers", "csr", "today", "declared", "service_pin", "pin"}
}
RECORDED = dict.fromkeys(RECORD, ANYTHING)


@pytest.mark.parametrize("kind", [GOOD["kind"], PORT_OUT["kind"]])
@given(
    typed=st.fixed_dictionaries({}, optional=TYPED),
    record=st.fixed_dictionaries({}, optional=RECORDED),
)
def test_what_was_parsed_stays_as_it_is_when_it_is_read_again(
    kind: str, typed: dict[str, Any], record: dict[str, Any]
) -> None:
    once = read_intake({**typed, "kind": kind, "csr": record})
    assert read_intake(once.model_dump()) == once
