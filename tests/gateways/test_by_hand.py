"""What a person is asked by hand: every step has its sentence, and says what it is about."""

import json
from itertools import product

import pytest

from bot.desk.gateways.by_hand import ByHand
from bot.domain.gateway.console_steps import CONSOLE, ORDERS, ConsoleRow, console_row
from bot.domain.gateway.outcomes import Asked, Failed, FailureCode
from bot.domain.gateway.requests import (
    Assignee,
    NumberChange,
    NumberOperation,
    NumberOrder,
    Target,
)
from bot.domain.intake.intake import Platform
from bot.slack.blocks.manual_steps import steps_blocks
from bot.wording.templates import Templates
from slack_sandbox.block_kit.blocks import faults_in
from tests.office import copied

WORDS = Templates()
NUMBERS = ("+12065550100", "+12065550101", "+12065550105")
NOT_ALLOWED = Failed(FailureCode.NOT_ALLOWED)


def shown(outcome: object) -> str:
    """Return the steps that a person reads, without the numbers below them."""
    assert isinstance(outcome, Asked)
    first = steps_blocks(WORDS, outcome.steps)[0].to_dict()
    return str(first["text"]["text"])


def asked(operation: NumberOperation, platform: Platform, *numbers: str) -> object:
    """Ask for an operation that has all it needs, and return the first outcome."""
    row = console_row(operation, platform)
    kinds = sorted(row.targets) if row else []
    target = Target(kinds[0], "Front desk") if kinds else None
    others = [
        p for p in (Platform.VOICE_CONNECTOR, Platform.SIP_MEDIA_APPLICATION) if p != platform
    ]
    change = NumberChange(
        "key", operation, platform, numbers or NUMBERS, target, max(others), "Bakery"
    )
    return ByHand().change(change)[0]


@pytest.mark.parametrize("row", CONSOLE, ids=lambda row: f"{row.operation} {row.steps[-1]}")
def test_the_steps_of_an_operation_are_numbered_and_the_numbers_stand_below(
    row: ConsoleRow,
) -> None:
    for platform in row.platforms:
        outcome = asked(row.operation, platform)
        assert isinstance(outcome, Asked)
        blocks = [block.to_dict() for block in steps_blocks(WORDS, outcome.steps)]
        assert faults_in(blocks, "modal") == []
        lines = shown(outcome).splitlines()
        assert [line.split(". ")[0] for line in lines] == [
            str(place) for place in range(1, len(row.steps) + 1)
        ]
        listed = "\n".join(copied({"blocks": blocks}))
        assert "+12065550100 to +12065550101\n+12065550105" in listed


@pytest.mark.parametrize("kind", Assignee)
def test_everything_that_a_number_can_be_assigned_to_belongs_to_one_platform(
    kind: Assignee,
) -> None:
    rows = [row for row in CONSOLE if kind in row.targets]
    assert len(rows) == 1
    assert len(rows[0].platforms) == 1


@pytest.mark.parametrize(("operation", "platform"), [*product(NumberOperation, Platform)])
def test_an_operation_is_asked_for_where_its_platform_has_it(
    operation: NumberOperation, platform: Platform
) -> None:
    rows = [row for row in CONSOLE if row.operation is operation and platform in row.platforms]
    outcome = asked(operation, platform)
    assert len(rows) <= 1
    assert isinstance(outcome, Asked) if rows else outcome == NOT_ALLOWED


def test_an_assignment_says_to_what() -> None:
    connector = asked(NumberOperation.ASSIGN, Platform.VOICE_CONNECTOR)
    assert "As assignment type choose *Voice Connector*, select Front desk" in shown(connector)
    flow = asked(NumberOperation.ASSIGN, Platform.CONNECT)
    assert "Choose Front desk as its flow, by its exact name" in shown(flow)
    user = asked(NumberOperation.ASSIGN, Platform.BUSINESS_CALLING)
    assert "Tell Front desk the new number, and to sign out and sign in again" in shown(user)


def test_a_change_says_to_what() -> None:
    edited = asked(NumberOperation.SET_PRODUCT, Platform.VOICE_CONNECTOR)
    assert "then SIP Media Application Dial-In, and save" in shown(edited)
    named = asked(NumberOperation.SET_CALLING_NAME, Platform.VOICE_CONNECTOR)
    assert "Write Bakery, and save. It takes up to 72 hours" in shown(named)


def test_a_calling_name_can_be_taken_away() -> None:
    change = NumberChange(
        "key", NumberOperation.SET_CALLING_NAME, Platform.VOICE_CONNECTOR, NUMBERS[:1]
    )
    assert "Leave it empty, and save" in shown(ByHand().change(change)[0])


def test_who_has_one_number_reads_of_one() -> None:
    one = asked(NumberOperation.UNASSIGN, Platform.VOICE_CONNECTOR, NUMBERS[0])
    several = asked(NumberOperation.UNASSIGN, Platform.VOICE_CONNECTOR)
    assert "Select the number below." in shown(one)
    assert "Select the numbers below." in shown(several)


@pytest.mark.parametrize("platform", Platform)
def test_new_numbers_are_ordered_where_there_are_any(platform: Platform) -> None:
    order = NumberOrder("key", platform, "US", "toll_free", 3, "833")
    outcome = ByHand().order(order)
    if platform not in ORDERS:
        assert outcome == NOT_ALLOWED
        return
    told = shown(outcome)
    for fact in ("Toll-free", "US", "833", "3"):
        assert fact in told
    assert (WORDS.sentence("platforms", platform) in told) or platform is Platform.CONNECT


def test_a_name_from_outside_pings_nobody() -> None:
    target = Target(Assignee.VOICE_CONNECTOR, "<!channel> & Co")
    change = NumberChange("key", NumberOperation.ASSIGN, Platform.VOICE_CONNECTOR, NUMBERS, target)
    outcome = ByHand().change(change)[0]
    assert isinstance(outcome, Asked)
    blocks = [block.to_dict() for block in steps_blocks(WORDS, outcome.steps)]
    assert "<!" not in json.dumps(blocks)
