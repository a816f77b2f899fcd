"""`/port protect`: the PIN of a number set, changed, shown, and removed by two people."""

import re
from collections.abc import Sequence
from typing import Any, Final

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import ActionsBlock, Block, RadioButtonsElement

from bot.desk.desk import Desk
from bot.desk.numbers.pin_protection import Protected
from bot.domain.cases.case import mask_number
from bot.domain.gateway.outcomes import Steps
from bot.domain.port_out.requests import ProtectionStep
from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.dates import for_reader, mention
from bot.slack.blocks.fitting import ButtonElement, Option, View
from bot.slack.blocks.manual_steps import steps_blocks
from bot.slack.bolt.payload import Payload, user_id, view_values
from bot.slack.bolt.route import Route
from bot.slack.ids import OUT_SHOW_PIN, Window
from bot.slack.port_out.modals import WORDS, asked, text_input, window
from bot.wording.templates import Templates

CALLBACK: Final = Window.OUT_PROTECT
SHOW: Final = OUT_SHOW_PIN
MOST_SHOWN: Final = 25
MOST_TOLD: Final = 5


def protect_view(words: Templates, numbers: str) -> View:
    """Return the form: which numbers, what to do, and a PIN for those who choose their own."""
    steps = [Option(value=step, text=words.sentence(WORDS, step)) for step in ProtectionStep]
    blocks: list[Block] = [
        section(words.sentence(WORDS, "protect_intro")),
        asked(words, "protect_numbers", text_input(numbers, 3000, multiline=True)),
        asked(words, "protect_step", RadioButtonsElement(options=steps, initial_option=steps[0])),
        asked(words, "protect_pin", text_input(longest=10), optional=True),
        asked(words, "protect_account_id", text_input(), optional=True),
    ]
    return window(words, CALLBACK, "protect_title", blocks, "protect_submit")


def standing_view(
    words: Templates, standing: Sequence[Protected], told: Sequence[Steps] = ()
) -> View:
    """Return how the numbers stand, their PINs behind a button, and how the platform is told."""
    blocks: list[Block] = [section(text) for text in _told(words, standing)]
    buttons = [
        ButtonElement(
            text=words.sentence(WORDS, "show_pin", number=mask_number(number.e164)),
            action_id=f"{SHOW}{place}",
            value=number.e164,
        )
        for place, number in enumerate(standing[:MOST_SHOWN])
        if number.set_by
    ]
    if buttons:
        blocks.append(ActionsBlock(elements=buttons))
    if told:
        blocks.append(section(words.sentence("support", "intro_pin")))
        for steps in told:
            blocks += steps_blocks(words, steps)
    return window(words, Window.OUT_PROTECTED, "protect_title", blocks)


def _told(words: Templates, standing: Sequence[Protected]) -> list[str]:
    """Return a text for each number: one text of all of them would be cut short."""
    template, more = "port_out/protected.j2", len(standing) - MOST_SHOWN
    numbers = [_shown(words, number) for number in standing[:MOST_SHOWN]]
    told = [words.mrkdwn(template, numbers=[number], more=0) for number in numbers]
    return [*told, words.mrkdwn(template, numbers=[], more=more)] if more > 0 else told


def _shown(words: Templates, number: Protected) -> dict[str, Any]:
    return {
        "e164": number.e164,
        "set_by": mention(number.set_by) if number.set_by else "",
        "set_at": for_reader(number.set_at) if number.set_at else "",
        "account_given": number.account_given,
        "removal_by": mention(number.removal_by) if number.removal_by else "",
        "history": [
            {
                "when": for_reader(event.at),
                "who": mention(event.who),
                "what": words.sentence("port_out/audit", event.kind),
            }
            for event in number.history[-MOST_TOLD:]
        ],
    }


def pin_view(words: Templates, number: str, pin: str) -> View:
    """Return the window that shows the PIN of a number to one person."""
    told = words.mrkdwn_sentence(WORDS, "pin_shown", number=number, pin=pin)
    return window(words, Window.OUT_PIN, "give_title", [section(told)])


def open_protection(desk: Desk, client: WebClient, trigger: str, numbers: str) -> None:
    """Show the form; what stands behind the command is taken along."""
    client.views_open(trigger_id=trigger, view=protect_view(desk.words, numbers[:3000]))


def take_step(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """Do what was chosen and show how the numbers stand."""
    values = view_values(view)
    chosen = str(values["step"])
    step = ProtectionStep(chosen) if chosen in set(ProtectionStep) else ProtectionStep.LOOK
    standing = desk.port_out.pin_protection.take(
        user_id(body),
        str(values["numbers"]),
        step,
        view["id"],
        str(values["pin"]),
        str(values["account_id"]),
    )
    told = desk.manual_steps.for_pins(view["id"], step, standing)
    ack(response_action="update", view=standing_view(desk.words, standing, told).to_dict())


def show_pin(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the PIN of a number to somebody who may see it, on record."""
    number = str(body["actions"][0].get("value") or "")
    pin = desk.port_out.pin_protection.show(user_id(body), number)
    client.views_push(trigger_id=body["trigger_id"], view=pin_view(desk.words, number, pin))
    ack()


ROUTES = [
    Route("view", CALLBACK, take_step),
    Route("action", re.compile(f"^{SHOW}[0-9]+$"), show_pin),
]
