"""A winning carrier's request in Slack: typed in, compared, answered."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    Option,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.desk.desk import Desk
from bot.desk.port_out.requests import Decision
from bot.desk.port_out.sentences import refusal
from bot.domain.cases import CaseFacts
from bot.domain.moments import read_day, read_time
from bot.domain.port_out import Answer, Asked, Reason, RequestFacts
from bot.slack.dates import both, in_zone, mention
from bot.slack.payload import Payload, Target, actor, metadata, pressed, typed
from bot.slack.port_out.windows import WORDS, asked, section, text_input, to_copy, window
from bot.slack.route import Route
from bot.words import Words

ENTER: Final = "out_request"
ANSWER: Final = "out_answer"
LONGEST_NUMBERS: Final = 3000
MOST_SHOWN: Final = 10


def enter_view(words: Words, case: CaseFacts, zone: str) -> View:
    """Return the form for what a winning carrier sent; nothing of ours is shown in it."""
    inputs = [
        asked(words, "carrier", text_input(case.carrier)),
        asked(words, "numbers", text_input("", LONGEST_NUMBERS, multiline=True)),
        asked(words, "account_id", text_input(), optional=True),
        asked(words, "pin", text_input(), optional=True),
        asked(words, "zip_code", text_input(), optional=True),
        asked(words, "received_date", DatePickerElement(), optional=True),
        asked(words, "received_time", TimePickerElement(), optional=True, zone=zone),
    ]
    intro: list[Block] = [section(words.sentence(WORDS, "request_intro"))]
    target = Target(case.id, case.version)
    facts = {"reference": case.reference}
    return window(
        words, ENTER, "request_title", [*intro, *inputs], "request_submit", target, **facts
    )


def decide_view(words: Words, case: CaseFacts, request: RequestFacts) -> View:
    """Return what the comparison came to, and the answers that are left."""
    target = Target(case.id, request.version, str(request.id))
    ways = ("approve", "reject") if request.may_be_approved else ("reject",)
    answers = [Option(value=way, text=words.sentence(WORDS, way)) for way in ways]
    first = answers[0] if len(answers) == 1 else None
    reasons = [
        Option(value=reason, text=words.sentence("port_out/reasons", reason)) for reason in Reason
    ]
    found = next((o for o in reasons if request.found and o.value == request.found[0]), None)
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


def _shown(words: Words, case: CaseFacts, request: RequestFacts) -> dict[str, Any]:
    more = " …" if len(request.numbers) > MOST_SHOWN else ""
    return {
        "carrier": request.carrier,
        "count": len(request.numbers),
        "shown": ", ".join(request.numbers[:MOST_SHOWN]) + more,
        "locked": request.locked,
        "found": [words.sentence("port_out/reasons", reason) for reason in request.found],
        "when": both(request.answer_by, case.zone),
        "second": request.second,
        "first_agent": mention(request.first_agent) if request.first_agent else "",
    }


def answered_view(words: Words, case: CaseFacts, request: RequestFacts) -> View:
    """Return what became of the answer, with the text for the carrier."""
    told = words.mrkdwn(
        "port_out/answered.j2",
        answer=request.answer.value,
        carrier=request.carrier,
        when=both(request.answer_by, case.zone),
    )
    blocks: list[Block] = [section(told)]
    if request.answer is not Answer.HALF_APPROVED:
        blocks.append(to_copy(_to_carrier(words, case, request)))
    return window(words, "out_answered", "answered_title", blocks, reference=case.reference)


def _to_carrier(words: Words, case: CaseFacts, request: RequestFacts) -> str:
    return words.mrkdwn(
        "port_out/to_carrier.j2",
        approved=request.answer is Answer.APPROVED,
        received=in_zone(request.received_at, case.zone),
        reference=case.reference,
        numbers=", ".join(request.numbers),
        reason=words.sentence("port_out/reasons", request.reason) if request.reason else "",
    )


def ask_request(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Show an agent the form for a request."""
    desk: Desk = context["desk"]
    case_id = desk.port_out.requests.case_for(actor(body), pressed(body).case_id)
    view = enter_view(desk.words, desk.lookups.case(case_id), desk.room.time_zone)
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def take_request(ack: Ack, body: Payload, view: Payload, context: BoltContext) -> None:
    """A request was typed in: compare it and offer the answers."""
    desk: Desk = context["desk"]
    target, values = metadata(view), typed(view)
    request = desk.port_out.requests.enter(
        actor(body), target.case_id, view["id"], _asked(desk, values)
    )
    _show(ack, decide_view(desk.words, desk.lookups.case(target.case_id), request))


def _asked(desk: Desk, values: Mapping[str, Any]) -> Asked:
    return Asked(
        carrier=str(values["carrier"]),
        numbers=str(values["numbers"]),
        account_id=str(values["account_id"]),
        pin=str(values["pin"]),
        zip_code=str(values["zip_code"]),
        received_at=_received(desk, values),
    )


def _received(desk: Desk, values: Mapping[str, Any]) -> datetime | None:
    """Return when the request came, in the desk's zone; a day alone means its first minute."""
    day, at = read_day(str(values["received_date"])), read_time(str(values["received_time"]))
    if day is None and at is None:
        return None
    if day is None:
        raise refusal(desk.room, "day_needed", "received_date")
    zone = ZoneInfo(desk.room.time_zone)
    return datetime.combine(day, at or time(), zone).astimezone(UTC)


def ask_answer(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Show an agent a request that waits for an answer."""
    desk: Desk = context["desk"]
    case_id = pressed(body).case_id
    request = desk.port_out.requests.waiting(actor(body), case_id)
    view = decide_view(desk.words, desk.lookups.case(case_id), request)
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def take_answer(ack: Ack, body: Payload, view: Payload, context: BoltContext) -> None:
    """An agent answered; the window then holds the text for the carrier."""
    desk: Desk = context["desk"]
    target, values = metadata(view), typed(view)
    reason = str(values.get("reason") or "")
    decision = Decision(
        request_id=int(target.extra) if target.extra.isdecimal() else 0,
        version=target.version,
        approve=values.get("decision") == "approve",
        reason=Reason(reason) if reason in set(Reason) else None,
    )
    request = desk.port_out.requests.decide(actor(body), target.case_id, decision)
    _show(ack, answered_view(desk.words, desk.lookups.case(target.case_id), request))


def _show(ack: Ack, view: View) -> None:
    ack(response_action="update", view=view.to_dict())


ROUTES = [
    Route("action", ENTER, ask_request),
    Route("view", ENTER, take_request),
    Route("action", ANSWER, ask_answer),
    Route("view", ANSWER, take_answer),
]
