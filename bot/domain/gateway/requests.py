"""What a gateway is asked to do. No request holds a secret, and each has a key of its own.

The key says that two requests are one: whoever repeats a request repeats its key.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.cases.case import CaseFacts
from bot.domain.gateway.aws_forms import Ask
from bot.domain.gateway.support_request import ask_of
from bot.domain.intake.intake import Platform
from bot.domain.numbers.phone_number import NumberType
from bot.domain.port_out.requests import Answer, Reason, RequestFacts


class NumberOperation(StrEnum):
    """What can be done to numbers that the team has (S4); only Amazon Connect releases (K)."""

    ASSIGN = "assign"
    UNASSIGN = "unassign"
    SET_PRODUCT = "set_product"
    SET_CALLING_NAME = "set_calling_name"
    DELETE = "delete"
    RESTORE = "restore"
    RELEASE = "release"


class Assignee(StrEnum):
    """What a number can be assigned to, by platform (S1, S3, S4)."""

    USER = "user"
    VOICE_CONNECTOR = "voice_connector"
    VOICE_CONNECTOR_GROUP = "voice_connector_group"
    CONTACT_FLOW = "contact_flow"
    SIP_RULE = "sip_rule"


@dataclass(frozen=True)
class Target:
    """One thing that a number is assigned to, by the name that the platform has for it."""

    kind: Assignee
    name: str


@dataclass(frozen=True)
class Filing:
    """A request to the platform's support: to port, or about a PIN."""

    key: str
    ask: Ask


@dataclass(frozen=True)
class CarrierAnswer:
    """What a winning carrier is told: yes, or no for a reason that there is (B).

    `reference` and `received_at` (an aware moment, told in `time_zone`) are of the case that the
    carrier's request belongs to, and are left out where it belongs to none.
    """

    key: str
    carrier: str
    numbers: tuple[str, ...]
    approved: bool
    reason: Reason | None = None
    reference: str = ""
    received_at: datetime | None = None
    time_zone: str = ""


@dataclass(frozen=True)
class NumberChange:
    """One operation on some numbers, in E.164, each of which is an item of its own.

    `target` is what they are assigned to, `product` the platform that they change to, and
    `calling_name` their new name, "" for none.
    """

    key: str
    operation: NumberOperation
    platform: Platform
    numbers: tuple[str, ...]
    target: Target | None = None
    product: Platform | None = None
    calling_name: str = ""


@dataclass(frozen=True)
class NumberOrder:
    """New numbers, `count` of them; `area` is a city or an area code, "" where any will do."""

    key: str
    platform: Platform
    country: str
    number_type: NumberType
    count: int
    area: str = ""


Request = Filing | CarrierAnswer | NumberChange | NumberOrder


def filing_of(case: CaseFacts) -> Filing:
    """Return the request to file a case as it stands; when the case changes it is another one."""
    return Filing(f"{case.reference}/{case.version}", ask_of(case))


def answer_of(case: CaseFacts, request: RequestFacts) -> CarrierAnswer:
    """Return what the winning carrier is told of a request of this case; it is told once."""
    return CarrierAnswer(
        key=f"{case.reference}/request {request.id}",
        carrier=request.carrier,
        numbers=request.numbers,
        approved=request.answer is Answer.APPROVED,
        reason=request.reason,
        reference=case.reference,
        received_at=request.received_at,
        time_zone=case.time_zone,
    )
