"""Whatever `check` passes has a letter: the rule book and the letter agree in every country."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import phonenumbers
import pytest

from bot.cli.intake import checked, letters_of_intake
from bot.domain.countries.calendars import port_hours
from bot.domain.countries.portability import portability
from bot.domain.intake.fields import FIELDS
from bot.domain.intake.intake import Platform
from bot.domain.text.csv_tables import by, rows
from tests.domain.intakes import BRITISH, CONNECT, GOOD, TODAY

COUNTRIES = sorted(row["iso2"] for row in rows("portability") if row["portable"] != "no")
STATES = {row["country"]: row["code"] for row in rows("states")}


def an_intake(country: str, platform: Platform) -> Mapping[str, Any]:
    """Return a whole request of a country, for one platform."""
    number = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.FIXED_LINE)
    assert number is not None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    here = {
        "country": country,
        "numbers": e164,
        "btn": e164 if country == "US" else "",
        "btn_option": "close_account" if country == "US" else "",
        "contact_phone": e164,
        "state": STATES.get(country, ""),
        "postal_code": by("postal_codes", "iso2").get(country, {}).get("example", ""),
    }
    connect = CONNECT if platform is Platform.CONNECT else {}
    return {**GOOD, **BRITISH, **connect, **here, **_moment(country), "platform": platform}


def _moment(country: str) -> Mapping[str, str]:
    hours = port_hours(country)
    if country == "US" or hours is None:
        return {name: GOOD[name] for name in ("requested_date", "requested_time", "time_zone")}
    return {
        "requested_date": "2027-02-10",
        "requested_time": f"{hours.windows[0].opens:%H:%M}",
        "time_zone": hours.zone,
    }


@pytest.mark.parametrize("country", COUNTRIES)
def test_whatever_the_rule_book_passes_has_a_letter(country: str) -> None:
    passed = set[str]()
    for platform in Platform:
        whole = an_intake(country, platform)
        for name in ("", *(field.name for field in FIELDS)):
            data = {**whole, name: ""} if name else whole
            if checked(data, TODAY)[1].ok:
                passed.add(name)
                assert letters_of_intake(data, TODAY), (platform, name)
    if portability(country) == "yes":
        assert {"", "unit", "losing_carrier", "account_number"} <= passed


@pytest.mark.parametrize("country", ["IE", "CL", "PE", "SV"])
def test_where_no_postal_code_is_asked_for_the_letter_needs_none(country: str) -> None:
    data = {**an_intake(country, Platform.VOICE_CONNECTOR), "postal_code": ""}
    [letter] = letters_of_intake(data, date(2026, 12, 1))
    assert (letter.country, letter.missing()) == (country, ())
