"""The carrier refused: what happened, who must act, what to ask, and what was refused before."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, MarkdownTextObject, SectionBlock

from bot.domain.cases import CaseFacts, Event
from bot.domain.rejections import explain
from bot.domain.statuses import Status
from bot.slack.cards import card_button
from bot.slack.dates import for_reader
from bot.words import Words

ROUNDS_SHOWN = 5
MOST_TEXT = 2900


def refusal_lines(words: Words, case: CaseFacts, code: str, earlier: Sequence[Event]) -> list[str]:
    """Return the lines of a refusal's card; an unknown code stands under its own name."""
    row = explain(code)
    ask = words.table("ask_carrier").get(code, "")
    facts = {
        "happened": f"{row.meaning} ({code})" if row.meaning != code else code,
        "who_acts": words.sentence("waiting", row.who_acts),
        "helps": row.next_step,
        "ask": ask,
        "carrier": case.losing_carrier,
    }
    lines = words.mrkdwn("slack/refusal.j2", **facts).splitlines()
    return [*lines, *(_round(words, place, event) for place, event in _numbered(earlier))]


def _numbered(earlier: Sequence[Event]) -> list[tuple[int, Event]]:
    return list(enumerate(earlier, start=1))[-ROUNDS_SHOWN:]


def _round(words: Words, place: int, event: Event) -> str:
    code = str(event.facts.get("reason_code", ""))
    return words.mrkdwn_sentence(
        "labels", "round", place=place, code=code, when=for_reader(event.at), why=event.why
    )


def refusal_blocks(
    words: Words, case: CaseFacts, event: Event, history: Sequence[Event], button: bool
) -> list[Block]:
    """Return what stands below the line of a refusal, perhaps with the button that corrects it."""
    code = str(event.facts.get("reason_code", ""))
    earlier = [e for e in history if e.target is Status.EXCEPTION and e.id < event.id]
    text = "\n".join(refusal_lines(words, case, code, earlier))[:MOST_TEXT]
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=text))]
    if button and case.status is Status.EXCEPTION and explain(code).fields:
        blocks.append(ActionsBlock(elements=[card_button(words, case, "correct", "primary")]))
    return blocks
