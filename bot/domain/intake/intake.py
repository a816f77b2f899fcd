"""An intake: what a person asks for, parsed at the door and not yet judged.

What is parsed here is what is judged, stored and printed.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.domain.intake.answers import (
    Code,
    Exact,
    Numbers,
    Pin,
    Shown,
    ShownExact,
    ShownNumbers,
    State,
    Text,
    Ticked,
    Time,
    Today,
    Word,
)
from bot.errors import Refusal


class Platform(StrEnum):
    """Where the numbers go to or come from."""

    CONNECT = "connect"
    BUSINESS_CALLING = "business_calling"
    VOICE_CONNECTOR = "voice_connector"
    SIP_MEDIA_APPLICATION = "sip_media_application"


class BtnOption(StrEnum):
    """What becomes of the account whose BTN leaves (S2, S3)."""

    REPLACE = "replace"
    CLOSE_ACCOUNT = "close_account"
    EACH_OWN_BTN = "each_own_btn"


class NotAnIntake(Refusal):
    """Data that has not the form of an intake at all."""


class _Facts(BaseModel):
    """Unknown keys are ignored, so that newer forms can talk to an older desk."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class CustomerServiceRecord(_Facts):
    """The carrier's own record of the customer (CSR) or bill; None is what it does not show."""

    customer_name: Shown = None
    street_address: Shown = None
    unit: Shown = None
    city: Shown = None
    state: Shown = None
    postal_code: Shown = None
    authorized_person: Shown = None
    btn: Shown = None
    account_number: ShownExact = Field(default=None, repr=False)
    numbers: ShownNumbers = None


def _with_something(record: CustomerServiceRecord | None) -> CustomerServiceRecord | None:
    return None if record == CustomerServiceRecord() else record


Record = Annotated[CustomerServiceRecord | None, AfterValidator(_with_something)]


class PortIn(_Facts):
    """A request to bring numbers in; every text is parsed, "" where nothing was given.

    Parsed is trimmed, with one blank for several, and in one way where several ways of writing
    mean the same; a PIN stays exactly as it was typed.
    `carriers` (number as typed → losing carrier) comes from a file with such a column. `split` is
    "yes" where numbers of several countries are to become linked cases (S1); `address_country` is
    the country of the service address where it is not that of the numbers.
    `today` stands for the current day where it is given.
    """

    kind: Literal["port_in"]
    platform: Text = ""
    country: Code = ""
    number_type: Text = ""
    numbers: Numbers = ""
    carriers: Mapping[str, str] = Field(default_factory=dict)
    split: Text = ""
    address_country: Code = ""
    btn: Text = ""
    btn_option: Text = ""
    new_btn: Text = ""
    losing_carrier: Text = ""
    account_number: Exact = Field(default="", repr=False)
    service_pin: Pin = Field(default="", repr=False)
    customer_name: Text = ""
    street_address: Text = ""
    unit: Text = ""
    city: Text = ""
    state: State = ""
    postal_code: Code = ""
    authorized_person: Text = ""
    authorized_title: Text = ""
    contact_email: Text = ""
    contact_phone: Text = ""
    requested_date: Text = ""
    requested_time: Time = ""
    time_zone: Text = ""
    loa_signed_on: Text = ""
    signature: Text = ""
    usage_volume: Text = ""
    instance_arn: Text = ""
    region: Text = ""
    support_plan: Text = ""
    severity: Word = ""
    contact_method: Text = ""
    contact_language: Text = ""
    csr: Record = None
    today: Today = None


class PortOut(_Facts):
    """A request to let numbers go, or to hand out what the winning carrier needs.

    `declared` says that the team has the numbers, also those that this desk never brought.
    A winning carrier's account ID, PIN and postal code must match letter by letter (S3).
    """

    kind: Literal["port_out"]
    platform: Text = ""
    country: Code = ""
    numbers: Numbers = ""
    declared: Ticked = False
    winning_carrier: Text = ""
    account_id: Exact = Field(default="", repr=False)
    pin: Pin = Field(default="", repr=False)
    postal_code: Exact = ""
    contact_email: Text = ""
    requested_date: Text = ""
    time_zone: Text = ""
    instance_arn: Text = ""
    region: Text = ""
    instance_name: Text = ""
    today: Today = None


Intake = PortIn | PortOut
_INTAKE: Final[TypeAdapter[Intake]] = TypeAdapter(Annotated[Intake, Field(discriminator="kind")])


def read_intake(data: Any) -> Intake:
    """Take decoded JSON as an intake.

    Raises `NotAnIntake` where it is none: no object, an unknown `kind`, or a field that is neither
    text nor empty. What the text says is judged later, by `rulebook.check`.
    """
    try:
        return _INTAKE.validate_python(data)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise _not_an_intake(fault["loc"]) from None


def _not_an_intake(place: tuple[int | str, ...]) -> NotAnIntake:
    names = [step for step in place if isinstance(step, str)]
    if len(names) < 2:
        return NotAnIntake("not_an_intake")
    return NotAnIntake("not_text", names[1], name=names[1])
