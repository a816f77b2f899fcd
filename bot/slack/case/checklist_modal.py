"""Porting day in Slack: ticking the checklist."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block, CheckboxesElement, MarkdownTextObject

from bot.desk.desk import Desk
from bot.domain.cases.case import CaseFacts
from bot.errors import Refusal
from bot.slack.blocks.checklist_card import MOST_BOXES
from bot.slack.blocks.fitting import InputBlock, Option, SectionBlock, View
from bot.slack.bolt.payload import Payload, Target, button_target, user_id, view_target, view_values
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Window
from bot.wording.sentences import render
from bot.wording.templates import Templates

CALLBACK = Window.TICK_NUMBERS
BOXES = 10


def numbers_view(words: Templates, case: CaseFacts, item: str) -> View:
    """Return the form with a box for each number of an item (at most `MOST_BOXES`)."""
    done = next({t.e164 for t in p.ticks} for p in case.progress if p.item.key == item)
    numbers = case.numbers[:MOST_BOXES]
    told = render(words, case, "checklist", item)
    intro = words.mrkdwn_sentence("forms", "numbers_intro", item=told)
    groups = [
        _group(words, numbers[start : start + BOXES], start, done)
        for start in range(0, len(numbers), BOXES)
    ]
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=intro)), *groups]
    return View(
        type="modal",
        callback_id=CALLBACK,
        private_metadata=Target(case.id, case.version, item).packed(),
        title=words.sentence("forms", "numbers_title", reference=case.reference),
        submit=words.sentence("forms", "save"),
        close=words.sentence("forms", "back"),
        blocks=blocks,
    )


def _group(words: Templates, numbers: Sequence[str], start: int, done: set[str]) -> InputBlock:
    options = [Option(value=e164, text=e164) for e164 in numbers]
    ticked = [option for option in options if option.value in done]
    label = words.sentence("forms", "numbers_group", first=start + 1, last=start + len(numbers))
    return InputBlock(
        block_id=f"numbers{start}",
        label=label,
        optional=True,
        element=CheckboxesElement(
            action_id="numbers", options=options, initial_options=ticked or None
        ),
    )


def tick(desk: Desk, ack: Ack, body: Payload) -> None:
    """An item is done."""
    _set(desk, body, done=True)
    ack()


def untick(desk: Desk, ack: Ack, body: Payload) -> None:
    """An item is open again."""
    _set(desk, body, done=False)
    ack()


def _set(desk: Desk, body: Payload, done: bool) -> None:
    target = button_target(body)
    desk.checklists.tick(user_id(body), target.case_id, target.extra, done)


def ask_numbers(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the numbers of an item."""
    target = button_target(body)
    case, _role = desk.queries.case_for(user_id(body), target.case_id)
    if target.extra not in {progress.item.key for progress in case.progress}:
        raise Refusal("no_such_item")
    client.views_open(
        trigger_id=body["trigger_id"], view=numbers_view(desk.words, case, target.extra)
    )
    ack()


def tick_numbers(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """The boxes of an item's numbers were sent."""
    target = view_target(view)
    ticked: list[Any] = [e164 for group in view_values(view).values() for e164 in group]
    desk.checklists.tick_numbers(user_id(body), target.case_id, target.extra, ticked)
    ack()


ROUTES = [
    Route("action", Action.TICK, tick),
    Route("action", Action.UNTICK, untick),
    Route("action", Action.TICK_NUMBERS, ask_numbers),
    Route("view", CALLBACK, tick_numbers),
]
