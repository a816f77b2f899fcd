"""The gateways that are there, each on its bench."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.desk.gateways.by_hand import ByHand
from bot.desk.gateways.gateway import CarrierGateway
from bot.domain.gateway.requests import NumberOperation
from bot.domain.intake.intake import Platform
from tests.gateways.bench import Bench
from tests.gateways.memory_platform import (
    ASSIGNED,
    DELETED,
    UNASSIGNED,
    Line,
    MemoryGateway,
    MemoryPlatform,
)

NUMBERS: Final[Mapping[NumberOperation, tuple[str, str]]] = {
    operation: (f"+1206555{100 + 2 * place:04}", f"+1206555{101 + 2 * place:04}")
    for place, operation in enumerate(NumberOperation)
}
UNKNOWN: Final = "+12065550199"
# How a number has to stand for an operation, where it has to stand in some way.
_READY: Final = {NumberOperation.UNASSIGN: ASSIGNED, NumberOperation.RESTORE: DELETED}


def memory_platform() -> MemoryPlatform:
    """Return a platform with numbers for every operation."""
    lines: dict[str, Line] = {}
    for operation, numbers in NUMBERS.items():
        release = operation is NumberOperation.RELEASE
        platform = Platform.CONNECT if release else Platform.VOICE_CONNECTOR
        for number in numbers:
            lines[number] = Line(platform, _READY.get(operation, UNASSIGNED))
    return MemoryPlatform(lines)


def bench_of(make: Callable[[MemoryPlatform], CarrierGateway]) -> Bench:
    """Put a gateway to the platform in memory on a bench."""
    platform = memory_platform()
    return Bench(
        gateway=make(platform),
        numbers=NUMBERS,
        unknown=UNKNOWN,
        effects=lambda: platform.effects,
        fail_next=platform.failures.append,
    )


def by_hand(_platform: MemoryPlatform) -> CarrierGateway:
    """Return the gateway that knows no platform; the one behind it must stay as it is."""
    return ByHand()


BENCHES: Final[Mapping[str, Callable[[], Bench]]] = {
    "by hand": lambda: bench_of(by_hand),
    "in memory": lambda: bench_of(MemoryGateway),
}
