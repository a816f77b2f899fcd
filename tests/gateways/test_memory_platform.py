"""The platform in memory holds numbers as a real one does, or the contract would prove little."""

from bot.domain.gateway.outcomes import Done, Failed, FailureCode, Outcome, Seen
from bot.domain.gateway.requests import NumberOperation
from bot.domain.intake.intake import Platform
from tests.gateways.bench import a_change
from tests.gateways.benches import NUMBERS, memory_platform
from tests.gateways.memory_platform import DELETED, MemoryGateway

ONE = NUMBERS[NumberOperation.ASSIGN][0]
DELETED_ONE = NUMBERS[NumberOperation.RESTORE][0]


def changed(gateway: MemoryGateway, operation: NumberOperation, number: str = ONE) -> Outcome:
    """Do something to a number for the first time."""
    key = f"change {gateway.platform.effects}"
    return gateway.change(a_change(operation, number, key=key))[0]


def test_a_number_goes_its_whole_way() -> None:
    gateway = MemoryGateway(memory_platform())
    way = ("ASSIGN", "UNASSIGN", "DELETE", "RESTORE", "SET_PRODUCT")
    assert {type(changed(gateway, NumberOperation[step])) for step in way} == {Done}
    assert gateway.platform.effects == len(way)
    (gone, here) = (
        gateway.follow(platform, [ONE])[0]
        for platform in (Platform.VOICE_CONNECTOR, Platform.SIP_MEDIA_APPLICATION)
    )
    assert gone == Failed(FailureCode.NOT_FOUND)
    assert here == Seen("Unassigned")


def test_an_assigned_number_is_not_deleted_and_a_deleted_one_not_assigned() -> None:
    gateway = MemoryGateway(memory_platform())
    conflict = Failed(FailureCode.CONFLICT)
    changed(gateway, NumberOperation.ASSIGN)
    assert changed(gateway, NumberOperation.DELETE) == conflict
    assert changed(gateway, NumberOperation.ASSIGN, DELETED_ONE) == conflict
    assert gateway.platform.lines[ONE].assigned_to == "front-desk"


def test_a_restore_beyond_the_limit_is_refused() -> None:
    platform = memory_platform()
    held = [line for line in platform.lines.values() if line.status != DELETED]
    platform.limit = len(held)
    refused = changed(MemoryGateway(platform), NumberOperation.RESTORE, DELETED_ONE)
    assert refused == Failed(FailureCode.LIMIT)
    assert platform.lines[DELETED_ONE].status == DELETED


def test_a_released_number_is_gone() -> None:
    gateway = MemoryGateway(memory_platform())
    number = NUMBERS[NumberOperation.RELEASE][0]
    changed(gateway, NumberOperation.RELEASE, number)
    assert gateway.follow(Platform.CONNECT, [number]) == (Failed(FailureCode.NOT_FOUND),)
