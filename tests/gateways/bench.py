"""What a gateway is put on to be checked, and the requests that it gets there."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.desk.gateways.gateway import CarrierGateway
from bot.domain.gateway.aws_forms import Ask, Purpose
from bot.domain.gateway.outcomes import (
    Asked,
    FailureCode,
    Outcome,
)
from bot.domain.gateway.requests import (
    Assignee,
    CarrierAnswer,
    Filing,
    NumberChange,
    NumberOperation,
    NumberOrder,
    Request,
    Target,
)
from bot.domain.intake.intake import Platform
from bot.domain.port_out.requests import Reason
from bot.slack.blocks.manual_steps import steps_blocks
from bot.wording.templates import Templates

WORDS: Final = Templates()
TARGET: Final = Target(Assignee.VOICE_CONNECTOR, "front-desk")
SECRET: Final = "S3CRET99"
WELL: Final = "+12065550190"


@dataclass(frozen=True)
class Bench:
    """A gateway, and what a check may know of the platform behind it.

    `numbers` are two for each operation to which it can be done, `unknown` is one that the
    platform does not have; `TARGET` exists there. `effects` counts what was really done, and
    `fail_next` lets the platform refuse the next item, or (None) do it and lose its answer.
    """

    gateway: CarrierGateway
    numbers: Mapping[NumberOperation, tuple[str, str]]
    unknown: str
    effects: Callable[[], int]
    fail_next: Callable[[FailureCode | None], None]


@dataclass(frozen=True)
class Attempt:
    """A request of one item, and what makes it."""

    request: Request
    run: Callable[[], Outcome]


def a_filing(key: str = "file", *numbers: str, purpose: Purpose = Purpose.PORT_IN) -> Filing:
    """Return a request to the support in which somebody left secrets by mistake."""
    given = dict.fromkeys(("account_number", "service_pin", "account_id", "pin"), SECRET)
    return Filing(key, Ask(purpose, Platform.VOICE_CONNECTOR, numbers or (WELL,), given))


def an_answer(key: str = "answer", *numbers: str) -> CarrierAnswer:
    """Return a no to a carrier."""
    return CarrierAnswer(key, "New Telecom", numbers or (WELL,), False, Reason.PIN_INVALID)


def an_order(key: str = "order", platform: Platform = Platform.VOICE_CONNECTOR) -> NumberOrder:
    """Return an order of two numbers."""
    return NumberOrder(key, platform, "US", "local", 2, "206")


def a_change(operation: NumberOperation, *numbers: str, key: str = "change") -> NumberChange:
    """Return an operation on some numbers, with all that it needs."""
    releases = operation is NumberOperation.RELEASE
    platform = Platform.CONNECT if releases else Platform.VOICE_CONNECTOR
    product = Platform.SIP_MEDIA_APPLICATION
    return NumberChange(key, operation, platform, numbers, TARGET, product, "Bakery 1")


def attempts(bench: Bench) -> list[Attempt]:
    """Return a good request of each kind."""
    gateway, filing, answer, order = bench.gateway, a_filing(), an_answer(), an_order()
    changes = [
        a_change(operation, bench.numbers[operation][0], key=operation)
        for operation in NumberOperation
    ]
    return [
        Attempt(filing, lambda: gateway.file(filing)),
        Attempt(answer, lambda: gateway.answer(answer)),
        Attempt(order, lambda: gateway.order(order)),
        *(Attempt(change, partial(_only, gateway, change)) for change in changes),
    ]


def _only(gateway: CarrierGateway, change: NumberChange) -> Outcome:
    (outcome,) = gateway.change(change)
    return outcome


def done_by_gateway(bench: Bench) -> list[Attempt]:
    """Return those of the requests that the gateway carries out itself."""
    return [attempt for attempt in attempts(bench) if bench.gateway.does(attempt.request)]


def told(outcome: Outcome) -> str:
    """Return all that people get to see of an outcome."""
    if not isinstance(outcome, Asked):
        return repr(outcome)
    return json.dumps([block.to_dict() for block in steps_blocks(WORDS, outcome.steps)])
