"""The desk shows what its gateway leaves to people, and a look sets nothing in motion."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.desk.desk import Desk
from bot.domain.cases.workflow import Role
from bot.domain.gateway.aws_forms import Purpose
from bot.domain.gateway.requests import CarrierAnswer
from bot.domain.gateway.support_request import ask_of, asks_about_pins
from bot.domain.port_out.requests import Answer, ProtectionStep, Reason, ReceivedRequest
from bot.errors import PortingError
from bot.wording.templates import Templates
from tests.gateways.benches import memory_platform
from tests.gateways.memory_platform import MemoryGateway, MemoryPlatform
from tests.port_out.desks import ANNA, MATEO, ROSA, TOM, Office
from tests.port_out.pins import ONE
from tests.refusals import told_no

E164 = "+12065550100"
STRANGER = ReceivedRequest("Far Telecom", "206-555-0177")


@pytest.fixture
def platform() -> Iterator[MemoryPlatform]:
    """A platform that does everything by itself, and must not have been asked to."""
    made = memory_platform()
    yield made
    assert made.effects == 0


@pytest.fixture
def desk(room: Office, platform: MemoryPlatform) -> Desk:
    """The desk of the room with a gateway to that platform."""
    return Desk(replace(room.desk.context, gateway=MemoryGateway(platform)), Templates(), "tests")


def test_a_case_is_filed_by_what_the_gateway_asks(room: Office) -> None:
    case = room.leave()
    shown, role, steps = room.desk.manual_steps.for_case(ROSA, case.id)
    assert (shown.reference, role, steps) == (case.reference, Role.REQUESTER, ask_of(shown))


def test_nobody_files_what_the_gateway_files(room: Office, desk: Desk) -> None:
    case = room.leave()
    with told_no(PortingError, match=f"files {case.reference} with the platform by itself"):
        desk.manual_steps.for_case(ANNA, case.id)


def test_a_stranger_does_not_learn_how_a_case_is_filed(room: Office, desk: Desk) -> None:
    case = room.leave()
    for one in (room.desk, desk):
        with told_no(PortingError, match="somebody else"):
            one.manual_steps.for_case(MATEO, case.id)


@pytest.mark.parametrize("step", ProtectionStep)
def test_the_platform_is_told_of_a_pin_that_is_set_or_gone(
    room: Office, desk: Desk, step: ProtectionStep
) -> None:
    room.arrive(ONE)
    look = room.desk.port_out.pin_protection.take
    standing = look(ANNA, ONE, ProtectionStep.LOOK, "form")
    told = {
        ProtectionStep.SET: Purpose.PIN_SET,
        ProtectionStep.CONFIRM_REMOVAL: Purpose.PIN_REMOVAL,
    }
    wanted = asks_about_pins(told[step], {E164: standing[0].platform}) if step in told else ()
    assert room.desk.manual_steps.for_pins("form", step, standing) == wanted
    assert desk.manual_steps.for_pins("form", step, standing) == ()


def test_a_carrier_is_told_when_its_request_is_answered(room: Office, desk: Desk) -> None:
    room.arrive()
    case = room.leave()
    request = room.ask(case)
    half = room.approve(case, request)
    assert half.answer is Answer.HALF_APPROVED
    for open_request in (request, half):
        assert room.desk.manual_steps.for_request(case, open_request) is None
    answered = room.approve(case, half, TOM)
    steps = room.desk.manual_steps.for_request(case, answered)
    assert isinstance(steps, CarrierAnswer)
    assert (steps.approved, steps.reference) == (True, case.reference)
    assert steps.numbers == request.numbers
    assert desk.manual_steps.for_request(case, answered) is None


def test_a_no_is_told_with_its_reason(room: Office) -> None:
    case = room.leave()
    answered = room.reject(case, room.ask(case, pin="wrong"))
    steps = room.desk.manual_steps.for_request(case, answered)
    assert isinstance(steps, CarrierAnswer)
    assert (steps.approved, steps.reason) == (False, Reason.PIN_INVALID)


def test_a_carrier_whose_numbers_are_not_here_is_told_so(room: Office, desk: Desk) -> None:
    steps = room.desk.manual_steps.for_stranger("form", STRANGER, (E164,))
    assert isinstance(steps, CarrierAnswer)
    assert (steps.carrier, steps.numbers, steps.reason) == (
        "Far Telecom",
        (E164,),
        Reason.NOT_ON_ACCOUNT,
    )
    assert desk.manual_steps.for_stranger("form", STRANGER, (E164,)) is None
