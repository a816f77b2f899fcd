"""The way by hand: a person files, answers and clicks; the desk says what and where."""

from collections.abc import Sequence

from bot.domain.gateway.console_steps import ORDERS, ConsoleSteps, console_row
from bot.domain.gateway.outcomes import Asked, CannotTell, Failed, FailureCode, Steps
from bot.domain.gateway.request_faults import (
    answer_fault,
    change_faults,
    filing_fault,
    number_fault,
    order_fault,
)
from bot.domain.gateway.requests import CarrierAnswer, Filing, NumberChange, NumberOrder, Request
from bot.domain.intake.intake import Platform

# A person does it, or nobody can: there is no third.
ByPerson = Asked | Failed


class ByHand:
    """The gateway of a desk that knows no platform: all is asked of a person.

    It remembers nothing. What is asked until somebody says that it is done is the desk's to keep.
    """

    def does(self, request: Request) -> bool:
        """Do nothing by itself."""
        return False

    def file(self, filing: Filing) -> ByPerson:
        """Ask for a support request, by the text that is pasted into its form."""
        return _asked(filing_fault(filing), filing.ask)

    def answer(self, answer: CarrierAnswer) -> ByPerson:
        """Ask for a text to be sent to the carrier."""
        return _asked(answer_fault(answer), answer)

    def order(self, order: NumberOrder) -> ByPerson:
        """Ask for an order in the console."""
        fault = order_fault(order)
        return _asked(fault, ConsoleSteps(ORDERS.get(order.platform, ()), order))

    def change(self, change: NumberChange) -> tuple[ByPerson, ...]:
        """Ask for an operation in the console, once for all numbers with which nothing is wrong."""
        faults = change_faults(change)
        row = console_row(change.operation, change.platform)
        fine = tuple(n for n, fault in zip(change.numbers, faults, strict=True) if not fault)
        steps = ConsoleSteps(row.steps if row else (), change, fine)
        return tuple(_asked(fault, steps) for fault in faults)

    def follow(self, platform: Platform, numbers: Sequence[str]) -> tuple[CannotTell | Failed, ...]:
        """Say of each number that only a person can look."""
        faults = (number_fault(number) for number in numbers)
        return tuple(Failed(fault) if fault else CannotTell() for fault in faults)


def _asked(fault: FailureCode | None, steps: Steps) -> ByPerson:
    return Failed(fault) if fault else Asked(steps)
