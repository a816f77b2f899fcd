"""What the pages of /port-in show beside their questions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from slack_sdk.models.blocks import Block, DividerBlock

from bot.desk.desk import Desk
from bot.domain.cases.case import SECRET_FIELDS
from bot.slack.blocks.code_blocks import section
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.question import Field, Kind
from bot.slack.modals.wizard.page_views import context
from bot.slack.port_in.questions import Step
from bot.wording.templates import Templates

SENTENCES: Final = "intake/sentences"
# What stands above the first of these questions: the part of a long page.
_PARTS: Final = {"support_plan": "connect", "bill": "papers"}


def with_experience(desk: Desk, state: FormState) -> FormState:
    """Return what the form holds with what the desk knows of its carrier, once one is chosen."""
    carrier = state.text("losing_carrier")
    return replace(state, experience=desk.carrier_statistics.of(carrier)) if carrier else state


def experience(words: Templates, state: FormState) -> list[str]:
    """Return what the desk's history says of the chosen carrier, in a line or two."""
    known = state.experience
    return [words.mrkdwn("intake/experience.j2", known=known)] if known else []


def notes(words: Templates, state: FormState, step: str) -> list[str]:
    """Return how many numbers there are, and what became of the bill."""
    if step == Step.ACCOUNT:
        return [words.sentence(SENTENCES, "counted", count=state.count)]
    return [_about_bill(words, state)] if step == Step.RECORD else []


def _about_bill(words: Templates, state: FormState) -> str:
    """Return what became of the bill that was given, or that none is needed."""
    read = state.read_from
    found = bool(read.get("fields")) or state.found_account
    key = "record_asked" if not read else "bill_unread" if not read["ok"] else "bill_read"
    return words.mrkdwn_sentence(SENTENCES, key, name=str(read.get("name", "")), found=found)


def hint(words: Templates, state: FormState, field: Field) -> str | None:
    """Return that the case has a secret already, or that an answer was read from the bill."""
    if state.amends and field.name in SECRET_FIELDS:
        return words.table(SENTENCES)["on_file_case"]
    if field.name in state.read_from.get("fields", ()):
        return words.sentence(SENTENCES, "read_from_bill", name=state.read_from["name"])
    return None


def around(
    words: Templates, state: FormState, field: Field, question: Sequence[Block]
) -> list[Block]:
    """Put the name of a part before its first question, and what is known of a carrier behind."""
    blocks: list[Block] = [*question]
    if field.name in _PARTS:
        part = words.table(SENTENCES)[_PARTS[field.name]]
        blocks[:0] = [DividerBlock(), section(f"*{part}*")]
    if field.kind is Kind.SUGGEST:
        blocks += [context(line, block_id="experience") for line in experience(words, state)]
    return blocks
