"""The questions of the intake as one table: where each stands, how it is asked, and when."""

from enum import StrEnum
from typing import Final

from bot.slack.modals.question import Field, Kind, always


class Step(StrEnum):
    """The pages of the form, in order; the review has no questions."""

    NUMBERS = "numbers"
    ACCOUNT = "account"
    CUSTOMER = "customer"
    PAPERS = "papers"
    RECORD = "record"
    REVIEW = "review"


FIELDS: Final = (
    Field("platform", Step.NUMBERS, Kind.RADIO, always),
    Field("country", Step.NUMBERS, Kind.SELECT, always),
    Field("number_type", Step.NUMBERS, Kind.SELECT, asked=lambda s: s.abroad, moot=True),
    # Optional for Slack, since a file does as well; the rule book asks for one of them.
    Field("numbers", Step.NUMBERS, Kind.LONG),
    Field("numbers_file", Step.NUMBERS, Kind.FILES),
    Field("split", Step.NUMBERS, Kind.RADIO, asked=lambda s: s.many_countries, moot=True),
    Field("losing_carrier", Step.NUMBERS, Kind.SUGGEST),
    Field(
        "btn",
        Step.ACCOUNT,
        needed=lambda s: s.domestic,
        asked=lambda s: s.has_btn,
        moot=True,
    ),
    Field("btn_option", Step.ACCOUNT, Kind.RADIO, always, lambda s: s.ports_btn, moot=True),
    Field("new_btn", Step.ACCOUNT, Kind.TEXT, always, lambda s: s.replaces_btn, moot=True),
    Field("account_number", Step.ACCOUNT),
    Field("service_pin", Step.ACCOUNT),
    Field("customer_name", Step.CUSTOMER, needed=always),
    Field("street_address", Step.CUSTOMER, needed=always),
    Field("unit", Step.CUSTOMER),
    Field("city", Step.CUSTOMER, needed=always),
    Field("state", Step.CUSTOMER, needed=lambda s: s.has_states),
    Field("postal_code", Step.CUSTOMER, needed=lambda s: s.has_postal_codes),
    Field("authorized_person", Step.CUSTOMER, needed=always),
    Field("authorized_title", Step.CUSTOMER, needed=always),
    Field("contact_email", Step.CUSTOMER, Kind.EMAIL, always),
    Field("contact_phone", Step.CUSTOMER),
    Field("requested_date", Step.PAPERS, Kind.DATE, lambda s: s.dated),
    Field("requested_time", Step.PAPERS, Kind.TIME, lambda s: s.dated),
    Field("time_zone", Step.PAPERS, Kind.SELECT, lambda s: s.dated),
    Field("usage_volume", Step.PAPERS, asked=lambda s: s.abroad),
    Field("support_plan", Step.PAPERS, Kind.SELECT, asked=lambda s: s.connect),
    Field("instance_arn", Step.PAPERS, Kind.TEXT, lambda s: s.needs_instance, lambda s: s.connect),
    Field("region", Step.PAPERS, asked=lambda s: s.connect),
    Field("severity", Step.PAPERS, Kind.SELECT, asked=lambda s: s.connect),
    Field("contact_method", Step.PAPERS, Kind.SELECT, asked=lambda s: s.connect),
    Field("contact_language", Step.PAPERS, asked=lambda s: s.connect),
    Field("bill", Step.PAPERS, Kind.FILES, most_files=3),
    Field("csr_copy", Step.PAPERS, Kind.FILES, most_files=3),
    Field("signed_loa", Step.PAPERS, Kind.FILES),
    Field("loa_signed_on", Step.PAPERS, Kind.DATE),
    Field("signature", Step.PAPERS, Kind.RADIO),
    Field("csr_customer_name", Step.RECORD),
    Field("csr_street_address", Step.RECORD),
    Field("csr_unit", Step.RECORD),
    Field("csr_city", Step.RECORD),
    Field("csr_state", Step.RECORD),
    Field("csr_postal_code", Step.RECORD),
    Field("csr_authorized_person", Step.RECORD),
    Field("csr_btn", Step.RECORD, asked=lambda s: s.has_btn),
    Field("account_found", Step.RECORD, Kind.RADIO, asked=lambda s: s.found_account),
    Field("csr_account_number", Step.RECORD),
    Field("csr_numbers", Step.RECORD, Kind.LONG),
)
FILE_FIELDS: Final = frozenset(field.name for field in FIELDS if field.kind is Kind.FILES)
