"""Shows the request and the carrier's record side by side, with what differs marked."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
)

from bot.desk.core.form_fields import RECORD
from bot.domain.cases.case import SECRET_FIELDS
from bot.domain.findings.finding import Finding
from bot.domain.text.matching import difference
from bot.slack.blocks.fitting import ButtonElement
from bot.slack.ids import Action
from bot.slack.modals.form_state import FormState
from bot.wording.templates import Templates

Text = RichTextElementParts.Text
Style = RichTextElementParts.TextStyle
MOST: Final = 10
LONGEST: Final = 300
_DIFFER: Final = frozenset({"record_differs", "record_nearly_equal", "record_btn_differs"})
_TAKEN: Final = _DIFFER | {"record_account_differs"}


def differences(words: Templates, state: FormState, findings: Sequence[Finding]) -> list[Block]:
    """Return both texts of each field that differs; secrets are never among them.

    Letters that only the request has are struck out, those that only the record has are bold: words
    in mrkdwn can be marked as a whole only.
    """
    differing = [finding.field for finding in findings if finding.code in _DIFFER]
    shown = [name for name in dict.fromkeys(differing) if name not in SECRET_FIELDS][:MOST]
    if not shown:
        return []
    sections = [_section(words, state, name) for name in shown]
    return [RichTextBlock(block_id="differences", elements=sections)]


def _section(words: Templates, state: FormState, name: str) -> RichTextSectionElement:
    ours, theirs = state.text(name)[:LONGEST], state.text(f"{RECORD}{name}")[:LONGEST]
    say, labels = words.table("intake/sentences"), words.table("intake/labels")
    return RichTextSectionElement(
        elements=[
            Text(text=f"{labels[name]}\n", style=Style(bold=True)),
            Text(text=f"{say['in_request']}: "),
            *_marked(ours, theirs, Style(strike=True)),
            Text(text=f"\n{say['in_record']}: "),
            *_marked(theirs, ours, Style(bold=True)),
            Text(text="\n"),
        ]
    )


def _marked(text: str, other: str, style: Style) -> list[Text]:
    pieces = difference(text, other) or (("–", False),)
    return [Text(text=piece, style=style if lacks else None) for piece, lacks in pieces]


def taking(words: Templates, findings: Sequence[Finding]) -> list[Block]:
    """Return the button that puts the record's wording into the request."""
    names = [finding.field for finding in findings if finding.code in _TAKEN]
    if not names:
        return []
    button = ButtonElement(
        text=words.table("intake/sentences")["take_record"],
        action_id=Action.INTAKE_TAKE_RECORD,
        value=",".join(dict.fromkeys(names)),
        style="primary",
    )
    return [ActionsBlock(block_id="take_record", elements=[button])]
