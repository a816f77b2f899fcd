"""From the fields of a request to its letter: nothing is left out, nothing is invented."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.intake.intake import PortIn, read_intake
from bot.domain.numbers.number_list import read_numbers
from bot.letters.build import build_letter
from bot.letters.letter import Letter
from tests.letters.letters import text_of

FIELDS: Mapping[str, Any] = {
    "kind": "port_in",
    "platform": "voice_connector",
    "country": "US",
    "numbers": "206-555-0100 to 0102",
    "btn": "(206) 555-0150",
    "account_number": "ACC-99887766",
    "service_pin": "0042",
    "customer_name": "Harbour Bakery",
    "street_address": "12 Pier Road",
    "unit": "Unit 4",
    "city": "Seattle",
    "state": "WA",
    "postal_code": "98101",
    "authorized_person": "Rosa Delgado",
    "authorized_title": "Owner",
    "contact_email": "rosa@example.com",
    "contact_phone": "206 555 0199",
    "requested_date": "2027-03-17",
}
REPLACED: Mapping[str, Any] = {
    "btn": "206-555-0100",
    "btn_option": "replace",
    "new_btn": "206-555-0170",
}
# Each thing that a person gives, and how it stands on paper.
ON_PAPER: Mapping[str, tuple[Any, str]] = {
    "platform": ("connect", "for Amazon Connect, and"),
    "numbers": ("206-555-0177", "+12065550177"),
    "btn": ("206-555-0151", "(206) 555-0151 / +12065550151"),
    "account_number": ("ACC-11223344", "Account number ending 3344"),
    "customer_name": ("Pier Bakery", "Customer name Pier Bakery"),
    "street_address": ("9 Dock Street", "9 Dock Street, Unit 4"),
    "unit": ("Loft 7", "12 Pier Road, Loft 7"),
    "city": ("Tacoma", "Tacoma, WA 98101"),
    "state": ("OR", "Seattle, OR 98101"),
    "postal_code": ("98102", "Seattle, WA 98102"),
    "address_country": ("CA", "Canada"),
    "authorized_person": ("Ida Delgado", "Name Ida Delgado"),
    "authorized_title": ("Partner", "Title Partner"),
    "contact_email": ("ida@example.com", "E-mail ida@example.com"),
    "contact_phone": ("206 555 0198", "Telephone 206 555 0198"),
    "requested_date": ("2027-03-18", "18 March 2027"),
}
NOT_ON_PAPER = {"service_pin": "1234", "requested_time": "10:30", "usage_volume": "much"}


def letter(carrier: str = "Old Telephone Co", **changes: Any) -> Letter:
    """Return the letter of a request."""
    request = read_intake({**FIELDS, "losing_carrier": carrier, **changes})
    assert isinstance(request, PortIn)
    numbers = read_numbers(request.numbers, request.country).numbers
    return build_letter(request, numbers, "PRT-1001", 3)


@pytest.mark.parametrize("name", ON_PAPER)
def test_what_a_person_gives_stands_on_the_letter_and_makes_it_another_one(name: str) -> None:
    value, said = ON_PAPER[name]
    changed = letter(**{name: value})
    assert said not in text_of(letter())
    assert said in text_of(changed)
    assert changed.fingerprint() != letter().fingerprint()


@pytest.mark.parametrize("name", NOT_ON_PAPER)
def test_what_is_not_printed_makes_no_other_letter(name: str) -> None:
    assert letter(**{name: NOT_ON_PAPER[name]}) == letter()


def test_spare_blanks_and_small_letters_make_no_other_letter() -> None:
    typed = {name: f"  {value} " for name, value in FIELDS.items() if name != "kind"}
    spaced = {"customer_name": "Harbour \u00a0 Bakery", "state": "wa", "country": "us"}
    assert letter(**typed | spaced) == letter()
    assert letter(" Old  Telephone Co ") == letter()


def test_reference_version_and_carrier_come_from_the_case() -> None:
    text = text_of(letter("New Telephone Co"))
    for said in ("PRT-1001", "Letter version 3", "Carrier New Telephone Co"):
        assert said in text


def test_each_platform_is_called_by_its_name() -> None:
    names = {
        "connect": "Amazon Connect",
        "business_calling": "Amazon Chime Business Calling",
        "voice_connector": "Amazon Chime Voice Connector",
        "sip_media_application": "Amazon Chime SIP Media Application",
    }
    for platform, name in names.items():
        assert f"I authorize Amazon Web Services, for {name}, and" in text_of(
            letter(platform=platform)
        )


def test_a_btn_that_is_replaced_names_the_new_one() -> None:
    assert "(206) 555-0170 becomes the new BTN" in text_of(letter(**REPLACED))
    other = letter(**{**REPLACED, "new_btn": "206-555-0171"})
    assert "(206) 555-0171 becomes the new BTN" in text_of(other)
    assert letter(**{**REPLACED, "btn_option": "each_own_btn"}) != letter(**REPLACED)


def test_toll_free_numbers_have_their_own_words_and_no_btn() -> None:
    free = letter(numbers="800-555-0100", **{k: v for k, v in REPLACED.items() if k != "btn"})
    assert (free.number_type, free.btn, free.new_btn) == ("toll_free", "", "")
    assert "RespOrg" in text_of(free)


def test_a_number_abroad_is_read_as_its_country_writes_it() -> None:
    british = letter(country="GB", numbers="020 7946 0100", btn="020 7946 0190")
    assert (british.country, british.btn) == ("GB", "+442079460190")
    assert letter(btn="call us").btn == "call us"


def test_a_request_without_numbers_keeps_its_country() -> None:
    empty = letter(numbers="", country="GB")
    assert (empty.country, empty.number_type) == ("GB", "local")
    assert letter(numbers="", country="").country == "US"


def test_only_the_end_of_an_account_number_is_shown_and_of_a_short_one_nothing() -> None:
    assert letter(account_number="12345678").account_hint == "ending 5678"
    assert letter(account_number="1234567").account_hint == ""
    assert letter(account_number="").account_hint == ""


def test_without_a_date_the_letter_asks_for_the_earliest() -> None:
    for text in ("", "soon", None):
        assert letter(requested_date=text).requested_on is None
