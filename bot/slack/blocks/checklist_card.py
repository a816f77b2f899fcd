"""The card of the porting day: what is ticked, by whom, and what is left."""

from slack_sdk.models.blocks import Block, DividerBlock, MarkdownTextObject

from bot.domain.cases.case import CaseFacts
from bot.domain.checklists.port_in import Progress, Team
from bot.slack.blocks.case_card import card_button
from bot.slack.blocks.dates import both, mention
from bot.slack.blocks.fitting import ContextBlock, HeaderBlock, SectionBlock
from bot.slack.ids import Action
from bot.wording.sentences import render, render_mrkdwn
from bot.wording.templates import Mrkdwn, Templates

# A modal has room for this many boxes; more numbers are ticked all at once.
MOST_BOXES = 980


def checklist_card(words: Templates, case: CaseFacts) -> tuple[str, list[Block]]:
    """Return text and blocks of the porting-day checklist with what is ticked so far."""
    done = sum(item.complete for item in case.progress)
    when = both(case.foc_at, case.zone) if case.foc_at else ""
    facts = {"reference": case.reference, "done": done, "total": len(case.progress)}
    text = render(words, case, "labels", "checklist", **facts)
    intro = render_mrkdwn(
        words, case, "reminders", "checklist", reference=case.reference, when=when
    )
    blocks: list[Block] = [
        HeaderBlock(text=text),
        SectionBlock(text=MarkdownTextObject(text=intro)),
    ]
    for team in Team:
        blocks.append(DividerBlock())
        label = words.sentence("labels", team)
        blocks.append(ContextBlock(elements=[MarkdownTextObject(text=label)]))
        blocks.extend(
            _item_block(words, case, item) for item in case.progress if item.item.team is team
        )
    return text, blocks


def _item_block(words: Templates, case: CaseFacts, progress: Progress) -> SectionBlock:
    item = progress.item
    state = "done" if progress.complete else "partly" if progress.done else "open"
    by = Mrkdwn(", ".join(sorted({mention(tick.by) for tick in progress.ticks})))
    text = words.mrkdwn_sentence(
        "labels",
        f"item_{state}",
        item=render(words, case, "checklist", item.key),
        by=by,
        done=progress.done,
        total=progress.total,
    )
    per_number = item.per_number and 1 < progress.total <= MOST_BOXES
    name = Action.UNTICK if progress.complete else Action.TICK
    name = Action.TICK_NUMBERS if per_number else name
    button = card_button(words, case, name, None if progress.complete else "primary", item.key)
    return SectionBlock(
        text=MarkdownTextObject(text=text),
        accessory=button if case.is_open else None,
        block_id=f"item:{item.key}",
    )
