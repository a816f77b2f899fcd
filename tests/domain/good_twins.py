"""Requests close to a refused one, of which a rule says nothing: the good twins of the examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from bot.domain.rulebook.context import CarrierPolicy
from bot.domain.rulebook.rulebook import CheckContext
from tests.domain.intakes import ARN, BRITISH, CONNECT, PORT_OUT, RECORD, TODAY, TOLL_FREE

BARE: Final = CheckContext(today=TODAY)
OTHERS: Final = {"+12065550199": "PRT-7"}
HELD: Final = {"+12065550100": "PRT-7"}
MOVED: Final[Mapping[str, Any]] = {"btn": "206-555-0100"}
CLOSED: Final[Mapping[str, Any]] = {**MOVED, "btn_option": "close_account"}
REPLACED: Final[Mapping[str, Any]] = {**MOVED, "btn_option": "replace", "new_btn": "206-555-0105"}
ABROAD: Final = ("country_documents", "loa_old_on_the_day")
# The tenth of February 2027 is a holiday on Jamaica.
ON_JAMAICA: Final = {"contact_phone": "", "requested_date": "2027-02-11"}
UNSIGNED: Final = {"loa_signed_on": "", "signature": ""}
LEAVES_CONNECT: Final = {**PORT_OUT, "platform": "connect", "instance_arn": ARN}


@dataclass(frozen=True)
class Twin:
    """A request, and the only codes that may be said of it."""

    rule: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    around: CheckContext = BARE


def _record(**changes: Any) -> Mapping[str, Any]:
    return {"csr": {**RECORD, **changes}}


def _connect(**changes: Any) -> Mapping[str, Any]:
    return {**CONNECT, **changes}


def _caribbean(numbers: str) -> Mapping[str, Any]:
    return {**BRITISH, "country": "JM", "numbers": numbers, "postal_code": "", **ON_JAMAICA}


NUMBERS: Final = (
    Twin("numbers_required", {"numbers": "206-555-0100"}),
    Twin("numbers_required", {"numbers": ["206-555-0100"]}),
    Twin("number_extension", {"contact_phone": "206-555-0170 ext 5"}),
    Twin("number_unreadable", {"numbers": "Main: 206-555-0100"}),
    Twin("number_n11", {"numbers": "206-555-0911"}),
    Twin("number_short_code", {"numbers": "206-551-2345"}),
    Twin("number_premium", {"numbers": "206-975-0100, 206-555-0976, 901-555-0100"}),
    Twin("number_impossible", {"numbers": "1 206-555-0100"}),
    Twin("number_duplicate", {"numbers": ["206-555-0100", "206-555-0101"]}),
    Twin("number_vanity", {**TOLL_FREE, "numbers": "1-800-356-9377"}),
    Twin("range_backwards", {"numbers": "206-555-0100 to 0100"}),
    Twin("range_unreadable", {"numbers": "206-555-0100 to 206-555-0101"}),
    Twin("numbers_too_many", {"numbers": "206-555-0000 to 4999", "btn": "212-555-0190"}),
    Twin("numbers_project", {"numbers": [f"206-555-01{n}0 to 01{n}1" for n in range(10)],
                             "btn": "212-555-0190"}),
    Twin("numbers_many_countries", {"numbers": "206-555-0100, 212-555-0100"}),
    Twin("numbers_other_country", {**BRITISH, "numbers": "+44 20 7946 0100"}, ABROAD),
    Twin("numbers_split", {"number_type": "", "numbers": "206-555-0100, 212-555-0100"}),
    Twin("number_type_invalid", {**TOLL_FREE, "number_type": "toll_free"}),
    Twin("number_type_differs", {"number_type": "", "numbers": "206-555-0100"}),
    Twin("number_type_differs", {"number_type": "toll_free", "numbers": ""},
         ("numbers_required", "btn_toll_free")),
    Twin("numbers_in_case", around=replace(BARE, taken=OTHERS)),
    Twin("numbers_in_draft", around=replace(BARE, drafts=OTHERS)),
    Twin("numbers_in_inventory", around=replace(BARE, inventory=OTHERS)),
    Twin("numbers_not_in_inventory", PORT_OUT, around=replace(BARE, inventory=HELD)),
    Twin("numbers_not_in_inventory", PORT_OUT, around=BARE),
    Twin("platform_differs", PORT_OUT,
         around=replace(BARE, platforms=dict.fromkeys(HELD, "voice_connector"))),
    Twin("inventory_full", around=replace(BARE, inventory_room=5)),
)  # fmt: skip
PLATFORM: Final = (
    Twin("platform_required", {"platform": "sip_media_application"}),
    Twin("platform_invalid", {"platform": " voice_connector "}),
    Twin("platform_closed", {"platform": "voice_connector"}),
    Twin("platform_no_toll_free", TOLL_FREE),
    Twin("platform_mixed_types", {"number_type": "", "numbers": "206-555-0100, 800-555-0100"},
         ("numbers_split",)),
    Twin("platform_us_only", BRITISH, ABROAD),
    Twin("country_invalid", {**BRITISH, "country": "gb"}, ABROAD),
    Twin("country_not_portable", BRITISH, ABROAD),
    Twin("country_ranges_only", _caribbean("876-555-0100 to 0101"),
         ("country_whole_ranges", *ABROAD)),
    Twin("country_whole_ranges", BRITISH, ABROAD),
    Twin("country_ask_first", BRITISH, ABROAD),
    Twin("country_unlisted", BRITISH, ABROAD),
    Twin("country_documents"),
    Twin("port_out_blocks", {**PORT_OUT, "platform": "sip_media_application", "country": "SG",
                             "numbers": "6123 4560 to 4569"}),
    Twin("port_out_blocks", {**PORT_OUT, "numbers": "206-555-0101"}),
    Twin("usage_volume_required", {"usage_volume": ""}),
    Twin("usage_volume_required", BRITISH, ABROAD),
    Twin("usage_volume_missing", {**BRITISH, **CONNECT}, ABROAD),
)  # fmt: skip
BTN: Final = (
    Twin("btn_required", TOLL_FREE),
    Twin("btn_required", BRITISH, ABROAD),
    Twin("btn_invalid", {"btn": "(206) 555 0190"}),
    Twin("btn_not_local", {"btn": "212-555-0190"}),
    Twin("btn_toll_free", TOLL_FREE),
    Twin("btn_option_required", CLOSED),
    Twin("btn_option_required", {"btn": "206-555-0105"}),
    Twin("btn_option_invalid", CLOSED),
    Twin("btn_option_not_allowed", CLOSED),
    Twin("btn_each_own", CLOSED),
    Twin("btn_close_leaves_numbers", {**CLOSED, **_record(**MOVED)}),
    Twin("btn_close_leaves_numbers", {**CLOSED, **_record(**MOVED, numbers="")}),
    Twin("new_btn_required", REPLACED),
    Twin("new_btn_required", CLOSED),
    Twin("new_btn_invalid", {**REPLACED, "new_btn": "212-555-0190"}),
    Twin("new_btn_is_old", REPLACED),
    Twin("new_btn_ported", REPLACED),
    Twin("new_btn_not_on_account",
         {**REPLACED, **_record(**MOVED, numbers="206-555-0100 to 0105")},
         ("numbers_stay_behind",)),
    Twin("new_btn_not_on_account", {**REPLACED, **_record(**MOVED, numbers=None)}),
    Twin("new_btn_unused", REPLACED),
)  # fmt: skip
PEOPLE: Final = (
    Twin("customer_name_required", {"customer_name": "7"}),
    Twin("street_address_required", {"street_address": "1 A"}),
    Twin("city_required", {"city": "Y"}),
    Twin("state_required", BRITISH, ABROAD),
    Twin("postal_code_required", {**_caribbean("876-555-0100 to 0109")},
         ("country_whole_ranges", *ABROAD)),
    Twin("authorized_person_required", {"authorized_person": "Li"}),
    Twin("authorized_title_required", {"authorized_title": "VP"}),
    Twin("contact_email_required", {**LEAVES_CONNECT, "region": "us-east-1", "contact_email": ""}),
    Twin("losing_carrier_missing", {"losing_carrier": "A"}),
    Twin("account_number_missing", {"account_number": "1"}),
    Twin("placeholder", {"customer_name": "Unknown Books LLC", "authorized_person": "Nan Test"}),
    Twin("placeholder", {"authorized_title": "No. 1", "city": "Testa"}),
    Twin("control_characters", {"authorized_person": "می\u200cخواهم"}),
    Twin("not_in_fonts", {"contact_language": "🥐"},
         around=replace(BARE, unprintable=lambda text: "🥐" if "🥐" in text else "")),
    Twin("too_long", {"street_address": f"1 {'a' * 198}"}),
    Twin("customer_name_cut", {"customer_name": "Harbor Books and Sons LLC"}),
    Twin("authorized_person_cut", {"authorized_person": "Maximilian Feat"}),
    Twin("po_box", {"street_address": "12 Box Hill Road", "unit": "Box Office"}),
    Twin("postal_code_invalid", {"postal_code": "98101-1234"}),
    Twin("state_invalid", {"state": "Washington"}, ("state_spelled_out",)),
    Twin("state_spelled_out", {"state": "wa"}),
    Twin("contact_email_invalid", {"contact_email": "o'hara@example.com"}),
    Twin("contact_phone_invalid", {"contact_phone": "+44 20 7946 0170"}),
    Twin("contact_phone_invalid", {"contact_phone": ""}),
    Twin("service_pin_invalid", {"service_pin": "A1b2C3d4E5"}),
)  # fmt: skip
COMPARED: Final = (
    Twin("record_differs", _record(customer_name="HARBOR BOOKS LLC", city="SEATTLE")),
    Twin("record_differs", {**_record(), "csr": {"numbers": RECORD["numbers"]}}),
    Twin("record_nearly_equal", _record(unit="SUITE 4")),
    Twin("record_only_here", _record(street_address="100 Main Street Suite 4", unit=None)),
    Twin("record_only_here", {"unit": "", **_record(unit=None)}),
    Twin("record_account_differs", _record(account_number=None)),
    Twin("record_account_differs", {"account_number": "", **_record()},
         ("account_number_missing",)),
    Twin("record_account_punctuation", _record()),
    Twin("record_btn_differs", _record(btn="+1 (206) 555.0190")),
    Twin("record_btn_differs", _record(btn="not shown")),
    Twin("record_btn_differs", {**TOLL_FREE, **_record(btn="206-555-0191", numbers=None)}),
    Twin("record_unreadable", _record(numbers="206-555-0100 to 0104")),
    Twin("numbers_not_on_record", _record(numbers="")),
    Twin("numbers_not_on_record", _record(numbers="206-555-0100 to 0105"),
         ("numbers_stay_behind",)),
    Twin("numbers_stay_behind", _record(numbers="206-555-0100 to 0104")),
)  # fmt: skip
DATES: Final = (
    Twin("requested_date_required", _connect(requested_date="", requested_time=""),
         ("requested_date_missing",)),
    Twin("requested_date_missing", CONNECT),
    Twin("requested_date_invalid", {"requested_date": "2026-12-10"}),
    Twin("requested_date_past", {"requested_date": "2026-12-01"}, ("requested_date_too_soon",)),
    Twin("requested_date_weekend", {"requested_date": "2026-12-11"}),
    Twin("requested_date_holiday", {"requested_date": "2026-12-24", **UNSIGNED}),
    Twin("requested_date_carrier_closed", around=replace(
        BARE,
        carrier_policies={
            "other telecom": CarrierPolicy(closed_days={date(2026, 12, 9): "stocktaking"}),
            "example telecom": CarrierPolicy(closed_days={date(2026, 12, 10): "stocktaking"}),
        })),
    Twin("requested_date_too_soon", {"requested_date": "2026-12-03"},
         ("requested_date_short_notice",)),
    Twin("requested_date_short_notice", {"requested_date": "2026-12-07"}),
    Twin("requested_date_too_far", {"requested_date": "2026-12-31", **UNSIGNED}),
    Twin("requested_date_hopeful", {**BRITISH, "requested_date": "2027-02-01"}, ABROAD),
    Twin("requested_time_required", _connect(requested_time=""), ("requested_time_missing",)),
    Twin("requested_time_missing", _connect(requested_date="", requested_time=""),
         ("requested_date_missing",)),
    Twin("requested_time_invalid", {"requested_time": "9:05"}),
    Twin("requested_time_skipped",
         {"today": "2026-03-02", "requested_date": "2026-03-09", "requested_time": "08:30",
          **UNSIGNED}),
    Twin("requested_time_twice",
         {"today": "2026-10-20", "requested_date": "2026-11-02", "requested_time": "08:30",
          **UNSIGNED}),
    Twin("requested_time_outside", {"requested_time": "17:59"}),
    Twin("time_zone_required", _connect(requested_time="", time_zone=""),
         ("requested_time_missing",)),
    Twin("time_zone_invalid", {"time_zone": "America/Indiana/Knox"}),
)  # fmt: skip
LETTER: Final = (
    Twin("loa_signed_on_invalid", UNSIGNED),
    Twin("loa_signed_on_future", {"loa_signed_on": "2026-12-01"}),
    Twin("loa_too_old", {"loa_signed_on": "2026-11-16"},
         ("loa_expires_soon", "loa_old_on_the_day")),
    Twin("loa_expires_soon", {"loa_signed_on": "2026-11-20"}, ("loa_old_on_the_day",)),
    Twin("loa_old_on_the_day", {"requested_date": "2026-12-16"}),
    Twin("signature_invalid", {"signature": "ink"}),
    Twin("signature_electronic", {"signature": "electronic"}, around=replace(
        BARE, carrier_policies={"example telecom": CarrierPolicy("electronic")})),
)  # fmt: skip
CONTACT: Final = (
    Twin("instance_arn_required", _connect(support_plan="basic", instance_arn="")),
    Twin("instance_arn_required", {**PORT_OUT, "platform": "sip_media_application"}),
    Twin("instance_arn_invalid", _connect(instance_arn=ARN.replace(":aws:", ":aws-us-gov:"))),
    Twin("region_required", {**LEAVES_CONNECT, "region": "us-east-1"}),
    Twin("region_missing", _connect(region="")),
    Twin("region_missing", _connect(support_plan="basic", instance_arn="", region="us-west-2")),
    Twin("region_invalid", _connect(
        instance_arn=ARN.replace("us-east-1", "us-gov-west-1"), region="us-gov-west-1")),
    Twin("region_differs", CONNECT),
    Twin("support_plan_missing", {"support_plan": ""}),
    Twin("support_plan_invalid", _connect(support_plan="basic")),
    Twin("severity_missing", _connect(support_plan="basic", severity="")),
    Twin("severity_unknown", _connect(severity="Production system down")),
    Twin("contact_method_missing", _connect(contact_method="phone")),
    Twin("contact_method_invalid", _connect(contact_method="web")),
    Twin("contact_phone_required", _connect(contact_method="web", contact_phone="")),
    Twin("contact_language_missing", {"contact_language": ""}),
    Twin("winning_carrier_required", {**LEAVES_CONNECT, "region": "us-east-1"}),
    Twin("winning_carrier_missing", PORT_OUT),
    Twin("pin_invalid", {**PORT_OUT, "pin": "0042"}),
    Twin("pin_invalid", {**PORT_OUT, "pin": ""}),
)  # fmt: skip
TWINS: Final = (*NUMBERS, *PLATFORM, *BTN, *PEOPLE, *COMPARED, *DATES, *LETTER, *CONTACT)
