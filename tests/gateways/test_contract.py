"""Every gateway keeps the contract, and every check of the contract can fail."""

import inspect
from collections.abc import Callable

import pytest

from tests.gateways import contract
from tests.gateways.bench import Bench
from tests.gateways.benches import BENCHES, bench_of
from tests.gateways.broken import BROKEN
from tests.gateways.contract import CHECKS, Check
from tests.gateways.memory_platform import MemoryGateway


def name_of(check: object) -> str:
    """Return how a check or a gateway is called."""
    return getattr(check, "__name__", str(check))


def keeps(bench: Bench, check: Check) -> bool:
    """Say whether a gateway passes a check."""
    try:
        check(bench)
    except Exception:
        return False
    return True


@pytest.mark.parametrize("make", BENCHES.values(), ids=BENCHES)
@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_a_gateway_keeps_the_contract(make: Callable[[], Bench], check: Check) -> None:
    check(make())


@pytest.mark.parametrize(("broken", "check"), BROKEN, ids=name_of)
def test_a_gateway_that_breaks_its_word_is_found(broken: type[MemoryGateway], check: Check) -> None:
    assert not keeps(bench_of(broken), check)


def test_every_check_finds_somebody_who_breaks_it() -> None:
    assert {check for _, check in BROKEN} == set(CHECKS)


def test_no_check_is_left_out() -> None:
    made = {
        function
        for _, function in inspect.getmembers(contract, inspect.isfunction)
        if function.__module__ == contract.__name__
        and list(inspect.signature(function).parameters) == ["bench"]
    }
    assert made == set(CHECKS)
