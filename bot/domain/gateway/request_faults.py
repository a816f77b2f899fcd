"""What is wrong with a request before any platform is asked: the same for every gateway.

What a platform knows better (who has the number, whether it is assigned, limits) is not judged.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from bot.domain.gateway.console_steps import ORDERS, console_row
from bot.domain.gateway.outcomes import FailureCode
from bot.domain.gateway.requests import (
    CarrierAnswer,
    Filing,
    NumberChange,
    NumberOperation,
    NumberOrder,
)
from bot.domain.intake.platforms import Service, of_service
from bot.domain.numbers.phone_number import is_e164, known_country

# The pattern of the platform's own interface (K); an empty name takes it away.
_CALLING_NAME: Final = re.compile(r"[a-zA-Z0-9 ]{2,15}|")


def number_fault(number: str) -> FailureCode | None:
    """Return what is wrong with a text that should be a number in E.164."""
    return None if is_e164(number) else FailureCode.INVALID


def filing_fault(filing: Filing) -> FailureCode | None:
    """Return why a request cannot be filed: it names no number, or something that is none."""
    return _fault_of_all(filing.ask.numbers)


def answer_fault(answer: CarrierAnswer) -> FailureCode | None:
    """Return why a carrier cannot be told this; a no needs its reason (B)."""
    if not answer.approved and answer.reason is None:
        return FailureCode.INVALID
    return _fault_of_all(answer.numbers)


def _fault_of_all(numbers: Iterable[str]) -> FailureCode | None:
    faults = [number_fault(number) for number in numbers] or [FailureCode.INVALID]
    return next((fault for fault in faults if fault), None)


def order_fault(order: NumberOrder) -> FailureCode | None:
    """Return why numbers cannot be ordered like this."""
    if order.platform not in ORDERS:
        return FailureCode.NOT_ALLOWED
    whole = order.count > 0 and known_country(order.country)
    return None if whole else FailureCode.INVALID


def change_faults(change: NumberChange) -> tuple[FailureCode | None, ...]:
    """Return what is wrong for each number, in its place; one that comes again is invalid."""
    fault = _change_fault(change)
    first = {number: place for place, number in reversed(list(enumerate(change.numbers)))}
    return tuple(
        fault or number_fault(number) or (FailureCode.INVALID if first[number] != place else None)
        for place, number in enumerate(change.numbers)
    )


def _change_fault(change: NumberChange) -> FailureCode | None:
    if console_row(change.operation, change.platform) is None:
        return FailureCode.NOT_ALLOWED
    needs = _NEEDS.get(change.operation)
    return None if needs is None or needs(change) else FailureCode.INVALID


def _has_target(change: NumberChange) -> bool:
    row, target = console_row(change.operation, change.platform), change.target
    return bool(row and target and target.kind in row.targets and target.name.strip())


def _has_product(change: NumberChange) -> bool:
    # A product of which nobody can order a number any more is none to change to.
    return change.product in of_service(Service.CHIME) & (ORDERS.keys() - {change.platform})


def _has_calling_name(change: NumberChange) -> bool:
    return _CALLING_NAME.fullmatch(change.calling_name) is not None


_NEEDS: Final[Mapping[NumberOperation, Callable[[NumberChange], bool]]] = {
    NumberOperation.ASSIGN: _has_target,
    NumberOperation.SET_PRODUCT: _has_product,
    NumberOperation.SET_CALLING_NAME: _has_calling_name,
}
