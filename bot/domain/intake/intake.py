"""An intake: what a person asks for, parsed at the door and not yet judged."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictStr,
    TypeAdapter,
    ValidationError,
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


def _text(value: object) -> object:
    """Trim text; nothing counts as empty, and a whole number is taken as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        # A number with thousands of digits cannot even be turned into text by Python.
        return str(value) if abs(value) < 10**20 else value
    return _whole(value.strip()) if isinstance(value, str) else value


def _exact(value: object) -> object:
    if value is None:
        return ""
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str) -> str:
    # Half a letter can come out of JSON, but can be neither stored nor printed.
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError
    return text


def _list(value: object) -> object:
    return [_text(entry) for entry in value] if isinstance(value, (list, tuple)) else _text(value)


def _day(value: object) -> object:
    return None if value == "" else value


Text = Annotated[StrictStr, BeforeValidator(_text)]
# Taken exactly: a number would have lost its leading zeros, and a blank is not a letter or digit.
Pin = Annotated[StrictStr, BeforeValidator(_exact)]
Numbers = Annotated[StrictStr | tuple[StrictStr, ...], BeforeValidator(_list)]
# Within these years every sum with days and zones stays inside the calendar of Python.
Today = Annotated[
    Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))] | None, BeforeValidator(_day)
]


class _Facts(BaseModel):
    """Unknown keys are ignored, so that newer forms can talk to an older desk."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class CustomerServiceRecord(_Facts):
    """The carrier's own record of the customer (CSR) or bill; None is what it does not show."""

    customer_name: Text | None = None
    street_address: Text | None = None
    unit: Text | None = None
    city: Text | None = None
    state: Text | None = None
    postal_code: Text | None = None
    authorized_person: Text | None = None
    btn: Text | None = None
    account_number: Text | None = Field(default=None, repr=False)
    numbers: Numbers | None = None


class PortIn(_Facts):
    """A request to bring numbers in; every text is trimmed, "" where nothing was given.

    `carriers` (number as typed → losing carrier) comes from a file with such a column. `split` is
    "yes" where numbers of several countries are to become linked cases (S1); `address_country` is
    the country of the service address where it is not that of the numbers.
    `today` stands for the current day where it is given.
    """

    kind: Literal["port_in"]
    platform: Text = ""
    country: Text = ""
    number_type: Text = ""
    numbers: Numbers = ""
    carriers: Mapping[str, str] = Field(default_factory=dict)
    split: Text = ""
    address_country: Text = ""
    btn: Text = ""
    btn_option: Text = ""
    new_btn: Text = ""
    losing_carrier: Text = ""
    account_number: Text = Field(default="", repr=False)
    service_pin: Pin = Field(default="", repr=False)
    customer_name: Text = ""
    street_address: Text = ""
    unit: Text = ""
    city: Text = ""
    state: Text = ""
    postal_code: Text = ""
    authorized_person: Text = ""
    authorized_title: Text = ""
    contact_email: Text = ""
    contact_phone: Text = ""
    requested_date: Text = ""
    requested_time: Text = ""
    time_zone: Text = ""
    loa_signed_on: Text = ""
    signature: Text = ""
    usage_volume: Text = ""
    instance_arn: Text = ""
    region: Text = ""
    support_plan: Text = ""
    severity: Text = ""
    contact_method: Text = ""
    contact_language: Text = ""
    csr: CustomerServiceRecord | None = None
    today: Today = None


class PortOut(_Facts):
    """A request to let numbers go, or to hand out what the winning carrier needs."""

    kind: Literal["port_out"]
    platform: Text = ""
    country: Text = ""
    numbers: Numbers = ""
    winning_carrier: Text = ""
    account_id: Text = Field(default="", repr=False)
    pin: Pin = Field(default="", repr=False)
    contact_email: Text = ""
    instance_arn: Text = ""
    region: Text = ""
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
