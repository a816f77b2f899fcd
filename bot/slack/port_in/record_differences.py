"""The page about the carrier's record: what differs from the request, and its wording taken."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
)

from bot.desk.core.form_fields import RECORD, with_find
from bot.desk.desk import Desk
from bot.domain.cases.case import SECRET_FIELDS
from bot.domain.findings.finding import Finding
from bot.domain.rulebook.rulebook import RULES
from bot.domain.text.matching import difference
from bot.errors import Refusal
from bot.slack.blocks.fitting import ButtonElement
from bot.slack.bolt.payload import Payload
from bot.slack.ids import Action
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.wizard.form import Form
from bot.slack.modals.wizard.open_page import read_page
from bot.slack.modals.wizard.page_answers import keep, show, state_of
from bot.slack.port_in.questions import Step
from bot.wording.templates import Templates

Text = RichTextElementParts.Text
Style = RichTextElementParts.TextStyle
MOST: Final = 10
LONGEST: Final = 300
# These compare the request with the record. Either side may be wrong, so they are told where the
# record is asked, and never keep anybody from getting there.
ABOUT_RECORD: Final = frozenset(
    {rule.code for rule in RULES if rule.subject == "The carrier's record"}
    | {"btn_close_leaves_numbers", "new_btn_not_on_account"}
)
_DIFFER: Final = frozenset({"record_differs", "record_nearly_equal", "record_btn_differs"})
_TAKEN: Final = _DIFFER | {"record_account_differs"}


def beside_findings(words: Templates, state: FormState, findings: Sequence[Finding]) -> list[Block]:
    """Return what differs, and the button that takes the record's wording."""
    return [*differences(words, state, findings), *_taking(words, findings)]


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


def _taking(words: Templates, findings: Sequence[Finding]) -> list[Block]:
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


def ask_record(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the page about the carrier's record to somebody who wants to compare."""
    page = replace(read_page(form, body), step=Step.RECORD)
    draft = desk.drafts.load(page.who, page.draft_id or 0)
    show(client, desk, page, state_of(desk, form, draft))
    ack()


def take_wording(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Write in the request what the record says, also of a secret that is not shown."""
    page, names = read_page(form, body), str(body["actions"][0].get("value")).split(",")
    if not {field.name for field in form.fields}.issuperset(names):
        raise Refusal("not_ours")
    record = with_find(keep(desk, page).fields)
    theirs = {name: record.get(f"{RECORD}{name}") for name in names}
    draft = keep(desk, page, **{name: value for name, value in theirs.items() if value})
    show(client, desk, page, state_of(desk, form, draft, page.fresh_inputs))
    ack()
