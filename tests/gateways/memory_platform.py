"""A platform in memory that really holds numbers, and a gateway that does everything there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.domain.gateway.outcomes import (
    Done,
    Failed,
    FailureCode,
    Outcome,
    OutcomeUnknown,
    Seen,
    Sight,
)
from bot.domain.gateway.request_faults import (
    answer_fault,
    change_faults,
    filing_fault,
    number_fault,
    order_fault,
)
from bot.domain.gateway.requests import (
    CarrierAnswer,
    Filing,
    NumberChange,
    NumberOperation,
    NumberOrder,
    Request,
)
from bot.domain.intake.intake import Platform

UNASSIGNED, ASSIGNED, DELETED = "Unassigned", "Assigned", "DeleteInProgress"


class Refusal(Exception):
    """The platform says no."""

    def __init__(self, code: FailureCode) -> None:
        super().__init__(code)
        self.code = code


class AnswerLost(Exception):
    """The connection broke after the platform did it."""


@dataclass
class Line:
    """A number as the platform holds it."""

    platform: Platform
    status: str = UNASSIGNED
    assigned_to: str = ""
    calling_name: str = ""

    def need(self, status: str) -> None:
        """Refuse what this number is not ready for."""
        if self.status != status:
            raise Refusal(FailureCode.CONFLICT)


@dataclass
class MemoryPlatform:
    """Holds numbers. `failures` are those of what it is asked next; None does it and is silent."""

    lines: dict[str, Line]
    targets: frozenset[str] = frozenset({"front-desk"})
    limit: int = 25
    done: dict[str, str] = field(default_factory=dict)
    effects: int = 0
    failures: list[FailureCode | None] = field(default_factory=list)

    def carry_out(self, key: str, deed: Callable[[], None]) -> str:
        """Do something, under a key that it can be looked up by; returns its name for it."""
        failure = self.failures.pop(0) if self.failures else ""
        if isinstance(failure, FailureCode):
            raise Refusal(failure)
        deed()
        self.effects += 1
        self.done[key] = f"done-{self.effects}"
        if failure is None:
            raise AnswerLost
        return self.done[key]

    def change(self, change: NumberChange, number: str) -> None:
        """Do an operation on one number."""
        line = self.lines.get(number)
        if line is None or line.platform is not change.platform:
            raise Refusal(FailureCode.NOT_FOUND)
        _DEEDS[change.operation](self, change, line)
        if change.operation is NumberOperation.RELEASE:
            del self.lines[number]


Deed = Callable[[MemoryPlatform, NumberChange, Line], None]


def _assign(platform: MemoryPlatform, change: NumberChange, line: Line) -> None:
    name = change.target.name if change.target else ""
    if name not in platform.targets:
        raise Refusal(FailureCode.NOT_FOUND)
    line.need(UNASSIGNED)
    line.status, line.assigned_to = ASSIGNED, name


def _unassign(_platform: MemoryPlatform, _change: NumberChange, line: Line) -> None:
    line.need(ASSIGNED)
    line.status, line.assigned_to = UNASSIGNED, ""


def _set_product(_platform: MemoryPlatform, change: NumberChange, line: Line) -> None:
    line.need(UNASSIGNED)
    line.platform = change.product or line.platform


def _set_calling_name(_platform: MemoryPlatform, change: NumberChange, line: Line) -> None:
    line.calling_name = change.calling_name


def _delete(_platform: MemoryPlatform, _change: NumberChange, line: Line) -> None:
    line.need(UNASSIGNED)
    line.status = DELETED


def _restore(platform: MemoryPlatform, _change: NumberChange, line: Line) -> None:
    line.need(DELETED)
    held = [other for other in platform.lines.values() if other.status != DELETED]
    if len(held) >= platform.limit:
        raise Refusal(FailureCode.LIMIT)
    line.status = UNASSIGNED


def _release(_platform: MemoryPlatform, _change: NumberChange, line: Line) -> None:
    line.need(UNASSIGNED)


_DEEDS: Mapping[NumberOperation, Deed] = {
    NumberOperation.ASSIGN: _assign,
    NumberOperation.UNASSIGN: _unassign,
    NumberOperation.SET_PRODUCT: _set_product,
    NumberOperation.SET_CALLING_NAME: _set_calling_name,
    NumberOperation.DELETE: _delete,
    NumberOperation.RESTORE: _restore,
    NumberOperation.RELEASE: _release,
}


class MemoryGateway:
    """Does everything by itself. It remembers nothing: what was done, the platform knows."""

    def __init__(self, platform: MemoryPlatform) -> None:
        self.platform = platform

    def does(self, request: Request) -> bool:
        """Do all."""
        return True

    def file(self, filing: Filing) -> Outcome:
        """Keep a request."""
        return self.outcome(filing_fault(filing), filing.key, lambda: None)

    def answer(self, answer: CarrierAnswer) -> Outcome:
        """Keep an answer."""
        return self.outcome(answer_fault(answer), answer.key, lambda: None)

    def order(self, order: NumberOrder) -> Outcome:
        """Keep an order."""
        return self.outcome(order_fault(order), order.key, lambda: None)

    def change(self, change: NumberChange) -> tuple[Outcome, ...]:
        """Change the numbers, one after the other."""
        deeds = [partial(self.platform.change, change, number) for number in change.numbers]
        keys = [f"{change.key}/{number}" for number in change.numbers]
        items = zip(change_faults(change), keys, deeds, strict=True)
        return tuple(self.outcome(fault, key, deed) for fault, key, deed in items)

    def follow(self, platform: Platform, numbers: Sequence[str]) -> tuple[Sight, ...]:
        """Look the numbers up."""
        return tuple(self.sight(platform, number) for number in numbers)

    def sight(self, platform: Platform, number: str) -> Sight:
        """Look one number up."""
        line, fault = self.platform.lines.get(number), number_fault(number)
        if line is None or line.platform is not platform:
            return Failed(fault or FailureCode.NOT_FOUND)
        return Seen(line.status, "", line.assigned_to, line.calling_name)

    def outcome(self, fault: FailureCode | None, key: str, deed: Callable[[], None]) -> Outcome:
        """Do something unless it is wrong or was done already, and say what came of it."""
        if fault:
            return Failed(fault)
        if key in self.platform.done:
            return Done(self.platform.done[key])
        try:
            return Done(self.platform.carry_out(key, deed))
        except Refusal as refusal:
            return Failed(refusal.code)
        except AnswerLost:
            return OutcomeUnknown()
