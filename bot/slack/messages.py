"""The sentences of the timeline, of private words to the requester, and of reminders."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, MarkdownTextObject, SectionBlock

from bot.domain.cases import CaseFacts, Event, mask_number
from bot.domain.rejections import explain
from bot.domain.reminders import REMINDERS, Audience
from bot.slack.cards import expectation, requester_buttons, status_label
from bot.slack.dates import both, in_zone, mention
from bot.words import Mrkdwn, Words

MOST_TEXT = 2900
_NOTHING = dict.fromkeys(("open_items", "not_moved", "against_rules", "short_notice"), "")
_AUDIENCE = {row.kind: row.audience for row in REMINDERS}


def note(words: Words, case: CaseFacts, event: Event) -> tuple[str, list[Block]]:
    """Return the line of a case's timeline for one event."""
    return _spoken(words.mrkdwn_sentence("notes", event.kind, **_facts(words, case, event)))


def word(words: Words, case: CaseFacts, event: Event) -> tuple[str, list[Block]]:
    """Return what the requester is told of an event, and what is expected of them now."""
    said = words.mrkdwn_sentence("words", event.kind, **_facts(words, case, event))
    text, blocks = _spoken(f"{said}\n{expectation(words, case)}")
    return text, [*blocks, *_actions(words, case)]


def reminder(words: Words, case: CaseFacts, facts: Mapping[str, Any]) -> tuple[str, list[Block]]:
    """Return a reminder; a late one says that it is late."""
    kind = str(facts["reminder"])
    said = words.mrkdwn_sentence(
        "reminders",
        kind,
        reference=case.reference,
        when=both(case.foc_at, case.zone) if case.foc_at else "",
        carrier=case.losing_carrier,
    )
    text, blocks = _spoken(words.sentence("reminders", "late") + said if facts["late"] else said)
    private = _AUDIENCE[kind] is Audience.REQUESTER
    return text, [*blocks, *_actions(words, case)] if private else blocks


def alarm(words: Words, case: CaseFacts, facts: Mapping[str, Any]) -> tuple[str, list[Block]]:
    """Return what the channel is told when messages about a case do not get through."""
    since = both(datetime.fromisoformat(facts["since"]), case.zone)
    return _spoken(
        words.mrkdwn_sentence(
            "alarm", "stuck", reference=case.reference, when=since, why=facts["why"]
        )
    )


def plain_reminder(words: Words, case: CaseFacts, kind: str) -> str:
    """Return a reminder's sentence for a terminal."""
    return words.sentence(
        "reminders",
        kind,
        reference=case.reference,
        when=in_zone(case.foc_at, case.zone) if case.foc_at else "",
        carrier=case.losing_carrier,
    ).replace("*", "")


def _actions(words: Words, case: CaseFacts) -> list[Block]:
    return [ActionsBlock(elements=requester_buttons(words, case))] if case.is_open else []


def _spoken(text: str) -> tuple[str, list[Block]]:
    shown = text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + "…"
    return shown, [SectionBlock(text=MarkdownTextObject(text=shown))]


def _facts(words: Words, case: CaseFacts, event: Event) -> dict[str, Any]:
    facts: dict[str, Any] = dict(event.facts)
    if "item" in facts:
        facts["item"] = words.sentence("checklist", facts["item"])
    return {
        "reference": case.reference,
        "requester": mention(case.requester),
        "missing": "",
        **facts,
        "who": mention(event.who),
        "why": Mrkdwn(_quoted(words, event.why)),
        "origin": status_label(words, event.origin),
        "target": status_label(words, event.target),
        "detail": Mrkdwn(_detail(words, case, event)),
    }


def _quoted(words: Words, why: str) -> str:
    """Escape a person's reason and keep all its lines inside the quotation."""
    return words.mrkdwn_sentence("labels", "item_open", item=why).replace("\n", "\n>")


def _detail(words: Words, case: CaseFacts, event: Event) -> str:
    """Write what came with a move: the date, the carrier's reason, what stayed behind."""
    if event.target is None or event.target not in words.table("details"):
        return ""
    facts: dict[str, Any] = _NOTHING | dict(event.facts)
    if "foc_at" in facts:
        facts["when"] = both(datetime.fromisoformat(facts["foc_at"]), case.zone)
    if "reason_code" in facts:
        row = explain(facts["reason_code"])
        facts |= {"meaning": row.meaning, "code": row.code, "who_acts": row.who_acts}
        facts["next_step"] = row.next_step
    if facts.get("not_moved"):
        facts["not_moved"] = ", ".join(map(mask_number, facts["not_moved"].split(", ")))
    if facts.get("open_items"):
        names = words.table("checklist")
        facts["open_items"] = ", ".join(names[key] for key in facts["open_items"].split(", "))
    if event.target == "FOC" and "when" not in facts:
        return ""
    return " " + words.mrkdwn_sentence("details", event.target, **facts)
