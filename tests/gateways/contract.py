"""What every gateway to the platforms keeps: the checks that each of them has to pass.

A check takes a bench with a gateway and fails where the gateway breaks its word. Another gateway is
put to the test by a bench of its own in `test_contract.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.domain.gateway.aws_forms import Ask, Purpose
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
from bot.domain.gateway.requests import Assignee, Filing, NumberChange, NumberOperation, Target
from bot.domain.intake.intake import Platform
from tests.gateways.bench import (
    SECRET,
    TARGET,
    WELL,
    Bench,
    a_change,
    a_filing,
    an_answer,
    an_order,
    attempts,
    done_by_gateway,
    told,
)

Check = Callable[[Bench], None]
# None of these is a number in E.164, nor a country.
ODD: Final = ("", " ", "no number", "12065550100", "+0", "+1206555010O", "+12065550100 ", "😀" * 99,
              "+1" * 2000, "+١٢٠٦٥٥٥٠١٠٠", "<!channel>", "+12065550100\n+12065550101")  # fmt: skip


def refused_or_asked(bench: Bench, change: NumberChange, code: FailureCode) -> bool:
    """Say whether a change is refused with a code, or left to a person who will see."""
    (outcome,) = bench.gateway.change(change)
    return outcome == Failed(code) if bench.gateway.does(change) else isinstance(outcome, Asked)


def each_number_is_answered_once_and_in_its_place(bench: Bench) -> None:
    for operation in NumberOperation:
        first, second = bench.numbers[operation]
        outcomes = bench.gateway.change(a_change(operation, first, "no number", second, first))
        fine = [isinstance(outcome, Done | Asked) for outcome in outcomes]
        assert fine == [True, False, True, False], operation
        assert outcomes[1::2] == (Failed(FailureCode.INVALID),) * 2, operation


def each_number_is_followed_in_its_place(bench: Bench) -> None:
    mine = bench.numbers[NumberOperation.ASSIGN][0]
    asked = (mine, "no number", bench.unknown)
    seen = bench.gateway.follow(Platform.VOICE_CONNECTOR, asked)
    assert len(seen) == 3
    assert isinstance(seen[0], Seen | CannotTell)
    assert seen[1] == Failed(FailureCode.INVALID)
    assert seen[2] in (Failed(FailureCode.NOT_FOUND), CannotTell())


def nothing_is_raised_for_a_bad_item(bench: Bench) -> None:
    gateway, before = bench.gateway, bench.effects()
    outcomes: list[Outcome | Sight] = [
        gateway.order(replace(an_order(), count=0)),
        gateway.answer(replace(an_answer(), reason=None)),
        gateway.answer(replace(an_answer(), numbers=())),
        gateway.file(Filing("file", Ask(Purpose.PORT_IN, Platform.CONNECT, ()))),
        *gateway.follow(Platform.CONNECT, ODD),
    ]
    for odd in ODD:
        outcomes.append(gateway.order(replace(an_order(), country=odd)))
        outcomes.append(gateway.answer(an_answer("answer", WELL, odd)))
        outcomes.append(gateway.file(a_filing("file", odd)))
    for operation in NumberOperation:
        outcomes += gateway.change(a_change(operation, *ODD))
    assert [outcome for outcome in outcomes if outcome != Failed(FailureCode.INVALID)] == []
    assert bench.effects() == before


def a_change_without_what_it_needs_is_invalid(bench: Bench) -> None:
    assign, name = NumberOperation.ASSIGN, NumberOperation.SET_CALLING_NAME
    number = bench.numbers[assign][0]
    for change in (
        replace(a_change(assign, number), target=None),
        replace(a_change(assign, number), target=Target(Assignee.VOICE_CONNECTOR, " ")),
        replace(a_change(assign, number), target=Target(Assignee.CONTACT_FLOW, "Main")),
        replace(a_change(NumberOperation.SET_PRODUCT, number), product=None),
        replace(a_change(NumberOperation.SET_PRODUCT, number), product=Platform.VOICE_CONNECTOR),
        *(replace(a_change(name, number), calling_name=bad) for bad in ("x", "x" * 16, "a\nb")),
    ):
        assert bench.gateway.change(change) == (Failed(FailureCode.INVALID),), change


def a_platform_that_has_no_such_operation_does_not_allow_it(bench: Bench) -> None:
    release = replace(a_change(NumberOperation.RELEASE, WELL), platform=Platform.VOICE_CONNECTOR)
    delete = replace(a_change(NumberOperation.DELETE, WELL), platform=Platform.CONNECT)
    for change in (release, delete):
        assert bench.gateway.change(change) == (Failed(FailureCode.NOT_ALLOWED),)
    closed = an_order(platform=Platform.BUSINESS_CALLING)
    assert bench.gateway.order(closed) == Failed(FailureCode.NOT_ALLOWED)


def what_it_does_not_do_is_asked_of_a_person(bench: Bench) -> None:
    before = bench.effects()
    for attempt in attempts(bench):
        if not bench.gateway.does(attempt.request):
            assert isinstance(attempt.run(), Asked), attempt.request
    assert bench.effects() == before


def what_it_does_is_done_and_not_asked(bench: Bench) -> None:
    for attempt in done_by_gateway(bench):
        before = bench.effects()
        assert isinstance(attempt.run(), Done), attempt.request
        assert bench.effects() == before + 1, attempt.request


def what_is_asked_names_the_numbers_that_it_is_about(bench: Bench) -> None:
    for operation in NumberOperation:
        first, second = bench.numbers[operation]
        outcome = bench.gateway.change(a_change(operation, first, "no number", second))[0]
        if isinstance(outcome, Asked):
            assert first in told(outcome)
            assert second in told(outcome)
            assert "no number" not in told(outcome)


def no_secret_is_told(bench: Bench) -> None:
    requests = [a_filing(purpose, purpose=purpose) for purpose in Purpose]
    outcomes = [bench.gateway.file(request) for request in requests]
    outcomes += [attempt.run() for attempt in attempts(bench)]
    assert [outcome for outcome in outcomes if SECRET in told(outcome)] == []


def a_number_that_nobody_has_is_not_found(bench: Bench) -> None:
    before = bench.effects()
    for operation in NumberOperation:
        change = a_change(operation, bench.unknown, key=operation)
        assert refused_or_asked(bench, change, FailureCode.NOT_FOUND), operation
    assert bench.effects() == before


def a_target_that_does_not_exist_is_not_found(bench: Bench) -> None:
    change = a_change(NumberOperation.ASSIGN, bench.numbers[NumberOperation.ASSIGN][0])
    nowhere = replace(change, target=Target(Assignee.VOICE_CONNECTOR, "nowhere"))
    assert refused_or_asked(bench, nowhere, FailureCode.NOT_FOUND)


def an_assigned_number_is_in_conflict_with_what_needs_a_free_one(bench: Bench) -> None:
    assigned = bench.numbers[NumberOperation.UNASSIGN][0]
    for operation in (NumberOperation.ASSIGN, NumberOperation.SET_PRODUCT, NumberOperation.DELETE):
        change = a_change(operation, assigned, key=operation)
        assert refused_or_asked(bench, change, FailureCode.CONFLICT), operation


def the_same_key_does_it_once(bench: Bench) -> None:
    for attempt in attempts(bench):
        first, before = attempt.run(), bench.effects()
        assert attempt.run() == first, attempt.request
        assert bench.effects() == before, attempt.request


def another_key_does_it_again(bench: Bench) -> None:
    for filing in (a_filing("one"), a_filing("two")):
        before = bench.effects()
        bench.gateway.file(filing)
        assert bench.effects() == before + bench.gateway.does(filing)


def a_refusal_changes_nothing_and_may_be_repeated(bench: Bench) -> None:
    for attempt in done_by_gateway(bench):
        before = bench.effects()
        for code in FailureCode:
            bench.fail_next(code)
            assert attempt.run() == Failed(code), attempt.request
        assert bench.effects() == before, attempt.request
        assert isinstance(attempt.run(), Done), attempt.request


def one_refusal_leaves_the_rest_done(bench: Bench) -> None:
    change = a_change(NumberOperation.ASSIGN, *bench.numbers[NumberOperation.ASSIGN])
    if bench.gateway.does(change):
        bench.fail_next(FailureCode.THROTTLED)
        assert {type(outcome) for outcome in bench.gateway.change(change)} == {Failed, Done}
        assert {type(outcome) for outcome in bench.gateway.change(change)} == {Done}


def a_lost_answer_is_looked_up_before_it_is_repeated(bench: Bench) -> None:
    for attempt in done_by_gateway(bench):
        before = bench.effects()
        bench.fail_next(None)
        assert attempt.run() == OutcomeUnknown(), attempt.request
        assert isinstance(attempt.run(), Done), attempt.request
        assert bench.effects() == before + 1, attempt.request


def what_was_done_is_seen(bench: Bench) -> None:
    number = bench.numbers[NumberOperation.ASSIGN][0]
    change = a_change(NumberOperation.ASSIGN, number)
    bench.gateway.change(change)
    (seen,) = bench.gateway.follow(change.platform, [number])
    if bench.gateway.does(change) and isinstance(seen, Seen):
        assert seen.assigned_to == TARGET.name


CHECKS: Final[tuple[Check, ...]] = (
    each_number_is_answered_once_and_in_its_place,
    each_number_is_followed_in_its_place,
    nothing_is_raised_for_a_bad_item,
    a_change_without_what_it_needs_is_invalid,
    a_platform_that_has_no_such_operation_does_not_allow_it,
    what_it_does_not_do_is_asked_of_a_person,
    what_it_does_is_done_and_not_asked,
    what_is_asked_names_the_numbers_that_it_is_about,
    no_secret_is_told,
    a_number_that_nobody_has_is_not_found,
    a_target_that_does_not_exist_is_not_found,
    an_assigned_number_is_in_conflict_with_what_needs_a_free_one,
    the_same_key_does_it_once,
    another_key_does_it_again,
    a_refusal_changes_nothing_and_may_be_repeated,
    one_refusal_leaves_the_rest_done,
    a_lost_answer_is_looked_up_before_it_is_repeated,
    what_was_done_is_seen,
)
