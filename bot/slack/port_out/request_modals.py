"""The windows of a winning carrier's request: typed in, judged, answered."""

from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
)

from bot.domain.cases.case import CaseFacts
from bot.domain.gateway.outcomes import Steps
from bot.domain.port_out.requests import OwnerSays, Reason, ReceivedRequest, RequestFacts
from bot.domain.text.matching import plain_name
from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.dates import both, mention
from bot.slack.blocks.fitting import Option, View
from bot.slack.blocks.manual_steps import steps_blocks
from bot.slack.bolt.payload import Target
from bot.slack.ids import Window
from bot.slack.port_out.modals import WORDS, asked, text_input, window
from bot.wording.templates import Templates

ENTER: Final = Window.OUT_REQUEST
ANSWER: Final = Window.OUT_ANSWER
LONGEST_NUMBERS: Final = 3000
MOST_SHOWN: Final = 10


def enter_view(words: Templates, zone: str, case: CaseFacts | None = None) -> View:
    """Return the form for what a winning carrier sent; nothing of ours is shown in it.

    Without a case the desk looks for it by the numbers.
    """
    inputs = [
        asked(words, "carrier", text_input(case.carrier if case else "")),
        asked(words, "numbers", text_input("", LONGEST_NUMBERS, multiline=True)),
        asked(words, "account_id", text_input(), optional=True),
        asked(words, "pin", text_input(), optional=True),
        asked(words, "zip_code", text_input(), optional=True),
        asked(words, "received_date", DatePickerElement(), optional=True),
        asked(words, "received_time", TimePickerElement(), optional=True, zone=_said(zone)),
    ]
    intro = "request_intro" if case else "request_intro_unasked"
    blocks: list[Block] = [section(words.mrkdwn_sentence(WORDS, intro)), *inputs]
    target = Target(case.id, case.version) if case else Target(0, 0)
    title = "request_title" if case else "request_title_unasked"
    facts = {"reference": case.reference} if case else {}
    return window(words, ENTER, title, blocks, "request_submit", target, **facts)


def _said(zone: str) -> str:
    return zone.replace("_", " ")


def decide_view(words: Templates, case: CaseFacts, request: RequestFacts) -> View:
    """Return what the comparison came to, and the answers that are left."""
    target = Target(case.id, request.version, str(request.id))
    ways = ("approve", "reject") if _may_approve(case, request) else ("reject",)
    answers = [Option(value=way, text=words.sentence(WORDS, way)) for way in ways]
    first = answers[0] if len(answers) == 1 else None
    reasons = [
        Option(value=reason, text=words.sentence("port_out/reasons", reason)) for reason in Reason
    ]
    likely = _likely(case, request)
    found = next((option for option in reasons if option.value == likely), None)
    blocks: list[Block] = [
        section(words.mrkdwn("port_out/decide.j2", **_shown(words, case, request))),
        asked(words, "decision", RadioButtonsElement(options=answers, initial_option=first)),
        asked(
            words,
            "reason",
            StaticSelectElement(options=reasons, initial_option=found),
            optional=True,
        ),
    ]
    facts = {"reference": case.reference}
    return window(words, ANSWER, "decide_title", blocks, "decide_submit", target, **facts)


def _may_approve(case: CaseFacts, request: RequestFacts) -> bool:
    return request.may_be_approved and case.owner_says != OwnerSays.NOT_ORDERED


def _shown(words: Templates, case: CaseFacts, request: RequestFacts) -> dict[str, Any]:
    more = " …" if len(request.numbers) > MOST_SHOWN else ""
    return {
        "carrier": request.carrier,
        "other_than": _other_than(case, request),
        "count": len(request.numbers),
        "shown": ", ".join(request.numbers[:MOST_SHOWN]) + more,
        "locked": request.locked,
        "found": [words.sentence("port_out/reasons", reason) for reason in request.found],
        "when": both(request.answer_by, case.zone),
        "bare": request.bare,
        "second": request.second if _may_approve(case, request) else (),
        "first_agent": mention(request.first_agent) if request.first_agent else "",
        "owner": mention(case.requester) if case.is_unasked else "",
        "owner_says": case.owner_says,
    }


def _likely(case: CaseFacts, request: RequestFacts) -> Reason | None:
    """Return the reason that is chosen beforehand: what was found, or what the owner says."""
    if request.found:
        return request.found[0]
    return Reason.INVALID_REQUEST if case.owner_says == OwnerSays.NOT_ORDERED else None


def _other_than(case: CaseFacts, request: RequestFacts) -> str:
    """Return the carrier that the case names, where another one asks."""
    same = plain_name(request.carrier) == plain_name(case.carrier)
    return "" if same else case.carrier


def answered_view(
    words: Templates, case: CaseFacts, request: RequestFacts, steps: Steps | None
) -> View:
    """Return what became of the answer, and how the carrier is told where a person does it."""
    told = words.mrkdwn(
        "port_out/answered.j2",
        answer=request.answer.value,
        carrier=request.carrier,
        when=both(request.answer_by, case.zone),
    )
    blocks = [section(told), *_told_by_hand(words, steps)]
    return window(words, Window.OUT_ANSWERED, "answered_title", blocks, reference=case.reference)


def not_ours_view(words: Templates, sent: ReceivedRequest, steps: Steps | None) -> View:
    """Return the only answer to a request for numbers that the desk does not hold."""
    told = words.mrkdwn_sentence(WORDS, "not_ours", carrier=sent.carrier)
    blocks = [section(told), *_told_by_hand(words, steps)]
    return window(words, Window.OUT_ANSWERED, "answered_title_unasked", blocks)


def _told_by_hand(words: Templates, steps: Steps | None) -> list[Block]:
    return steps_blocks(words, steps) if steps else []
