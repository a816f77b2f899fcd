"""Small parts that the windows of port-out share."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import Block, InputInteractiveElement

from bot.slack.blocks.fitting import InputBlock, PlainTextInputElement, View
from bot.slack.bolt.payload import Target
from bot.wording.templates import Templates

WORDS: Final = "port_out/windows"


def asked(
    words: Templates,
    name: str,
    element: InputInteractiveElement,
    optional: bool = False,
    **facts: Any,
) -> InputBlock:
    """Return a question with its label and, where there is one, its hint."""
    hint = words.table(WORDS).get(f"{name}_hint")
    element.action_id = name
    return InputBlock(
        block_id=name.removeprefix("protect_"),
        label=words.sentence(WORDS, name, **facts),
        hint=hint,
        element=element,
        optional=optional,
    )


def text_input(value: str = "", longest: int = 200, multiline: bool = False) -> Any:
    """Return a text input; what is compared exactly is not trimmed."""
    return PlainTextInputElement(
        initial_value=value or None, max_length=longest, multiline=multiline or None
    )


def window(
    words: Templates,
    callback: str,
    title: str,
    blocks: Sequence[Block],
    submit: str | None = None,
    target: Target | None = None,
    **facts: Any,
) -> View:
    """Return a modal; `title` and `submit` name rows of the table of windows."""
    return View(
        type="modal",
        callback_id=callback,
        private_metadata=target.packed() if target else None,
        title=words.sentence(WORDS, title, **facts),
        submit=words.sentence(WORDS, submit) if submit else None,
        close=words.sentence(WORDS, "close"),
        blocks=blocks,
    )
