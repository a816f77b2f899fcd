"""What was judged is what is stored, printed and read again, however it was typed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from bot.desk.core.case_facts import all_fields, find_case
from bot.desk.core.form_fields import BESIDE, request_fields
from bot.desk.letters.issuing import letter_from
from bot.desk.port_out.validation import as_port_out, port_out_of
from bot.desk.validation.validator import as_intake, request_of
from bot.domain.cases.case import SECRET_FIELDS, CaseFacts
from bot.domain.intake.fields import names
from bot.domain.intake.intake import Intake, PortIn, PortOut
from bot.domain.numbers.number_list import read_numbers
from bot.domain.rulebook.rulebook import requests_of
from bot.store.models.cases import Loa
from tests.desk.typed import PORT_OUTS, port_ins, with_numbers
from tests.port_out.desks import PORT_IN, ROSA, Office, open_desk

PRINTED = names(lambda field: field.printed)
# What a case settles: its numbers are those of its rows, and what only sorted them falls away.
OF_A_CASE = {"numbers", "carriers", "split", "today"}
OF_A_PORT_OUT = {"numbers", "country", "declared", "pin"}
FEW = settings(max_examples=25)


@pytest.fixture(scope="module")
def room(shared_database_url: str) -> Iterator[Office]:
    """A desk for all tests, each of which has numbers of its own."""
    with open_desk(shared_database_url) as opened:
        yield opened


def filed(room: Office, typed: Mapping[str, Any]) -> CaseFacts:
    """File a port-in."""
    return room.desk.filing.file(ROSA, room.draft(ROSA, dict(typed))).cases[0]


def left(room: Office, typed: Mapping[str, Any]) -> CaseFacts:
    """File a port-out."""
    return room.desk.port_out.filing.file(ROSA, room.draft(ROSA, dict(typed))).cases[0]


def change(room: Office, case: CaseFacts, **typed: Any) -> CaseFacts:
    """Change a case in its form."""
    return room.desk.amendments.apply(ROSA, room.amend(case, **typed))


def stored(room: Office, case: CaseFacts) -> dict[str, Any]:
    """Return all that the row of a case says, secrets included."""
    with room.desk.context.transaction() as work:
        return all_fields(room.desk.context, find_case(work, case.id))


def port_in(room: Office, case: CaseFacts) -> PortIn:
    """Return what a filed port-in asks for."""
    with room.desk.context.transaction() as work:
        return request_of(room.desk.context, find_case(work, case.id))


def port_out(room: Office, case: CaseFacts) -> PortOut:
    """Return what a filed port-out asks for."""
    with room.desk.context.transaction() as work:
        return port_out_of(room.desk.context, find_case(work, case.id))


def said(request: Intake, but: set[str]) -> dict[str, Any]:
    """Return what a request says, but for some of its fields."""
    return request.model_dump(exclude=but)


def e164s(request: Intake) -> set[str]:
    """Return the numbers of a request."""
    return {number.e164 for number in read_numbers(request.numbers).numbers}


def is_tidy(text: str) -> bool:
    """Say whether a text has no spare blanks."""
    return text == " ".join(text.split())


@FEW
@given(typed=port_ins())
def test_a_stored_port_in_reads_as_the_one_that_was_judged(
    room: Office, typed: dict[str, Any]
) -> None:
    typed = with_numbers(typed)
    judged, case = as_intake(typed), filed(room, typed)
    read = port_in(room, case)
    assert said(read, OF_A_CASE) == said(judged, OF_A_CASE)
    assert e164s(read) == e164s(judged) == set(case.numbers)
    assert (read,) == requests_of(judged)
    assert as_intake(stored(room, case)) == read
    assert requests_of(read) == (read,), "to read it once more changes nothing"


@FEW
@given(typed=port_ins())
def test_a_stored_port_in_has_no_spare_blanks_and_its_pin_exactly(
    room: Office, typed: dict[str, Any]
) -> None:
    case = filed(room, with_numbers(typed))
    kept = stored(room, case)
    exact = {name for name in SECRET_FIELDS if name in kept}
    assert kept["service_pin"] == typed["service_pin"]
    assert kept["account_number"] == typed["account_number"].strip()
    assert all(is_tidy(value) for name, value in kept.items() if name not in exact)
    assert case.fields["customer_name"] == " ".join(typed["customer_name"].split())
    assert case.losing_carrier == case.fields["losing_carrier"]


@FEW
@given(typed=port_ins())
def test_the_letter_says_what_is_stored(room: Office, typed: dict[str, Any]) -> None:
    case = filed(room, with_numbers(typed))
    letter = room.desk.letters.letter(case.id)
    assert {name: getattr(letter, name) for name in PRINTED} == {
        name: case.fields[name] for name in PRINTED
    }
    assert letter.numbers == case.numbers
    assert str(letter.requested_on) == case.fields["requested_date"]
    assert letter.platform == case.platform


@FEW
@given(typed=PORT_OUTS)
def test_a_stored_port_out_reads_as_the_one_that_was_judged(
    room: Office, typed: dict[str, Any]
) -> None:
    typed = with_numbers(typed)
    judged, case = as_port_out(typed), left(room, typed)
    read = port_out(room, case)
    assert said(read, OF_A_PORT_OUT) == said(judged, OF_A_PORT_OUT)
    assert e164s(read) == e164s(judged) == set(case.numbers)
    assert (read.country, read.declared) == ("US", True)
    assert read.pin == typed["pin"] or not typed["pin"]
    letter_by_letter = {*SECRET_FIELDS, "postal_code"}
    public = {name: text for name, text in case.fields.items() if name not in letter_by_letter}
    assert all(is_tidy(text) for text in public.values())


def test_each_of_several_linked_cases_reads_as_its_own_part(room: Office) -> None:
    numbers = "(206) 555-0190 to 0191,  416-555-0190, 800-555-0190"
    connect = {"platform": "connect", "region": "us-east-1", "support_plan": "basic"}
    typed = {**PORT_IN, **connect, "numbers": numbers, "split": "yes"}
    cases = room.desk.filing.file(ROSA, room.draft(ROSA, typed)).cases
    assert [port_in(room, case) for case in cases] == [*requests_of(as_intake(typed))]
    assert [case.fields["country"] for case in cases] == ["US", "CA", "US"]


def test_a_case_keeps_its_request_and_what_stands_beside_it_and_nothing_of_the_form(
    room: Office,
) -> None:
    bill = {"id": "F1", "name": "bill.pdf", "size": 1}
    of_the_form = {
        "numbers_file": [{"id": "F2", "name": "l.csv", "size": 1}],
        "listed": {"file": "F2", "numbers": {"Far  Telecom": ["212-555-0190"]}},
        "found_account_number": " ACC-1 ",
        "account_found": "use",
        "chosen_in": {"bill": "V1"},
        "nobody_asked": "this",
    }
    typed = {**PORT_IN, "numbers": "", "account_number": "", "bill": [bill], **of_the_form}
    case = filed(room, typed)
    kept = stored(room, case)
    assert kept.keys() == request_fields(port_in(room, case)).keys() | {"bill"}
    assert not of_the_form.keys() & kept.keys()
    assert "bill" in BESIDE["port_in"]
    assert (kept["account_number"], kept["csr_account_number"]) == ("ACC-1", "ACC-1")
    assert (kept["losing_carrier"], kept["numbers"]) == ("Far Telecom", "+12125550190")


BLANKS: Mapping[str, Any] = {
    **{name: f" {value}  " for name, value in PORT_IN.items() if name not in {"kind", "numbers"}},
    "kind": "port_in",
    "service_pin": PORT_IN["service_pin"],
    "customer_name": "  Harbour   Bakery ",
    "state": "wa",
    "bill": [],
}


def as_before(room: Office, numbers: str) -> CaseFacts:
    """Return a case as it was stored when raw typing was: in its row, and on its letter."""
    case = filed(room, {**PORT_IN, "numbers": numbers})
    raw = {**BLANKS, "numbers": f" {numbers}\n"}
    with room.desk.context.transaction() as work:
        row = find_case(work, case.id)
        row.fields = {name: text for name, text in raw.items() if name not in SECRET_FIELDS}
        row.sealed = room.desk.context.cipher.seal(
            {name: raw[name] for name in SECRET_FIELDS & raw.keys()}
        )
        letter = work.get_one(Loa, row.letters[-1].id)
        printed = {name: raw[name] for name in ("customer_name", "street_address", "city", "state")}
        # The last four characters had a blank among them.
        old = replace(letter_from(letter), account_hint="ending 66  ", **printed)
        letter.snapshot = {**letter.snapshot, **printed, "account_hint": old.account_hint}
        letter.fingerprint = old.fingerprint()
    return room.desk.queries.case(case.id)


def changes(room: Office, case: CaseFacts) -> list[str]:
    """Return which fields the changes of a case named, oldest first."""
    history = room.desk.queries.history(case.id)
    return [event.facts["fields"] for event in history if event.kind == "changed"]


def test_an_older_case_reads_as_it_did_and_does_not_look_changed(room: Office) -> None:
    case = as_before(room, "(212) 555-0191 to 0192")
    assert case.fields["customer_name"] == "  Harbour   Bakery "
    same = change(room, case)
    assert (same.version, same.fields) == (case.version, case.fields)
    same = change(room, case, customer_name="Harbour Bakery", numbers="2125550192, 2125550191")
    assert same.version == case.version
    assert changes(room, case) == []


def test_an_older_case_makes_a_new_letter_only_when_something_printed_changes(
    room: Office,
) -> None:
    case = as_before(room, "(212) 555-0193 to 0194")
    before = room.desk.letters.letter(case.id)
    case = change(room, case, service_pin="7788")
    assert changes(room, case) == ["service_pin"]
    assert case.fields["customer_name"] == "Harbour Bakery"
    assert room.desk.letters.letter(case.id) == before
    case = change(room, case, unit="Unit 5")
    assert changes(room, case) == ["service_pin", "unit"]
    newest = room.desk.letters.letter(case.id)
    assert (newest.version, newest.customer_name, newest.state) == (2, "Harbour Bakery", "WA")
