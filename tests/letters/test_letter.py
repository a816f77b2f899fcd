from datetime import date

import pytest

from bot.letters.letter import Letter, account_hint
from tests.letters.letters import a_british_letter, a_letter, us_numbers

MANDATORY = (
    "customer_name",
    "street_address",
    "city",
    "state",
    "postal_code",
    "country",
    "authorized_person",
    "authorized_title",
    "btn",
)


def test_a_complete_letter_misses_nothing() -> None:
    assert a_letter().missing() == ()


@pytest.mark.parametrize("field", MANDATORY)
@pytest.mark.parametrize("blank", ["", "   ", "\t\n", "\u200b\u00a0"])
def test_a_blank_mandatory_field_is_named(field: str, blank: str) -> None:
    country = {} if field == "country" else {"country": "US"}

    assert field in a_letter(**country, **{field: blank}).missing()


def test_every_blank_field_is_named_at_once() -> None:
    letter = a_letter(customer_name="", city="", numbers=())

    assert letter.missing() == ("customer_name", "city", "numbers")


@pytest.mark.parametrize(
    "field", ["losing_carrier", "losing_carrier_contact", "unit", "account_hint"]
)
def test_what_may_be_unknown_is_not_missing(field: str) -> None:
    assert a_letter(**{field: ""}).missing() == ()


def test_one_way_to_reach_the_signer_is_enough() -> None:
    assert a_letter(contact_phone="").missing() == ()
    assert a_letter(contact_email="").missing() == ()
    assert a_letter(contact_phone="", contact_email="").missing() == ("contact_email",)


def test_toll_free_numbers_need_no_btn() -> None:
    assert a_letter(number_type="toll_free", btn="").missing() == ()


def test_outside_north_america_no_state_and_no_btn_are_needed() -> None:
    assert a_british_letter().missing() == ()


def test_a_country_without_postal_codes_needs_none() -> None:
    assert a_british_letter(country="HK", postal_code="").missing() == ()


def test_a_btn_among_the_numbers_needs_an_option() -> None:
    assert a_letter(btn="+12065550100").missing() == ("btn_option",)


def test_an_option_that_does_not_exist_is_no_option() -> None:
    assert a_letter(btn="+12065550100", btn_option="keep").missing() == ("btn_option",)


def test_replacing_the_btn_needs_the_new_one() -> None:
    letter = a_letter(btn="+12065550100", btn_option="replace")

    assert letter.missing() == ("new_btn",)


def test_ten_numbers_stand_on_the_page_and_eleven_are_attached() -> None:
    assert not a_letter(numbers=us_numbers(10)).see_attached
    assert a_letter(numbers=us_numbers(11)).see_attached


def test_equal_letters_have_the_same_fingerprint() -> None:
    assert a_letter().fingerprint() == a_letter().fingerprint()
    assert len(a_letter().fingerprint()) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"customer_name": "Ada Bakery Ltd"},
        {"unit": ""},
        {"version": 3},
        {"requested_on": date(2026, 12, 10)},
        {"requested_on": None},
        {"numbers": ("+12065550101", "+12065550100")},
    ],
)
def test_any_change_of_a_printed_fact_changes_the_fingerprint(change: dict[str, object]) -> None:
    assert a_letter(**change).fingerprint() != a_letter().fingerprint()


def test_a_letter_has_no_place_for_a_pin_or_an_account_number() -> None:
    names = set(Letter.__dataclass_fields__)

    assert not {"service_pin", "pin", "account_number", "account_id"} & names


@pytest.mark.parametrize("number", ["987654321", "ending 54321", "AB-12345", "ending12345"])
def test_a_whole_account_number_is_refused_as_a_hint(number: str) -> None:
    with pytest.raises(ValueError, match="four characters") as refused:
        a_letter(account_hint=number)

    assert number not in str(refused.value)


def test_the_account_hint_shows_the_last_four_characters() -> None:
    assert account_hint("987654321") == "ending 4321"
    assert a_letter(account_hint=account_hint("987654321")).account_hint == "ending 4321"


def test_a_short_account_number_is_not_hinted_at() -> None:
    assert account_hint("54321") == ""
