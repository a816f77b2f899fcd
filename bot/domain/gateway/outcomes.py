"""How a gateway answers. What goes wrong with an item is an outcome as well, no exception."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.gateway.aws_forms import Ask
from bot.domain.gateway.console_steps import ConsoleSteps
from bot.domain.gateway.requests import CarrierAnswer


class FailureCode(StrEnum):
    """Why something was not done; these are all the reasons that there are."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    LIMIT = "limit"
    NOT_ALLOWED = "not_allowed"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"


_PASSING: Final = frozenset({FailureCode.THROTTLED, FailureCode.UNAVAILABLE})
# What a person needs to do it: the request whose text is written, or steps in a console.
Steps = Ask | CarrierAnswer | ConsoleSteps


@dataclass(frozen=True)
class Done:
    """The platform did it; `reference` is its own name for it, where it gives one."""

    reference: str = ""


@dataclass(frozen=True)
class Asked:
    """Nothing was done yet: a person does it by these steps, and says so afterwards."""

    steps: Steps


@dataclass(frozen=True)
class Failed:
    """Nothing was done, for sure."""

    code: FailureCode

    @property
    def is_passing(self) -> bool:
        """Whether the same request may succeed later, as it is."""
        return self.code in _PASSING


@dataclass(frozen=True)
class OutcomeUnknown:
    """It may have been done or not: the answer of the platform was lost.

    The request is repeated with its key. The gateway then looks first, and does it only if it was
    not done.
    """


Outcome = Done | Asked | Failed | OutcomeUnknown


@dataclass(frozen=True)
class Seen:
    """What the platform says of a number now, in its own words; "" where it says nothing.

    `status` is that of its order until the number has come, then its own; `foc` the date that the
    carrier confirmed, as the platform writes it.
    """

    status: str
    foc: str = ""
    assigned_to: str = ""
    calling_name: str = ""


@dataclass(frozen=True)
class CannotTell:
    """The gateway has no way to ask the platform; a person looks."""


Sight = Seen | CannotTell | Failed
