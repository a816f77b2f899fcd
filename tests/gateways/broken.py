"""Gateways that break their word, each in one way, so that the contract is seen to find it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.desk.gateways.by_hand import ByHand, ByPerson
from bot.domain.gateway.outcomes import (
    Asked,
    CannotTell,
    Done,
    Failed,
    FailureCode,
    Outcome,
    OutcomeUnknown,
    Seen,
    Sight,
)
from bot.domain.gateway.requests import Filing, NumberChange, NumberOrder, Request
from bot.domain.intake.intake import Platform
from tests.gateways import contract
from tests.gateways.bench import SECRET
from tests.gateways.contract import Check
from tests.gateways.memory_platform import MemoryGateway, MemoryPlatform


class Reversed(MemoryGateway):
    """Answers from the last number to the first."""

    def change(self, change: NumberChange) -> tuple[Outcome, ...]:
        return super().change(change)[::-1]


class Sorted(MemoryGateway):
    """Follows numbers in the order of its own list."""

    def follow(self, platform: Platform, numbers: Sequence[str]) -> tuple[Sight, ...]:
        return super().follow(platform, sorted(numbers))


class Forgetful(MemoryGateway):
    """Leaves out what failed, as an interface that lists only successes."""

    def change(self, change: NumberChange) -> tuple[Outcome, ...]:
        return tuple(found for found in super().change(change) if not isinstance(found, Failed))


class Raising(MemoryGateway):
    """Raises what its parser of numbers raises."""

    def change(self, change: NumberChange) -> tuple[Outcome, ...]:
        if not all(number.isascii() for number in change.numbers):
            raise ValueError
        return super().change(change)


class Unchecked(MemoryGateway):
    """Sends everything to the platform, which knows of no form and no operation."""

    def change(self, change: NumberChange) -> tuple[Outcome, ...]:
        return tuple(
            self.outcome(None, f"{change.key}/{number}", lambda: None) for number in change.numbers
        )


class TakesEveryOrder(MemoryGateway):
    """Orders for a platform that has ended."""

    def order(self, order: NumberOrder) -> Outcome:
        return self.outcome(None, order.key, lambda: None)


class AssignsAnywhere(MemoryGateway):
    """Makes a target where there is none."""

    def __init__(self, platform: MemoryPlatform) -> None:
        super().__init__(platform)
        platform.targets |= {"nowhere"}


class Hopeful(MemoryGateway):
    """Takes for done what the platform has never heard of."""

    def outcome(self, fault: FailureCode | None, key: str, deed: Callable[[], None]) -> Outcome:
        found = super().outcome(fault, key, deed)
        return Done() if found == Failed(FailureCode.NOT_FOUND) else found


class Coarse(MemoryGateway):
    """Has one word for all that the platform refuses."""

    def outcome(self, fault: FailureCode | None, key: str, deed: Callable[[], None]) -> Outcome:
        found = super().outcome(fault, key, deed)
        return Failed(fault or FailureCode.UNAVAILABLE) if isinstance(found, Failed) else found


class Keyless(MemoryGateway):
    """Does it again whenever it is asked."""

    def outcome(self, fault: FailureCode | None, key: str, deed: Callable[[], None]) -> Outcome:
        self.platform.done.clear()
        return super().outcome(fault, key, deed)


class OneKey(MemoryGateway):
    """Takes two filings for one."""

    def file(self, filing: Filing) -> Outcome:
        return super().file(replace(filing, key="always the same"))


class Hasty(MemoryGateway):
    """Calls a lost answer a failure."""

    def outcome(self, fault: FailureCode | None, key: str, deed: Callable[[], None]) -> Outcome:
        found = super().outcome(fault, key, deed)
        return Failed(FailureCode.UNAVAILABLE) if isinstance(found, OutcomeUnknown) else found


class Restless(MemoryGateway):
    """Tries again by itself, and tells of the first time."""

    def outcome(self, fault: FailureCode | None, key: str, deed: Callable[[], None]) -> Outcome:
        found = super().outcome(fault, key, deed)
        if isinstance(found, Failed):
            super().outcome(fault, key, deed)
        return found


class GivesUp(MemoryGateway):
    """Stops at the first number that fails."""

    def change(self, change: NumberChange) -> tuple[Outcome, ...]:
        found = super().change(change)
        first = next((outcome for outcome in found if isinstance(outcome, Failed)), None)
        return found if first is None else (first,) * len(found)


class Modest(MemoryGateway):
    """Says that it does nothing, and does it."""

    def does(self, request: Request) -> bool:
        return False


class OnPaper(ByHand):
    """By hand, with a platform behind it that must stay as it is."""

    def __init__(self, _platform: MemoryPlatform) -> None:
        super().__init__()


class Boastful(OnPaper):
    """Says that it does everything, and asks a person."""

    def does(self, request: Request) -> bool:
        return True


class Vague(OnPaper):
    """Asks for all numbers, and names the first."""

    def change(self, change: NumberChange) -> tuple[ByPerson, ...]:
        first = super().change(replace(change, numbers=change.numbers[:1]))[0]
        every = super().change(change)
        return tuple(first if isinstance(one, Asked) else one for one in every)


class Talkative(OnPaper):
    """Writes a secret where everybody reads it."""

    def file(self, filing: Filing) -> ByPerson:
        ask = replace(filing.ask, given={**filing.ask.given, "customer_name": SECRET})
        return super().file(replace(filing, ask=ask))


class Blind(MemoryGateway):
    """Never looks at what a number is assigned to."""

    def follow(self, platform: Platform, numbers: Sequence[str]) -> tuple[Sight, ...]:
        seen = super().follow(platform, numbers)
        return tuple(Seen(one.status) if isinstance(one, Seen) else one for one in seen)


class Incurious(OnPaper):
    """Does not even look whether it was given numbers."""

    def follow(self, platform: Platform, numbers: Sequence[str]) -> tuple[CannotTell, ...]:
        return (CannotTell(),) * len(numbers)


# Who breaks its word, and the check that has to find it.
BROKEN: Final[Sequence[tuple[type[MemoryGateway] | type[OnPaper], Check]]] = (
    (Reversed, contract.each_number_is_answered_once_and_in_its_place),
    (Forgetful, contract.each_number_is_answered_once_and_in_its_place),
    (Sorted, contract.each_number_is_followed_in_its_place),
    (Raising, contract.nothing_is_raised_for_a_bad_item),
    (Incurious, contract.nothing_is_raised_for_a_bad_item),
    (Unchecked, contract.a_change_without_what_it_needs_is_invalid),
    (TakesEveryOrder, contract.a_platform_that_has_no_such_operation_does_not_allow_it),
    (Modest, contract.what_it_does_not_do_is_asked_of_a_person),
    (Boastful, contract.what_it_does_is_done_and_not_asked),
    (Vague, contract.what_is_asked_names_the_numbers_that_it_is_about),
    (Talkative, contract.no_secret_is_told),
    (Hopeful, contract.a_number_that_nobody_has_is_not_found),
    (AssignsAnywhere, contract.a_target_that_does_not_exist_is_not_found),
    (Coarse, contract.an_assigned_number_is_in_conflict_with_what_needs_a_free_one),
    (Keyless, contract.the_same_key_does_it_once),
    (OneKey, contract.another_key_does_it_again),
    (Restless, contract.a_refusal_changes_nothing_and_may_be_repeated),
    (GivesUp, contract.one_refusal_leaves_the_rest_done),
    (Hasty, contract.a_lost_answer_is_looked_up_before_it_is_repeated),
    (Keyless, contract.a_lost_answer_is_looked_up_before_it_is_repeated),
    (Blind, contract.what_was_done_is_seen),
)
