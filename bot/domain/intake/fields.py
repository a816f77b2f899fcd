"""The fields of an intake: one row for each, with all that holds for it anywhere.

A new field is a row here, an attribute of `PortIn` or `PortOut`, a question of the form
(`bot/slack/port_in/questions.py`) and the name that the form gives it
(`templates/intake/labels.toml`). Sentences call it by its name in words, or as
`templates/fields.toml` does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """What a field is about; the last page of the form shows some parts together."""

    CARRIER = "carrier"
    CUSTOMER = "customer"
    SIGNER = "signer"
    CONTACT = "contact"
    BILLING = "billing"
    SUPPORT = "support"
    PORT_OUT = "port_out"


class Needed(StrEnum):
    """Where a port-in cannot do without a field."""

    ALWAYS = "always"
    WISHED = "wished"  # asked "if known": a warning where it is empty
    BY_COUNTRY = "by_country"  # see bot/domain/countries/address_requirements.py
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class IntakeField:
    """One field.

    `secret` is sealed at rest and never shown again, `free_text` is judged as a text that people
    typed, `printed` stands on the letter, `compared` is held against the carrier's record, and
    `detail` is shown with the case.
    """

    name: str
    part: Part
    needed: Needed = Needed.NO
    secret: bool = False
    free_text: bool = False
    printed: bool = False
    compared: bool = False
    detail: bool = False


def _customer(name: str, needed: Needed = Needed.NO) -> IntakeField:
    return IntakeField(
        name=name, part=Part.CUSTOMER, needed=needed,
        free_text=True, printed=True, compared=True, detail=True,
    )  # fmt: skip


def _person(name: str, part: Part, needed: Needed, compared: bool = False) -> IntakeField:
    return IntakeField(
        name=name, part=part, needed=needed,
        free_text=True, printed=True, compared=compared, detail=True,
    )  # fmt: skip


def _billing(name: str, printed: bool = False) -> IntakeField:
    return IntakeField(name=name, part=Part.BILLING, printed=printed, detail=True)


def _support(name: str, free_text: bool = False) -> IntakeField:
    return IntakeField(name=name, part=Part.SUPPORT, free_text=free_text, detail=True)


FIELDS: Final = (
    IntakeField(
        name="losing_carrier",
        part=Part.CARRIER,
        needed=Needed.WISHED,
        free_text=True,
        printed=True,
    ),
    IntakeField(
        name="account_number",
        part=Part.CARRIER,
        needed=Needed.WISHED,
        free_text=True,
        secret=True,
    ),
    IntakeField(name="service_pin", part=Part.CARRIER, secret=True),
    _customer("customer_name", Needed.ALWAYS),
    _customer("street_address", Needed.ALWAYS),
    _customer("unit"),
    _customer("city", Needed.ALWAYS),
    _customer("state", Needed.BY_COUNTRY),
    _customer("postal_code", Needed.BY_COUNTRY),
    IntakeField(name="country", part=Part.CARRIER, detail=True),
    IntakeField(name="address_country", part=Part.CARRIER, printed=True),
    _person("authorized_person", Part.SIGNER, Needed.ALWAYS, compared=True),
    _person("authorized_title", Part.SIGNER, Needed.ALWAYS),
    _person("contact_email", Part.CONTACT, Needed.ALWAYS),
    _person("contact_phone", Part.CONTACT, Needed.NO),
    _billing("btn"),
    _billing("btn_option", printed=True),
    _billing("new_btn"),
    _support("instance_arn"),
    _support("region"),
    _support("support_plan"),
    _support("severity"),
    _support("contact_method"),
    _support("contact_language", free_text=True),
    _support("usage_volume", free_text=True),
    IntakeField(name="winning_carrier", part=Part.PORT_OUT, free_text=True, detail=True),
    IntakeField(name="account_id", part=Part.PORT_OUT, free_text=True, secret=True),
    IntakeField(name="pin", part=Part.PORT_OUT, secret=True),
    IntakeField(name="instance_name", part=Part.PORT_OUT, detail=True),
    IntakeField(name="by_hand", part=Part.PORT_OUT, detail=True),
)


def names(which: Callable[[IntakeField], bool]) -> tuple[str, ...]:
    """Return the names of the fields of which something holds, in the order of the table."""
    return tuple(field.name for field in FIELDS if which(field))


def of_part(part: Part) -> tuple[str, ...]:
    """Return the names of the fields of a part."""
    return names(lambda field: field.part is part)
