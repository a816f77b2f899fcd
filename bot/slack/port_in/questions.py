"""The questions of the intake as one table: where each stands, how it is asked, and when."""

from enum import StrEnum
from typing import Final

from bot.slack.blocks.fitting import LONGEST_TYPED
from bot.slack.modals.form_state import FormState
from bot.slack.modals.question import Field, Kind, always


class Step(StrEnum):
    """The pages of the form, in order; the review has no questions."""

    NUMBERS = "numbers"
    ACCOUNT = "account"
    CUSTOMER = "customer"
    PAPERS = "papers"
    RECORD = "record"
    REVIEW = "review"


ASKING: Final = tuple(step for step in Step if step is not Step.REVIEW)


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
_STEPS: Final = {field.name: field.step for field in FIELDS}
LONG: Final = tuple(field.name for field in FIELDS if field.kind is Kind.LONG)
TYPED: Final = tuple(f.name for f in FIELDS if f.kind in {Kind.TEXT, Kind.LONG, Kind.EMAIL})
FILE_FIELDS: Final = frozenset(field.name for field in FIELDS if field.kind is Kind.FILES)


def step_of(name: str) -> Step:
    """Return where a field is asked; what the form does not ask belongs to the numbers."""
    return _STEPS.get(name, Step.NUMBERS)


def is_long(name: str, text: str) -> bool:
    """Say whether a typed answer is longer than an input may show: it is kept, unless replaced."""
    return name in TYPED and len(text) > LONGEST_TYPED


def is_needed(field: Field[Step], state: FormState) -> bool:
    """Say whether Slack must insist on an answer."""
    return field.needed(state) and not is_long(field.name, state.text(field.name))


def asked_fields(step: Step, state: FormState) -> tuple[Field[Step], ...]:
    """Return the questions of a step that apply to what is known by now."""
    return tuple(field for field in FIELDS if field.step is step and field.asked(state))


def moot_fields(step: Step, state: FormState) -> dict[str, str]:
    """Return empty answers for the questions of a step that fell away."""
    fields = (field for field in FIELDS if field.step is step and field.moot)
    return {field.name: "" for field in fields if not field.asked(state) and state.text(field.name)}


def steps(state: FormState) -> tuple[Step, ...]:
    """Return the pages for a request; the one about the record only where there is a record."""
    return tuple(step for step in Step if step is not Step.RECORD or state.has_record)


def beside(step: Step, places: int, state: FormState) -> Step:
    """Return the page so many places after (or before) this one, staying inside the form."""
    shown = steps(state)
    # Whoever asked for the page about the record is on it, whether or not there is one.
    at = shown.index(step) if step in shown else shown.index(Step.REVIEW) - (places > 0)
    return shown[min(max(at + places, 0), len(shown) - 1)]
