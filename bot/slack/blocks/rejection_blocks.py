"""The carrier refused: what happened, who must act, what to ask, and what was refused before."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import ActionsBlock, Block, MarkdownTextObject

from bot.domain.cases.case import CaseFacts, Event
from bot.domain.cases.kinds import Kind
from bot.domain.cases.rejections import Rejection, explain, rejections
from bot.domain.cases.workflow import Status
from bot.slack.blocks.case_card import card_button
from bot.slack.blocks.dates import for_reader
from bot.slack.blocks.fitting import SectionBlock
from bot.slack.ids import Action
from bot.wording.sentences import render
from bot.wording.templates import Templates

ROUNDS_SHOWN = 5


def told_code(words: Templates, code: str, kind: str) -> Rejection:
    """Return the row of a code with its sentences; an unknown code stands under its own name."""
    row = explain(code, kind)
    if kind != Kind.PORT_OUT:
        return row
    meaning = words.table("port_out/reasons").get(code, code)
    return replace(row, meaning=meaning, next_step=words.table("port_out/helps").get(code, ""))


def code_choices(words: Templates, kind: str) -> list[tuple[str, str]]:
    """Return the codes that a carrier may name for this kind of case, and how a list shows them."""
    rows = [told_code(words, code, kind) for code in rejections(kind)]
    # The codes of a port-in are what other desks write; those of a port-out are our own names.
    return [
        (r.code, r.meaning if kind == Kind.PORT_OUT else f"{r.code}: {r.meaning}") for r in rows
    ]


def refusal_lines(
    words: Templates, case: CaseFacts, code: str, earlier: Sequence[Event]
) -> list[str]:
    """Return the lines of a refusal's card."""
    row = told_code(words, code, case.kind)
    facts = {
        "happened": _happened(row, case.kind),
        "who_acts": words.sentence("waiting", row.who_acts),
        "helps": row.next_step,
        "ask": words.table("ask_carrier").get(code, ""),
        "carrier": case.carrier or render(words, case, "labels", "that_carrier"),
    }
    lines = words.mrkdwn("slack/refusal.j2", **facts).splitlines()
    return [*lines, *(_round(words, case, place, event) for place, event in _numbered(earlier))]


def _happened(row: Rejection, kind: str) -> str:
    bare = kind == Kind.PORT_OUT or row.meaning == row.code
    return row.meaning if bare else f"{row.meaning} ({row.code})"


def _numbered(earlier: Sequence[Event]) -> list[tuple[int, Event]]:
    return list(enumerate(earlier, start=1))[-ROUNDS_SHOWN:]


def _round(words: Templates, case: CaseFacts, place: int, event: Event) -> str:
    code = str(event.facts.get("reason_code", ""))
    if case.is_port_out:
        code = told_code(words, code, case.kind).meaning
    return words.mrkdwn_sentence(
        "labels", "round", place=place, code=code, when=for_reader(event.at), why=event.why
    )


def refusal_blocks(
    words: Templates, case: CaseFacts, event: Event, history: Sequence[Event], button: bool
) -> list[Block]:
    """Return what stands below the line of a refusal, perhaps with the button that corrects it."""
    code = str(event.facts.get("reason_code", ""))
    earlier = [e for e in history if e.target is Status.EXCEPTION and e.id < event.id]
    text = "\n".join(refusal_lines(words, case, code, earlier))
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=text))]
    if button and case.status is Status.EXCEPTION and explain(code, case.kind).fields:
        blocks.append(ActionsBlock(elements=[card_button(words, case, Action.CORRECT, "primary")]))
    return blocks
