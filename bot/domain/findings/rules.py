"""The rule book as a table: every remark that a check can make, and which source it comes from.

`docs/sources.md` explains the source keys. A rule of field "*" speaks about whichever field it is
found in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.findings.finding import Finding, Severity

E: Final = Severity.ERROR
W: Final = Severity.WARNING
ANY_FIELD: Final = "*"


@dataclass(frozen=True)
class Rule:
    """One row of the rule book; `subject` is the chapter it belongs to."""

    code: str
    field: str
    severity: Severity
    source: str
    subject: str


def _chapter(subject: str, rows: Iterable[tuple[str, str, Severity, str]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(code, field, severity, source, subject) for code, field, severity, source in rows
    )


RULES: Final[tuple[Rule, ...]] = (
    *_chapter(
        "Numbers",
        [
            ("numbers_required", "numbers", E, "S2"),
            ("number_extension", "numbers", E, "I"),
            ("number_unreadable", "numbers", E, "I"),
            ("number_n11", "numbers", E, "I"),
            ("number_short_code", "numbers", E, "I"),
            ("number_premium", "numbers", E, "I"),
            ("number_impossible", "numbers", E, "I"),
            ("number_duplicate", "numbers", E, "I"),
            ("number_vanity", "numbers", W, "I"),
            ("range_backwards", "numbers", E, "I"),
            ("range_unreadable", "numbers", E, "I"),
            ("numbers_too_many", "numbers", E, "B"),
            ("numbers_project", "numbers", W, "C"),
            ("numbers_many_countries", "numbers", E, "S1"),
            ("numbers_other_country", "numbers", E, "S1"),
            ("numbers_split", "numbers", W, "S1"),
            ("number_type_invalid", "number_type", E, "S3"),
            ("number_type_differs", "number_type", E, "S3"),
            ("numbers_in_case", "numbers", E, "I"),
            ("numbers_in_draft", "numbers", W, "I"),
            ("numbers_in_inventory", "numbers", E, "I"),
            ("numbers_not_in_inventory", "numbers", E, "S4"),
            ("platform_differs", "platform", W, "I"),
            ("inventory_full", "numbers", W, "S4"),
        ],
    ),
    *_chapter(
        "Platform and country",
        [
            ("platform_required", "platform", E, "S2"),
            ("platform_invalid", "platform", E, "S2"),
            ("platform_closed", "platform", W, "K"),
            ("platform_no_toll_free", "platform", E, "S2"),
            ("platform_mixed_types", "numbers", E, "S2"),
            ("platform_us_only", "platform", E, "S3"),
            ("country_invalid", "country", E, "S3"),
            ("country_not_portable", "country", E, "C"),
            ("country_ranges_only", "numbers", E, "C"),
            ("country_whole_ranges", "numbers", W, "C"),
            ("country_ask_first", "country", W, "C"),
            ("country_unlisted", "country", W, "I"),
            ("country_documents", "country", W, "K"),
            ("port_out_blocks", "numbers", W, "C"),
            ("usage_volume_required", "usage_volume", E, "S3"),
            ("usage_volume_missing", "usage_volume", W, "S3"),
        ],
    ),
    *_chapter(
        "BTN",
        [
            ("btn_required", "btn", E, "S2"),
            ("btn_invalid", "btn", E, "S2"),
            ("btn_not_local", "btn", E, "I"),
            ("btn_toll_free", "btn", E, "B"),
            ("btn_option_required", "btn_option", E, "S2"),
            ("btn_option_invalid", "btn_option", E, "S2"),
            ("btn_option_not_allowed", "btn_option", E, "S2"),
            ("btn_each_own", "btn_option", W, "S2"),
            ("btn_close_leaves_numbers", "btn_option", E, "S2"),
            ("new_btn_required", "new_btn", E, "S2"),
            ("new_btn_invalid", "new_btn", E, "B"),
            ("new_btn_is_old", "new_btn", E, "B"),
            ("new_btn_ported", "new_btn", E, "B"),
            ("new_btn_not_on_account", "new_btn", E, "B"),
            ("new_btn_unused", "new_btn", W, "S2"),
        ],
    ),
    *_chapter(
        "Names and addresses",
        [
            ("customer_name_required", "customer_name", E, "S2"),
            ("street_address_required", "street_address", E, "S2"),
            ("city_required", "city", E, "S2"),
            ("state_required", "state", E, "S2"),
            ("postal_code_required", "postal_code", E, "S2"),
            ("authorized_person_required", "authorized_person", E, "S2"),
            ("authorized_title_required", "authorized_title", E, "S1"),
            ("contact_email_required", "contact_email", E, "S2"),
            ("losing_carrier_missing", "losing_carrier", W, "S2"),
            ("account_number_missing", "account_number", W, "S2"),
            ("placeholder", ANY_FIELD, E, "C"),
            ("control_characters", ANY_FIELD, E, "I"),
            ("not_in_fonts", ANY_FIELD, E, "I"),
            ("too_long", ANY_FIELD, E, "I"),
            ("customer_name_cut", "customer_name", W, "I"),
            ("authorized_person_cut", "authorized_person", W, "I"),
            ("po_box", ANY_FIELD, E, "C"),
            ("postal_code_invalid", "postal_code", E, "I"),
            ("state_invalid", "state", E, "I"),
            ("state_spelled_out", "state", W, "I"),
            ("contact_email_invalid", "contact_email", E, "I"),
            ("contact_phone_invalid", "contact_phone", E, "I"),
            ("service_pin_invalid", "service_pin", E, "S3"),
        ],
    ),
    *_chapter(
        "The carrier's record",
        [
            ("record_differs", ANY_FIELD, E, "S2"),
            ("record_nearly_equal", ANY_FIELD, W, "I"),
            ("record_only_here", ANY_FIELD, W, "I"),
            ("record_account_differs", "account_number", E, "B"),
            ("record_account_punctuation", "account_number", W, "I"),
            ("record_btn_differs", "btn", E, "B"),
            ("record_unreadable", "csr", W, "I"),
            ("numbers_not_on_record", "numbers", E, "B"),
            ("numbers_stay_behind", "numbers", W, "S2"),
        ],
    ),
    *_chapter(
        "Date and time",
        [
            ("requested_date_required", "requested_date", E, "S2"),
            ("requested_date_missing", "requested_date", W, "S1"),
            ("requested_date_invalid", "requested_date", E, "C"),
            ("requested_date_past", "requested_date", E, "I"),
            ("requested_date_weekend", "requested_date", E, "C"),
            ("requested_date_holiday", "requested_date", E, "I"),
            ("requested_date_carrier_closed", "requested_date", E, "F"),
            ("requested_date_too_soon", "requested_date", E, "B"),
            ("requested_date_short_notice", "requested_date", W, "F"),
            ("requested_date_too_far", "requested_date", E, "C"),
            ("requested_date_hopeful", "requested_date", W, "C"),
            ("requested_time_required", "requested_time", E, "S2"),
            ("requested_time_missing", "requested_time", W, "S1"),
            ("requested_time_invalid", "requested_time", E, "C"),
            ("requested_time_skipped", "requested_time", E, "I"),
            ("requested_time_twice", "requested_time", W, "I"),
            ("requested_time_outside", "requested_time", E, "C"),
            ("time_zone_required", "time_zone", E, "C"),
            ("time_zone_invalid", "time_zone", E, "C"),
        ],
    ),
    *_chapter(
        "The letter",
        [
            ("loa_signed_on_invalid", "loa_signed_on", E, "S1"),
            ("loa_signed_on_future", "loa_signed_on", E, "S1"),
            ("loa_too_old", "loa_signed_on", E, "S1"),
            ("loa_expires_soon", "loa_signed_on", W, "S1"),
            ("loa_old_on_the_day", "loa_signed_on", W, "S1"),
            ("signature_invalid", "signature", E, "S1"),
            ("signature_electronic", "signature", E, "S1"),
        ],
    ),
    *_chapter(
        "Amazon Connect",
        [
            ("instance_arn_required", "instance_arn", E, "S1"),
            ("instance_arn_invalid", "instance_arn", E, "S1"),
            ("region_required", "region", E, "C"),
            ("region_missing", "region", W, "S1"),
            ("region_invalid", "region", E, "S1"),
            ("region_differs", "region", E, "S1"),
            ("support_plan_missing", "support_plan", W, "S1"),
            ("support_plan_invalid", "support_plan", E, "S1"),
            ("severity_missing", "severity", W, "S1"),
            ("severity_unknown", "severity", W, "I"),
            ("contact_method_missing", "contact_method", W, "S1"),
            ("contact_method_invalid", "contact_method", E, "S1"),
            ("contact_phone_required", "contact_phone", E, "S1"),
            ("contact_language_missing", "contact_language", W, "S1"),
        ],
    ),
    *_chapter(
        "Moving away",
        [
            ("winning_carrier_required", "winning_carrier", E, "C"),
            ("winning_carrier_missing", "winning_carrier", W, "S2"),
            ("pin_invalid", "pin", E, "S3"),
        ],
    ),
)

_BY_CODE: Final = {rule.code: rule for rule in RULES}


def found(code: str, field: str | None = None, /, **params: Any) -> Finding:
    """Return a finding by the rule of that code; `field` only where the rule leaves it open."""
    rule = _BY_CODE[code]
    where = rule.field if field is None else field
    return Finding(where, code, rule.severity, rule.source, params)


def rules_as_markdown() -> str:
    """Return the rule book as Markdown tables, one for each chapter (for docs/rules.md)."""
    chapters = dict.fromkeys(rule.subject for rule in RULES)
    return "\n".join(_chapter_as_markdown(subject) for subject in chapters)


def _chapter_as_markdown(subject: str) -> str:
    head = f"## {subject}\n\n| code | field | severity | source |\n|---|---|---|---|\n"
    rows = (
        f"| `{rule.code}` | {'any' if rule.field == ANY_FIELD else f'`{rule.field}`'} "
        f"| {rule.severity} | {rule.source} |\n"
        for rule in RULES
        if rule.subject == subject
    )
    return head + "".join(rows)
