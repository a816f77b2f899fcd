from typing import Any

import pytest

from bot.domain.countries.portability import documents_missing, documents_needed
from tests.domain.intakes import BRITISH, CONNECT, GOOD, PORT_OUT, TOLL_FREE, remarks, report_on

CANADIAN: dict[str, Any] = {
    "country": "CA",
    "numbers": "416-555-0100",
    "btn": "",
    "state": "ON",
    "postal_code": "M5H 2N2",
    "usage_volume": "2,000 minutes a month",
}


def platform_errors(**changes: Any) -> set[str]:
    found = remarks({**GOOD, **changes})
    return {code for kind, field, code in found if field == "platform" and kind == "error"}


@pytest.mark.parametrize(
    ("platform", "numbers", "refused"),
    [
        ("connect", {}, set()),
        ("connect", TOLL_FREE, set()),
        ("connect", CANADIAN, set()),
        ("business_calling", {}, set()),
        ("business_calling", TOLL_FREE, {"platform_no_toll_free"}),
        ("business_calling", CANADIAN, {"platform_us_only"}),
        ("voice_connector", {}, set()),
        ("voice_connector", TOLL_FREE, set()),
        ("voice_connector", CANADIAN, {"platform_us_only"}),
        ("sip_media_application", {}, set()),
        ("sip_media_application", TOLL_FREE, set()),
        ("sip_media_application", CANADIAN, set()),
    ],
)
def test_each_platform_takes_its_own_numbers(
    platform: str, numbers: dict[str, Any], refused: set[str]
) -> None:
    assert platform_errors(**{**numbers, "platform": platform}) == refused


def test_business_calling_still_works_for_old_cases() -> None:
    assert remarks(GOOD, platform="business_calling") == {
        ("warning", "platform", "platform_closed")
    }


@pytest.mark.parametrize(
    ("country", "numbers", "ok"),
    [
        ("GB", "020 7946 0100", True),
        ("TH", "02 123 4567", False),
        ("JM", "876-555-0100", False),
        ("JM", "876-555-0100 to 0109", True),
        ("JM", "876-555-0100 to 0109, 876-555-0150", False),
        ("JP", "03-1234-5678", True),
        ("IN", "022 2345 6789", True),
    ],
)
def test_a_country_decides_what_can_be_moved(country: str, numbers: str, ok: bool) -> None:
    postal_code = {"GB": "SW1A 1AA", "JP": "100-0001"}.get(country, "")
    later = {"contact_phone": "", "requested_date": "", "requested_time": ""}
    wanted = {"country": country, "numbers": numbers, "postal_code": postal_code}
    assert report_on({**GOOD, **BRITISH, **later, **wanted}).ok is ok


@pytest.mark.parametrize(("country", "home"), [("us", "US"), ("", "US"), ("Britain", "US")])
def test_numbers_are_read_whatever_the_country_field_says(country: str, home: str) -> None:
    report = report_on({**GOOD, "country": country})
    assert {lot.country for lot in report.split} == {home}
    assert report.ok is (country != "Britain")


def test_the_country_follows_from_the_numbers_where_none_is_chosen() -> None:
    abroad = {**GOOD, **BRITISH, "country": "", "numbers": "+44 20 7946 0100"}
    assert report_on(abroad).ok


def test_the_volume_is_asked_abroad_only() -> None:
    missing = ("error", "usage_volume", "usage_volume_required")
    assert missing in remarks({**GOOD, **BRITISH, "usage_volume": ""})
    assert missing not in remarks({**GOOD, **BRITISH, **CONNECT, "usage_volume": ""})
    assert missing not in remarks(GOOD)


def test_the_papers_of_a_country_are_known_and_ticked_off() -> None:
    assert documents_needed("IT", "local") == (
        "signed LOA",
        "last invoice",
        "ID of the representative",
        "business registration or personal proof",
    )
    assert documents_needed("IT", "toll_free") == ("signed LOA", "last invoice")
    assert documents_needed("SE", "local") == ("signed LOA", "further documents on request")
    assert documents_missing("GB", "local", ["Signed LOA"]) == ("last invoice",)
    assert documents_missing("GB", "local", documents_needed("GB", "local")) == ()


def test_singapore_lets_whole_blocks_of_ten_go() -> None:
    leaving = {**PORT_OUT, "platform": "sip_media_application", "country": "SG"}
    assert remarks(leaving, numbers="6123 4560 to 4569") == set()
    assert remarks(leaving, numbers="6123 4561 to 4570") == {
        ("warning", "numbers", "port_out_blocks")
    }
