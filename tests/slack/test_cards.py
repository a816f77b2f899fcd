"""What the card of a case says to the person who asked for it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from bot.domain.cases.case import CaseFacts, LetterFacts
from bot.domain.cases.workflow import Status
from bot.domain.intake.intake import Platform
from bot.slack.blocks.case_card import requester_card
from bot.wording.templates import Templates
from tests.office import ROSA, shown

NINE_IN_LONDON = datetime(2027, 3, 8, 9, 0, tzinfo=UTC)
CASE = CaseFacts(
    id=1,
    reference="PRT-1001",
    version=1,
    kind="port_in",
    platform=Platform.CONNECT,
    status=None,
    requester=ROSA,
    created_at=NINE_IN_LONDON,
    changed_at=NINE_IN_LONDON,
    losing_carrier="Pacific Wire",
    fields={},
    secrets_given=frozenset(),
    numbers=("+442079460100",),
    requested_at=NINE_IN_LONDON,
    foc_at=None,
    foc_confirmed=False,
    time_zone="Europe/London",
    letter=LetterFacts(1, "", stale=False, signed_on=None),
)


def card(**changes: Any) -> tuple[str, list[str]]:
    """Return the text of a card and the names of its green buttons."""
    _, blocks = requester_card(Templates(), replace(CASE, **changes))
    buttons = [b for block in blocks if isinstance(block, ActionsBlock) for b in block.elements]
    green = [b for b in buttons if isinstance(b, ButtonElement) and b.style == "primary"]
    text = shown({"text": "", "blocks": [block.to_dict() for block in blocks]})
    return text, [str(button.action_id) for button in green]


def test_a_day_without_an_hour_is_shown_without_one() -> None:
    assert "Mon 8 Mar 2027" in card()[0]
    assert "09:00" not in card()[0]
    assert "09:00" in card(fields={"requested_time": "09:00"})[0]


@pytest.mark.parametrize(
    ("signed_on", "green"), [(None, ["send_letter"]), (date(2027, 3, 1), ["correct"])]
)
def test_one_button_is_green_after_a_refusal(signed_on: date | None, green: list[str]) -> None:
    letter = LetterFacts(2, "", stale=False, signed_on=signed_on)
    assert card(status=Status.EXCEPTION, reason_code="ADDRESS", letter=letter)[1] == green
