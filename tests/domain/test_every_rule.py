"""One intake for each row of the rule book, so that no row is dead and none goes untested.

`test_good_twins.py` has one close to each that passes.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from bot.domain.findings.rules import ANY_FIELD
from bot.domain.rulebook.context import CarrierPolicy
from bot.domain.rulebook.rulebook import RULES, CheckContext
from tests.domain.intakes import (
    ARN,
    BRITISH,
    CONNECT,
    GOOD,
    PORT_OUT,
    RECORD,
    TODAY,
    TOLL_FREE,
    report_on,
)

Case = Mapping[str, Any]
BARE: Final = CheckContext(today=TODAY)
HELD: Final = {"+12065550100": "PRT-7"}
MOVED_BTN: Final[Case] = {"btn": "206-555-0100"}
REPLACED: Final[Case] = {**MOVED_BTN, "btn_option": "replace", "new_btn": "206-555-0150"}
AROUND: Final[Mapping[str, CheckContext]] = {
    "numbers_in_case": replace(BARE, taken=HELD),
    "numbers_in_draft": replace(BARE, drafts=HELD),
    "numbers_in_inventory": replace(BARE, inventory=HELD),
    "numbers_not_in_inventory": replace(BARE, inventory={}),
    "platform_differs": replace(BARE, platforms=dict.fromkeys(HELD, "business_calling")),
    "not_in_fonts": replace(BARE, unprintable=lambda text: "🥐" if "🥐" in text else ""),
    "inventory_full": replace(BARE, inventory_room=4),
    "requested_date_carrier_closed": replace(
        BARE,
        carrier_policies={
            "example telecom": CarrierPolicy(closed_days={date(2026, 12, 9): "stocktaking"})
        },
    ),
}


def _blank(*names: str) -> dict[str, Case]:
    return {f"{name}_required": {name: ""} for name in names}


def _connect(**changes: Any) -> Case:
    return {**CONNECT, **changes}


def _record(**changes: Any) -> Case:
    return {"csr": {**RECORD, **changes}}


def _caribbean(numbers: str) -> Case:
    return {**BRITISH, "country": "JM", "numbers": numbers, "postal_code": ""}


NUMBERS: Final[Mapping[str, Case]] = {
    "numbers_required": {"numbers": ""},
    "number_extension": {"numbers": "206-555-0100 ext 5"},
    "number_unreadable": {"numbers": "call me"},
    "number_n11": {"numbers": "911"},
    "number_short_code": {"numbers": "12345"},
    "number_premium": {"numbers": "900-555-0100"},
    "number_impossible": {"numbers": "555-0100"},
    "number_duplicate": {"numbers": ["206-555-0100", "206-555-0100"]},
    "number_vanity": {**TOLL_FREE, "numbers": "1-800-FLOWERS"},
    "range_backwards": {"numbers": "206-555-0110 to 0100"},
    "range_unreadable": {"numbers": "206-555-0100 to 800-555-0101"},
    "numbers_too_many": {"numbers": "206-555-0000 to 206-556-0000"},
    "numbers_project": {
        "numbers": [f"206-555-01{tens}0 to 01{tens}1" for tens in range(10)] + ["206-555-0104-05"]
    },
    "numbers_many_countries": {"numbers": "206-555-0100, 416-555-0100"},
    "numbers_other_country": {"numbers": "416-555-0100"},
    "numbers_split": {"number_type": "", "numbers": "206-555-0100, 800-555-0100"},
    "number_type_invalid": {"number_type": "mobile"},
    "number_type_differs": {"number_type": "toll_free"},
    "numbers_in_case": {},
    "numbers_in_draft": {},
    "numbers_in_inventory": {},
    "numbers_not_in_inventory": PORT_OUT,
    "platform_differs": PORT_OUT,
    "inventory_full": {},
}
PLATFORM: Final[Mapping[str, Case]] = {
    "platform_required": {"platform": ""},
    "platform_invalid": {"platform": "pigeon"},
    "platform_closed": {"platform": "business_calling"},
    "platform_no_toll_free": {**TOLL_FREE, "platform": "business_calling"},
    "platform_mixed_types": {
        "platform": "business_calling",
        "number_type": "",
        "numbers": "206-555-0100, 800-555-0100",
    },
    "platform_us_only": {**BRITISH, "platform": "voice_connector"},
    "country_invalid": {"country": "Britain"},
    "country_not_portable": {**BRITISH, "country": "TH", "numbers": "02 123 4567"},
    "country_ranges_only": _caribbean("876-555-0100"),
    "country_whole_ranges": _caribbean("876-555-0100 to 0109"),
    "country_ask_first": {**BRITISH, "country": "JP", "numbers": "03-1234-5678"},
    "country_unlisted": {**BRITISH, "country": "IN", "numbers": "022 2345 6789"},
    "country_documents": BRITISH,
    "port_out_blocks": {**PORT_OUT, "country": "SG", "numbers": "6123 4560 to 4568"},
    "usage_volume_required": {**BRITISH, "usage_volume": ""},
    "usage_volume_missing": {**BRITISH, **CONNECT, "usage_volume": ""},
}
BTN: Final[Mapping[str, Case]] = {
    "btn_required": {"btn": ""},
    "btn_invalid": {"btn": "555-0190"},
    "btn_not_local": {"btn": "800-555-0190"},
    "btn_toll_free": {**TOLL_FREE, "btn": "206-555-0190"},
    "btn_option_required": MOVED_BTN,
    "btn_option_invalid": {**MOVED_BTN, "btn_option": "replace, close_account"},
    "btn_option_not_allowed": {"btn_option": "close_account"},
    "btn_each_own": {**MOVED_BTN, "btn_option": "each_own_btn"},
    "btn_close_leaves_numbers": {
        **MOVED_BTN,
        "btn_option": "close_account",
        **_record(numbers="206-555-0100 to 0105"),
    },
    "new_btn_required": {**REPLACED, "new_btn": ""},
    "new_btn_invalid": {**REPLACED, "new_btn": "911"},
    "new_btn_is_old": {**REPLACED, "new_btn": "206-555-0100"},
    "new_btn_ported": {**REPLACED, "new_btn": "206-555-0101"},
    "new_btn_not_on_account": {**REPLACED, **_record(numbers="206-555-0100 to 0105")},
    "new_btn_unused": {"new_btn": "206-555-0150"},
}
PEOPLE: Final[Mapping[str, Case]] = {
    **_blank("customer_name", "street_address", "city", "state", "postal_code"),
    **_blank("authorized_person", "authorized_title", "contact_email"),
    "losing_carrier_missing": {"losing_carrier": ""},
    "account_number_missing": {"account_number": ""},
    "placeholder": {"customer_name": "N/A"},
    "control_characters": {"city": "Sea\x07ttle"},
    "not_in_fonts": {"city": "Seattle 🥐"},
    "too_long": {"customer_name": "a" * 201},
    "customer_name_cut": {"customer_name": "Harbor Books and Stationery LLC"},
    "authorized_person_cut": {"authorized_person": "Maximilian Featherstone"},
    "po_box": {"street_address": "P.O. Box 12"},
    "postal_code_invalid": {"postal_code": "9810"},
    "state_invalid": {"state": "ZZ"},
    "state_spelled_out": {"state": "Washington"},
    "contact_email_invalid": {"contact_email": "ann@example"},
    "contact_phone_invalid": {"contact_phone": "ring twice"},
    "service_pin_invalid": {"service_pin": "12-34"},
}
COMPARED: Final[Mapping[str, Case]] = {
    "record_differs": _record(customer_name="Harbor Boots LLC"),
    "record_nearly_equal": _record(unit="Ste 4"),
    "record_only_here": _record(unit=None),
    "record_account_differs": _record(account_number="4711-0816"),
    "record_account_punctuation": _record(account_number="47110815"),
    "record_btn_differs": _record(btn="206-555-0191"),
    "record_unreadable": _record(numbers="206-555-0100 to 0104, and the fax"),
    "numbers_not_on_record": _record(numbers="206-555-0100 to 0103"),
    "numbers_stay_behind": _record(numbers="206-555-0100 to 0110"),
}
DATES: Final[Mapping[str, Case]] = {
    "requested_date_required": {"requested_date": ""},
    "requested_date_missing": _connect(requested_date=""),
    "requested_date_invalid": {"requested_date": "12/09/2026"},
    "requested_date_past": {"requested_date": "2026-11-30"},
    "requested_date_weekend": {"requested_date": "2026-12-12"},
    "requested_date_holiday": {"requested_date": "2026-12-25"},
    "requested_date_carrier_closed": {},
    "requested_date_too_soon": {"requested_date": "2026-12-02"},
    "requested_date_short_notice": {"requested_date": "2026-12-04"},
    "requested_date_too_far": {"requested_date": "2027-01-04"},
    "requested_date_hopeful": {**BRITISH, "requested_date": "2026-12-16"},
    "requested_time_required": {"requested_time": ""},
    "requested_time_missing": _connect(requested_time=""),
    "requested_time_invalid": {"requested_time": "25:00"},
    "requested_time_skipped": {
        "today": "2026-03-02",
        "requested_date": "2026-03-08",
        "requested_time": "02:30",
    },
    "requested_time_twice": {
        "today": "2026-10-20",
        "requested_date": "2026-11-01",
        "requested_time": "01:30",
    },
    "requested_time_outside": {"requested_time": "18:30"},
    "time_zone_required": {"time_zone": ""},
    "time_zone_invalid": {"time_zone": "Mars/Olympus"},
}
LETTER: Final[Mapping[str, Case]] = {
    "loa_signed_on_invalid": {"loa_signed_on": "yesterday"},
    "loa_signed_on_future": {"loa_signed_on": "2026-12-02"},
    "loa_too_old": {"loa_signed_on": "2026-11-15"},
    "loa_expires_soon": {"loa_signed_on": "2026-11-19"},
    "loa_old_on_the_day": {"requested_date": "2026-12-17"},
    "signature_invalid": {"signature": "crayon"},
    "signature_electronic": {"signature": "electronic"},
}
CONTACT: Final[Mapping[str, Case]] = {
    "instance_arn_required": _connect(instance_arn=""),
    "instance_arn_invalid": _connect(instance_arn=ARN[:-1]),
    "region_required": {**PORT_OUT, "platform": "connect", "instance_arn": ARN},
    "region_missing": _connect(support_plan="basic", instance_arn="", region=""),
    "region_invalid": _connect(region="Virginia"),
    "region_differs": _connect(region="us-west-2"),
    "support_plan_missing": _connect(support_plan=""),
    "support_plan_invalid": _connect(support_plan="gold"),
    "severity_missing": _connect(severity=""),
    "severity_unknown": _connect(severity="very"),
    "contact_method_missing": _connect(contact_method=""),
    "contact_method_invalid": _connect(contact_method="pigeon"),
    "contact_phone_required": _connect(contact_method="phone", contact_phone=""),
    "contact_language_missing": _connect(contact_language=""),
    "winning_carrier_required": {**PORT_OUT, **CONNECT, "winning_carrier": ""},
    "winning_carrier_missing": {**PORT_OUT, "winning_carrier": ""},
    "pin_invalid": {**PORT_OUT, "pin": "１２３４"},
}
EXAMPLES: Final[Mapping[str, Case]] = {
    **NUMBERS,
    **PLATFORM,
    **BTN,
    **PEOPLE,
    **COMPARED,
    **DATES,
    **LETTER,
    **CONTACT,
}


def test_every_rule_has_an_example() -> None:
    assert EXAMPLES.keys() == {rule.code for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_example_of_a_rule_breaks_it(rule: Any) -> None:
    around = AROUND.get(rule.code, BARE)
    findings = report_on(GOOD, around, **EXAMPLES[rule.code]).findings
    mine = [finding for finding in findings if finding.code == rule.code]
    assert len(mine) == 1
    assert (mine[0].severity, mine[0].source) == (rule.severity, rule.source)
    assert mine[0].field in {rule.field} or rule.field == ANY_FIELD
