"""The tables in `bot/domain/data`, held against what is known of the world from elsewhere.

A row that is wrong is wrong for every person of a country, and no test that files one case sees it.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import available_timezones

import holidays
import phonenumbers
import pytest

from bot.domain.countries.calendars import port_hours
from bot.domain.countries.portability import documents_needed, papers_of, portability
from bot.domain.port_out.requests import time_to_answer
from bot.domain.rulebook.checks.address import state_code
from bot.domain.rulebook.context import CarrierPolicy
from bot.domain.text.csv_tables import rows
from tests.domain.intakes import BRITISH, GOOD, remarks

# Which column tells the rows of a table apart.
KEYS = {
    "abbreviations": "written",
    "bill_labels": "label",
    "portability": "iso2",
    "postal_codes": "iso2",
    "rejections": "code",
    "states": "code",
}
ANSWERS = {
    "yes": "AR AT AU BE CA CH CL CY CZ DE DK EE ES FI FR GB GR HK HR HU IE IT LT LU LV MX NL NO NZ "
    "PA PE PL PR PT RO SE SG SI SK SV US ZA",
    "no": "BN BO CO CR GE GT HN ID IS KR MY NI RS TH UG VN",
    "ranges": "AG AI BB BQ BS CW JM LC MF SX TC TT",
    "ask": "BR JP",
    "unlisted": "IN CN NG",
}
MORNING_IN_PARIS = (
    "AT BE CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV NL NO PL PT SE SI SK"
)
HOURS: Mapping[str, str] = {
    **dict.fromkeys(MORNING_IN_PARIS.split(), "10:00–12:00 Europe/Paris"),
    "CZ": "15:00–16:00 Europe/Paris",
    "AR": "02:00–04:00 and 10:00–12:00 and 15:00–17:00 America/Argentina/Buenos_Aires",
    "AU": "08:00–12:00 Australia/Sydney",
    "CA": "07:00–17:00 America/Chicago",
    "CL": "21:00–03:00 America/Los_Angeles",
    "MX": "10:00–12:00 and 14:00–16:00 Europe/Paris",
    "NZ": "07:00–11:00 Pacific/Auckland",
    "PA": "00:00–02:00 America/Los_Angeles",
    "PE": "22:00–04:00 America/Los_Angeles",
    "PR": "10:00–12:00 America/Los_Angeles",
    "RO": "10:00–12:00 America/Los_Angeles",
    "SV": "03:00–05:00 America/Chicago",
    "US": "07:00–17:00 America/Chicago",
}
# Where names are written otherwise than by the library of telephone numbers.
NAMED_HERE = {
    "BQ": "Bonaire, Saba and Sint Eustatius",
    "CZ": "Czech Republic",
    "LC": "Saint Lucia",
    "MF": "Saint Martin",
    "SX": "Sint Maarten",
    "TC": "Turks and Caicos",
    "TT": "Trinidad and Tobago",
    "AG": "Antigua and Barbuda",
}
# For each country a code of a real place, and one that lacks a letter or belongs elsewhere.
POSTAL_CODES = {
    "AR": ("B1636FDA", "163"),
    "AT": ("5020", "50200"),
    "AU": ("3000", "300"),
    "BE": ("9000", "90000"),
    "BR": ("70150-900", "7015"),
    "CA": ("V6B 4Y8", "V6B 4YO"),
    "CH": ("3003", "30031"),
    "CL": ("2520000", "25200"),
    "CY": ("2024", "20241"),
    "CZ": ("602 00", "6020"),
    "DE": ("80331", "8033"),
    "DK": ("8000", "80001"),
    "EE": ("51003", "5100"),
    "ES": ("52006", "53006"),
    "FI": ("33100", "3310"),
    "FR": ("13001", "1300"),
    "GB": ("EH1 1YZ", "EH1 1YC"),
    "GR": ("546 24", "5462"),
    "HR": ("21000", "2100"),
    "HU": ("6720", "67201"),
    "IE": ("D6W XY00", "B02 X285"),
    "IT": ("20121", "2012"),
    "JP": ("530-0001", "530-001"),
    "LT": ("44280", "4428"),
    "LU": ("4011", "40111"),
    "LV": ("3401", "34011"),
    "MX": ("64000", "6400"),
    "NL": ("3511 LX", "0511 LX"),
    "NO": ("5003", "50031"),
    "NZ": ("6011", "60111"),
    "PA": ("0401", "04011"),
    "PE": ("04001", "4001"),
    "PL": ("30-059", "30059"),
    "PR": ("00601", "00801"),
    "PT": ("4000-322", "4000322"),
    "RO": ("400001", "40000"),
    "SE": ("411 03", "4110"),
    "SG": ("238859", "23885"),
    "SI": ("2000", "20001"),
    "SK": ("040 01", "0400"),
    "SV": ("2201", "22011"),
    "US": ("02134-1000", "00013"),
    "ZA": ("0002", "00021"),
}
CODE_IS_OPTIONAL = {"IE", "CL", "PA", "PE", "SV"}


@pytest.mark.parametrize(("table", "key"), KEYS.items())
def test_each_row_of_a_table_is_told_apart_by_its_key(table: str, key: str) -> None:
    keys = [row[key] for row in rows(table)]
    assert sorted(set(keys)) == sorted(keys)
    assert "" not in keys


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_country_has_its_answer(answer: str) -> None:
    assert {portability(country) for country in ANSWERS[answer].split()} == {answer}


def test_no_country_is_listed_that_nobody_knows_the_answer_for() -> None:
    known = {country for listed in ANSWERS.values() for country in listed.split()}
    listed = {row["iso2"] for row in rows("portability")}
    assert listed <= known
    assert listed <= phonenumbers.SUPPORTED_REGIONS


def test_a_country_that_ports_has_its_hours_in_a_zone_that_exists() -> None:
    found = {row["iso2"]: port_hours(row["iso2"]) for row in rows("portability")}
    assert {country: str(hours) for country, hours in found.items() if hours} == HOURS
    assert {hours.zone for hours in found.values() if hours} <= available_timezones()
    assert all(portability(country) == "yes" for country, hours in found.items() if hours)


def test_a_zone_stands_where_there_are_windows_and_nowhere_else() -> None:
    for row in rows("portability"):
        assert bool(row["timezone"]) == bool(row["windows_mon_fri_local"]), row["iso2"]


def test_a_country_is_called_by_its_name() -> None:
    from phonenumbers.geodata.locale import LOCALE_DATA

    for row in rows("portability"):
        names = LOCALE_DATA[row["iso2"]]
        name = names["en"].lstrip("*")
        expected = NAMED_HERE.get(row["iso2"], names.get(name, name))
        assert row["country"] == expected


def test_only_countries_that_need_a_note_have_one() -> None:
    assert {row["iso2"] for row in rows("portability") if row["note"]} == {"BR", "JP", "SG"}


@pytest.mark.parametrize("country", ["US", "CA"])
def test_every_state_is_known_by_its_name(country: str) -> None:
    elsewhere = holidays.country_holidays(country).subdivisions_aliases
    listed = {row["name"]: row["code"] for row in rows("states") if row["country"] == country}
    assert set(listed.values()) == set(elsewhere.values()) - {"UM"}
    for name, code in listed.items():
        assert elsewhere.get(name) == code or name == "Virgin Islands"
        assert state_code(name.upper(), country) == code
        assert state_code(code.lower(), country) == code


def test_the_virgin_islands_are_a_state_for_the_post() -> None:
    assert state_code("Virgin Islands", "US") == "VI"
    assert remarks(GOOD, state="VI") == set()


def test_every_country_with_postal_codes_is_tried() -> None:
    assert {row["iso2"] for row in rows("postal_codes")} == POSTAL_CODES.keys()


@pytest.mark.parametrize("country", POSTAL_CODES)
def test_a_postal_code_is_judged_by_its_country(country: str) -> None:
    good, bad = POSTAL_CODES[country]
    assert said_of(country, good) == set()
    assert said_of(country, bad) == {"postal_code_invalid"}
    assert said_of(country, "") == (
        set() if country in CODE_IS_OPTIONAL else {"postal_code_required"}
    )


def said_of(country: str, code: str) -> set[str]:
    """Return what is said of a postal code in an address of a country."""
    address = {**BRITISH, "state": "ON" if country == "CA" else "WA"}
    found = remarks({**GOOD, **address, "address_country": country, "postal_code": code})
    return {rule for _, field, rule in found if field == "postal_code"}


def test_the_example_of_a_postal_code_is_one_of_its_country() -> None:
    for row in rows("postal_codes"):
        assert said_of(row["iso2"], row["example"]) == set(), row["iso2"]


def test_the_papers_of_each_country_are_those_that_its_carriers_want() -> None:
    bill, ours = "last invoice", "signed LOA"
    advised = "copy of the CSR or latest bill (advised)"
    for country in ("CA", "GB", "DK", "AU"):
        for kind in ("local", "toll_free"):
            assert documents_needed(country, kind) == (ours, bill), country
    assert documents_needed("US", "local") == documents_needed("US", "toll_free") == (ours, advised)
    assert {row["iso2"] for row in rows("documents")} == {"US", "CA", "GB", "DK", "AU", "IT", "*"}


def test_a_file_is_the_paper_that_a_country_asks_for() -> None:
    advised = "copy of the CSR or latest bill (advised)"
    assert papers_of(["signed_loa"]) == {"signed LOA"}
    assert papers_of(["bill"]) == {"last invoice", advised}
    assert papers_of(["csr_copy"]) == {advised}
    listed = {row["paper"] for row in rows("papers")}
    asked = {
        paper.strip() for row in rows("documents") for paper in row["needed_to_port"].split(";")
    }
    assert listed <= asked


def test_lists_that_a_desk_fills_itself_come_empty() -> None:
    assert (rows("closed_days"), rows("carrier_policies")) == ((), ())
    assert CarrierPolicy().signature == "ink"


def test_a_carrier_waits_a_day_for_an_answer() -> None:
    assert time_to_answer("Any Telecom") == time_to_answer("") == timedelta(hours=24)


def test_the_other_desks_codes_of_a_refusal_are_written_as_those_desks_write_them() -> None:
    desk = r"Bandwidth( \d{4})+|Telnyx [A-Z_]+|Twilio [A-Z_]+|Somos list|AWS [a-z ]+"
    for row in rows("rejections"):
        for name in row["seen_as"].split("; "):
            assert re.fullmatch(desk, name), row["code"]
