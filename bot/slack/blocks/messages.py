"""The sentences of the timeline, of private words to the requester, and of reminders."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ActionsBlock, Block, MarkdownTextObject

from bot.domain.cases.case import CaseFacts, Event, mask_number
from bot.domain.reminders.schedule import Audience, Reminder
from bot.slack.blocks.case_card import expectation, requester_buttons, status_label
from bot.slack.blocks.dates import both, in_channel, in_zone, mention, on_day
from bot.slack.blocks.fitting import LONGEST_SAID, SectionBlock, shortened_mrkdwn
from bot.slack.blocks.rejection_blocks import told_code
from bot.slack.bolt.payload import visible
from bot.wording.field_names import field_name
from bot.wording.sentences import render, render_mrkdwn
from bot.wording.templates import Mrkdwn, Templates

_NOTHING = dict.fromkeys(("open_items", "not_moved", "against_rules", "short_notice"), "")
_NAMING = frozenset({"missing", "fields"})


def note(words: Templates, case: CaseFacts, event: Event) -> tuple[str, list[Block]]:
    """Return the line of a case's timeline for one event."""
    return _spoken(render_mrkdwn(words, case, "notes", event.kind, **_facts(words, case, event)))


def word(words: Templates, case: CaseFacts, event: Event) -> tuple[str, list[Block]]:
    """Return what the requester is told of an event, and what is expected of them now."""
    told = render_mrkdwn(words, case, "words", event.kind, **_facts(words, case, event))
    text, blocks = _spoken(f"{told}\n{expectation(words, case)}")
    return text, [*blocks, *_actions(words, case, text)]


def reminder(words: Templates, case: CaseFacts, due: Reminder) -> tuple[str, list[Block]]:
    """Return a reminder; a late one says that it is late."""
    kind = due.kind
    told = render_mrkdwn(
        words,
        case,
        "reminders",
        kind,
        reference=case.reference,
        when=both(moment, case.zone) if (moment := _moment_of(case, kind)) else "",
        carrier=_carrier_of(words, case, kind),
    )
    late = f"{words.sentence('reminders', 'late')} " if due.late else ""
    text, blocks = _spoken(late + told)
    private = due.audience is Audience.REQUESTER
    wanted = f"{text}\n{expectation(words, case)}"
    return text, [*blocks, *_actions(words, case, wanted)] if private else blocks


def alarm(
    words: Templates, reference: str, zone: ZoneInfo, facts: Mapping[str, Any]
) -> tuple[str, list[Block]]:
    """Return what the channel is told when messages about a case do not get through."""
    since = both(datetime.fromisoformat(facts["since"]), zone)
    return _spoken(
        words.mrkdwn_sentence("alarm", "stuck", reference=reference, when=since, why=facts["why"])
    )


def refused(
    words: Templates, case: CaseFacts, facts: Mapping[str, Any], document: str
) -> tuple[str, list[Block]]:
    """Return what the desk is told when Slack will never take a message, and what to do then."""
    kind, channel = f"refused_{facts['refused']}", str(facts["to"])
    person = channel.startswith(("U", "W"))
    told = {
        "reference": case.reference,
        "why": facts["why"],
        "version": facts.get("version", ""),
        "document": document,
        "requester": mention(case.requester),
        "where": mention(channel) if person else in_channel(channel),
    }
    row = kind if kind in words.table("alarm") else "refused_message"
    return _spoken(words.mrkdwn_sentence("alarm", row, **told))


def shut(words: Templates, reference: str, channel: str, why: str) -> tuple[str, list[Block]]:
    """Return what an agent is told in private when the desk's channel cannot be posted to."""
    row = f"shut_{why}"
    row = row if row in words.table("alarm") else "shut_otherwise"
    facts = {"reference": reference, "channel": in_channel(channel), "why": why}
    return _spoken(words.mrkdwn_sentence("alarm", row, **facts))


def unseen(words: Templates, case: CaseFacts, channel: str) -> tuple[str, list[Block]]:
    """Return what the requester is told when the desk does not see a case yet."""
    facts = {"reference": case.reference, "channel": in_channel(channel)}
    return _spoken(words.mrkdwn_sentence("words", "unseen", **facts))


def alert(words: Templates, case: CaseFacts, event: Event) -> tuple[str, list[Block]]:
    """Return a line of the timeline as it stands alone: with the name of its case."""
    text, _blocks = note(words, case, event)
    return _spoken(f"*{case.reference}*: {text}")


def plain_reminder(words: Templates, case: CaseFacts, kind: str) -> str:
    """Return a reminder's sentence for a terminal."""
    return render(
        words,
        case,
        "reminders",
        kind,
        reference=case.reference,
        when=in_zone(moment, case.zone) if (moment := _moment_of(case, kind)) else "",
        carrier=_carrier_of(words, case, kind),
    ).replace("*", "")


def _carrier_of(words: Templates, case: CaseFacts, kind: str) -> str:
    """Return the carrier that a reminder is about: the one that waits, or that of the case."""
    waits = case.request.carrier if kind.startswith("answer_") and case.request else ""
    return waits or case.carrier or render(words, case, "labels", "that_carrier")


def _moment_of(case: CaseFacts, kind: str) -> datetime | None:
    """Return the moment that a reminder is about: the carrier's patience, or the port itself."""
    waits = kind.startswith("answer_") and case.request is not None
    return case.request.answer_by if waits and case.request else case.foc_at


def _actions(words: Templates, case: CaseFacts, told: str) -> list[Block]:
    """Only the buttons that the message speaks of: it grows old, and the card has all of them."""
    buttons = [b for b in requester_buttons(words, case) if b.text and f"*{b.text.text}*" in told]
    return [ActionsBlock(elements=buttons)] if buttons and case.is_open else []


def _spoken(text: str) -> tuple[str, list[Block]]:
    shown = shortened_mrkdwn(text, LONGEST_SAID)
    return shown, [SectionBlock(text=MarkdownTextObject(text=shown))]


def _facts(words: Templates, case: CaseFacts, event: Event) -> dict[str, Any]:
    facts: dict[str, Any] = dict(event.facts)
    if "item" in facts:
        facts["item"] = render(words, case, "checklist", facts["item"])
    if "reason" in facts:
        facts["reason_label"] = words.sentence("port_out/reasons", facts["reason"])
    if facts.get("signed_on"):
        facts["signed_on"] = on_day(date.fromisoformat(str(facts["signed_on"])))
    if "owners" in facts:
        facts["owners"] = Mrkdwn(", ".join(map(mention, facts["owners"].split())))
    if "until" in facts:
        facts["until_when"] = both(datetime.fromisoformat(facts["until"]), case.zone)
    return {
        "reference": case.reference,
        "requester": mention(case.requester),
        "missing": "",
        "unasked": "",
        "approved": "",
        **facts,
        **{name: _fields(words, facts[name]) for name in _NAMING & facts.keys()},
        "who": mention(event.who),
        "why": Mrkdwn(_quoted(words, event.why)),
        "origin": status_label(words, event.origin),
        "target": status_label(words, event.target),
        "detail": Mrkdwn(_detail(words, case, event)),
    }


def _fields(words: Templates, names: str) -> str:
    return ", ".join(field_name(words, name) for name in names.split(", "))


def _quoted(words: Templates, why: str) -> str:
    """Escape a person's reason and keep all its lines inside the quotation."""
    return words.mrkdwn_sentence("labels", "item_open", item=visible(why)).replace("\n", "\n>")


def _detail(words: Templates, case: CaseFacts, event: Event) -> str:
    """Write what came with a move: the date, the carrier's reason, what stayed behind."""
    if event.target is None or event.target not in words.table("details"):
        return ""
    facts: dict[str, Any] = _NOTHING | dict(event.facts)
    if "foc_at" in facts:
        facts["when"] = both(datetime.fromisoformat(facts["foc_at"]), case.zone)
    if "reason_code" in facts:
        row = told_code(words, facts["reason_code"], case.kind)
        facts |= {"meaning": row.meaning, "code": row.code, "who_acts": row.who_acts}
        facts["next_step"] = row.next_step
    if facts.get("not_moved"):
        facts["not_moved"] = ", ".join(map(mask_number, facts["not_moved"].split(", ")))
    if facts.get("open_items"):
        keys = facts["open_items"].split(", ")
        facts["open_items"] = ", ".join(render(words, case, "checklist", key) for key in keys)
    if event.target == "FOC" and "when" not in facts:
        return ""
    return " " + render_mrkdwn(words, case, "details", event.target, **facts)
