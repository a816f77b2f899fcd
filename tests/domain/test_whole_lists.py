"""Lists of fields: not only is what they name right, but nothing is missing from them.

What must be there is said here in words, by the README's table of the intake and by the sources.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.cases.case import SECRET_FIELDS, join_secrets, split_secrets
from bot.domain.intake.intake import BtnOption, Platform, PortIn, read_intake
from bot.domain.rulebook.rulebook import CheckContext
from bot.domain.text.matching import Likeness, likeness
from tests.domain.intakes import CONNECT, GOOD, PORT_OUT, RECORD, TODAY, codes, remarks, report_on

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
# What the letter prints as it was typed (S1, S3).
ON_PAPER = (
    "losing_carrier",
    "customer_name",
    "street_address",
    "unit",
    "city",
    "state",
    "postal_code",
    "authorized_person",
    "authorized_title",
    "contact_email",
    "contact_phone",
)
# What else is free text, and reaches a carrier or AWS.
SENT = ("account_number", "usage_volume", "contact_language")
SENT_AWAY = ("winning_carrier", "contact_email", "account_id")
NOT_KNOWN_TO_THE_RECORD = {"address_country"}
WRITTEN_SHORT = {
    "unit": "suite ste, apartment apt, floor fl, room rm, building bldg, department dept, no #, "
    "number #",
    "company": "incorporated inc, corporation corp, company co, limited ltd, "
    "limited_liability_company llc",
    "word": "street st, avenue ave, av ave, boulevard blvd, road rd, drive dr, lane ln, court ct, "
    "place pl, square sq, terrace ter, parkway pkwy, highway hwy, circle cir, trail trl, "
    "plaza plz, "
    "north n, south s, east e, west w, northeast ne, northwest nw, southeast se, southwest sw, "
    "saint st, mount mt, fort ft, and &",
}
COMPANIES = ("llc", "inc", "corp", "co", "ltd", "llp", "lp", "plc", "pllc", "gmbh", "ag", "the")


def row(title: str) -> set[str]:
    """Return the names in a row of the README's table of the intake."""
    line = re.search(rf"^\| {title} \| (.*) \|$", README, re.MULTILINE)
    assert line is not None
    return set(re.findall(r"`(\w+)`", line[1]))


def test_a_croissant_is_refused_wherever_the_letter_prints_what_was_typed() -> None:
    around = CheckContext(today=TODAY, unprintable=lambda text: "🥐" if "🥐" in text else "")
    for name in PortIn.model_fields:
        if name in {"kind", "numbers", "carriers", "csr", "today"}:
            continue
        found = remarks(GOOD, around, **{name: f"{GOOD.get(name, '')}🥐"})
        assert (("error", name, "not_in_fonts") in found) is (name in ON_PAPER), name


@pytest.mark.parametrize(
    ("carrier", "code"),
    [
        ("🥐 Telecom", "not_in_fonts"),
        ("Old\x07Telecom", "control_characters"),
        ("T" * 201, "too_long"),
    ],
)
def test_the_carriers_of_a_file_are_printed_too(carrier: str, code: str) -> None:
    around = CheckContext(today=TODAY, unprintable=lambda text: "🥐" if "🥐" in text else "")
    named = {"numbers": "206-555-0100, 206-555-0101", "carriers": {"206-555-0101": carrier}}
    found = remarks({**GOOD, **named}, around)
    assert found == {("error", "losing_carrier", code), ("warning", "numbers", "numbers_split")}


@pytest.mark.parametrize("name", [*ON_PAPER, *SENT])
def test_free_text_has_no_invisible_signs_and_an_end(name: str) -> None:
    assert ("error", name, "control_characters") in remarks({**GOOD, name: "12\x071"})
    assert ("error", name, "too_long") in remarks({**GOOD, name: "1" * 201})


@pytest.mark.parametrize("name", SENT_AWAY)
def test_free_text_of_a_port_out_has_them_neither(name: str) -> None:
    assert ("error", name, "control_characters") in remarks({**PORT_OUT, name: "12\x071"})
    assert ("error", name, "too_long") in remarks({**PORT_OUT, name: "1" * 201})


@pytest.mark.parametrize(
    "name", sorted(row("customer") | {"authorized_person", "authorized_title"})
)
def test_what_the_customer_is_asked_for_is_needed_but_for_the_unit(name: str) -> None:
    optional = {"unit", "address_country"}
    found = codes(report_on({**GOOD, name: ""}))
    assert found == (set() if name in optional else {f"{name}_required"})


@pytest.mark.parametrize("platform", [{}, {"platform": "sip_media_application"}, CONNECT])
@pytest.mark.parametrize("name", ["losing_carrier", "account_number"])
def test_what_is_asked_if_known_is_wished_for(platform: dict[str, Any], name: str) -> None:
    assert codes(report_on({**GOOD, **platform, name: ""})) == {f"{name}_missing"}


def test_data_without_a_losing_carrier_has_none() -> None:
    rest = {key: value for key, value in GOOD.items() if key != "losing_carrier"}
    assert codes(report_on(rest)) == {"losing_carrier_missing"}


@pytest.mark.parametrize("kind", ["port_in", "port_out"])
def test_what_an_intake_does_not_name_is_empty(kind: str) -> None:
    intake = read_intake({"kind": kind})
    empty = {name: value for name, value in vars(intake).items() if name != "kind"}
    assert {name for name, value in empty.items() if value} == set()


@pytest.mark.parametrize(
    "name", sorted(row("customer") - NOT_KNOWN_TO_THE_RECORD | {"authorized_person"})
)
def test_the_whole_record_is_compared(name: str) -> None:
    found = remarks(GOOD, csr={**RECORD, name: "Elsewhere 77"})
    assert ("error", name, "record_differs") in found


def test_what_opens_an_account_is_secret_wherever_it_stands() -> None:
    asked = row("account") | row("`port_out`")
    secret = {name for name in asked if name.endswith(("pin", "account_number", "account_id"))}
    assert secret | {"csr_account_number", "found_account_number"} == SECRET_FIELDS


def test_secrets_are_parted_from_the_rest_and_put_together_again() -> None:
    whole: dict[str, object] = {**dict.fromkeys(SECRET_FIELDS, "s"), "city": "Seattle"}
    public, secret = split_secrets(whole)
    assert public == {"city": "Seattle"}
    assert secret == dict.fromkeys(SECRET_FIELDS, "s")
    assert join_secrets(public, secret) == whole


def test_secrets_of_a_record_given_as_a_whole_are_parted_too() -> None:
    record: dict[str, object] = {"account_number": "s", "city": "Seattle"}
    public, secret = split_secrets({"csr": record, "pin": "p"})
    assert public == {"csr": {"city": "Seattle"}}
    assert secret == {"csr.account_number": "s", "pin": "p"}
    assert join_secrets(public, secret) == {"csr": record, "pin": "p"}
    assert join_secrets({}, secret) == {"csr": {"account_number": "s"}, "pin": "p"}


def test_the_options_for_a_btn_and_the_platforms_are_those_of_the_intake() -> None:
    options, platforms = row("account") - {"btn", "btn_option"}, row("where to")
    assert set(BtnOption) == options - {
        "new_btn",
        "losing_carrier",
        "account_number",
        "service_pin",
    }
    assert set(Platform) == platforms - {"platform", "country", "number_type", "local", "toll_free"}


def pairs(kind: str) -> Iterable[tuple[str, str]]:
    """Return the long and the short form of each abbreviation of a kind."""
    for pair in WRITTEN_SHORT[kind].split(", "):
        long, short = pair.split()
        yield long.replace("_", " "), short


@pytest.mark.parametrize("kind", WRITTEN_SHORT)
def test_the_long_and_the_short_form_of_a_word_are_nearly_the_same(kind: str) -> None:
    for long, short in pairs(kind):
        ours, theirs = (f"Harbor {word.title()}" for word in (long, short))
        assert likeness(ours, theirs) is Likeness.NEARLY, long


def test_a_word_of_a_name_is_not_left_out() -> None:
    for long, short in pairs("word"):
        assert likeness(f"Harbor {long}", "Harbor") is Likeness.DIFFERENT, long
        assert likeness(f"Harbor {short}", "Harbor") is Likeness.DIFFERENT, short


def test_the_form_of_a_company_and_the_kind_of_a_unit_may_be_left_out_but_not_be_another() -> None:
    for company in COMPANIES:
        assert likeness(f"Harbor {company.upper()}", "Harbor") is Likeness.NEARLY, company
        for other in set(COMPANIES) - {company}:
            assert likeness(f"Harbor {company}", f"Harbor {other}") is Likeness.DIFFERENT, company
    for pair in (*pairs("unit"), ("unit", "unit")):
        for unit in pair:
            assert likeness(f"{unit} 4", "4") is Likeness.NEARLY, unit


def test_no_two_words_that_mean_different_things_are_the_same() -> None:
    shorts = {short for kind in ("unit", "word") for _, short in pairs(kind)} - {"#"}
    for one in shorts:
        for other in shorts - {one}:
            assert likeness(f"Harbor {one} 4", f"Harbor {other} 4") is Likeness.DIFFERENT


def test_numbers_in_the_surroundings_of_a_case_hold_for_both_directions() -> None:
    held = {"+12065550100": "PRT-7"}
    around = CheckContext(today=TODAY, taken=held, drafts=held)
    for intake in (GOOD, PORT_OUT):
        assert codes(report_on(intake, around)) == {"numbers_in_case", "numbers_in_draft"}
