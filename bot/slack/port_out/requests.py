"""A winning carrier's request in Slack: typed in, compared, answered."""

from collections.abc import Mapping, Sequence
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
from bot.domain.likeness import plain_name
from bot.domain.moments import read_day, read_time
from bot.domain.port_out import Answer, Asked, OwnerSays, Reason, RequestFacts
from bot.slack.copying import section, to_copy
from bot.slack.dates import both, in_zone, mention
from bot.slack.payload import Payload, Target, actor, metadata, pressed, typed
from bot.slack.port_out.windows import WORDS, asked, text_input, window
from bot.slack.route import Route
from bot.words import Words

ENTER: Final = "out_request"
ANSWER: Final = "out_answer"
OWNER: Final = "out_owner_"
LONGEST_NUMBERS: Final = 3000
MOST_SHOWN: Final = 10


def enter_view(words: Words, zone: str, case: CaseFacts | None = None) -> View:
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


def decide_view(words: Words, case: CaseFacts, request: RequestFacts) -> View:
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


def _shown(words: Words, case: CaseFacts, request: RequestFacts) -> dict[str, Any]:
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
        blocks += to_copy(_to_carrier(words, case, request))
    return window(words, "out_answered", "answered_title", blocks, reference=case.reference)


def not_ours_view(words: Words, sent: Asked, numbers: Sequence[str]) -> View:
    """Return the only answer to a request for numbers that the desk does not hold."""
    told = words.mrkdwn_sentence(WORDS, "not_ours", carrier=sent.carrier)
    reply = words.mrkdwn(
        "port_out/to_carrier.j2",
        approved=False,
        received="",
        reference="",
        numbers=", ".join(numbers),
        reason=words.sentence("port_out/reasons", Reason.NOT_ON_ACCOUNT),
    )
    blocks: list[Block] = [section(told), *to_copy(reply)]
    return window(words, "out_answered", "answered_title_unasked", blocks)


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
    view = enter_view(desk.words, desk.room.time_zone, desk.lookups.case(case_id))
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def open_request(desk: Desk, client: WebClient, command: Payload) -> None:
    """Show an agent the form for a request for which there may be no case."""
    desk.port_out.unasked.may_enter(command["user_id"])
    view = enter_view(desk.words, desk.room.time_zone)
    client.views_open(trigger_id=command["trigger_id"], view=view)


def take_request(ack: Ack, body: Payload, view: Payload, context: BoltContext) -> None:
    """A request was typed in: compare it and offer the answers."""
    desk: Desk = context["desk"]
    target, sent = metadata(view), _asked(desk, typed(view))
    if not target.case_id:
        _show(ack, _unasked_view(desk, actor(body), view["id"], sent))
        return
    request = desk.port_out.requests.enter(actor(body), target.case_id, view["id"], sent)
    _show(ack, decide_view(desk.words, desk.lookups.case(target.case_id), request))


def _unasked_view(desk: Desk, who: str, key: str, sent: Asked) -> View:
    entered = desk.port_out.unasked.enter(who, key, sent)
    if entered.case is None or entered.request is None:
        return not_ours_view(desk.words, sent, entered.numbers)
    return decide_view(desk.words, entered.case, entered.request)


def take_owners_word(ack: Ack, body: Payload, context: BoltContext) -> None:
    """The owner of the numbers says whether they ordered the move."""
    desk: Desk = context["desk"]
    word = OwnerSays(str(body["actions"][0]["action_id"]).removeprefix(OWNER))
    desk.port_out.owners.say(actor(body), pressed(body).case_id, word)
    ack()


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
    *(Route("action", f"{OWNER}{word}", take_owners_word) for word in OwnerSays),
    Route("action", ENTER, ask_request),
    Route("view", ENTER, take_request),
    Route("action", ANSWER, ask_answer),
    Route("view", ANSWER, take_answer),
]
