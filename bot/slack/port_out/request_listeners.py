"""A winning carrier's request in Slack: typed in, compared, answered."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.desk.port_out.repeated_answers import Decision
from bot.domain.port_out.requests import OwnerSays, Reason, ReceivedRequest
from bot.domain.text.dates import read_time
from bot.errors import PortOutRefusal
from bot.slack.blocks.fitting import View
from bot.slack.bolt.answers import day_of
from bot.slack.bolt.payload import Payload, button_target, row, user_id, view_target, view_values
from bot.slack.bolt.route import Route
from bot.slack.ids import OUT_OWNER
from bot.slack.port_out.request_modals import (
    ANSWER,
    ENTER,
    answered_view,
    decide_view,
    enter_view,
    not_ours_view,
)


def ask_request(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show an agent the form for a request."""
    case_id = desk.port_out.carrier_requests.case_for(user_id(body), button_target(body).case_id)
    view = enter_view(desk.words, desk.context.time_zone, desk.queries.case(case_id))
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def open_request(desk: Desk, client: WebClient, command: Payload) -> None:
    """Show an agent the form for a request for which there may be no case."""
    desk.port_out.requests_without_case.may_enter(command["user_id"])
    view = enter_view(desk.words, desk.context.time_zone)
    client.views_open(trigger_id=command["trigger_id"], view=view)


def take_request(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """A request was typed in: compare it and offer the answers."""
    target, sent = view_target(view), _asked(desk, view_values(view))
    if not target.case_id:
        _show(ack, _unasked_view(desk, user_id(body), view["id"], sent))
        return
    request = desk.port_out.carrier_requests.enter(user_id(body), target.case_id, view["id"], sent)
    _show(ack, decide_view(desk.words, desk.queries.case(target.case_id), request))


def _unasked_view(desk: Desk, who: str, key: str, sent: ReceivedRequest) -> View:
    entered = desk.port_out.requests_without_case.enter(who, key, sent)
    if entered.case is None or entered.request is None:
        steps = desk.manual_steps.for_stranger(key, sent, entered.numbers)
        return not_ours_view(desk.words, sent, steps)
    return decide_view(desk.words, entered.case, entered.request)


def take_owners_word(desk: Desk, ack: Ack, body: Payload) -> None:
    """The owner of the numbers says whether they ordered the move."""
    word = OwnerSays(str(body["actions"][0]["action_id"]).removeprefix(OUT_OWNER))
    desk.port_out.owner_confirmation.say(user_id(body), button_target(body).case_id, word)
    ack()


def _asked(desk: Desk, values: Mapping[str, Any]) -> ReceivedRequest:
    return ReceivedRequest(
        carrier=str(values["carrier"]),
        numbers=str(values["numbers"]),
        account_id=str(values["account_id"]),
        pin=str(values["pin"]),
        zip_code=str(values["zip_code"]),
        received_at=_received(desk, values),
    )


def _received(desk: Desk, values: Mapping[str, Any]) -> datetime | None:
    """Return when the request came, in the desk's zone; a day alone means its first minute."""
    at = read_time(str(values["received_time"]))
    if not values["received_date"]:
        if at is None:
            return None
        raise PortOutRefusal("day_needed", "received_date")
    day = day_of(values, "received_date")
    zone = ZoneInfo(desk.context.time_zone)
    return datetime.combine(day, at or time(), zone).astimezone(UTC)


def ask_answer(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show an agent a request that waits for an answer."""
    case_id = button_target(body).case_id
    request = desk.port_out.carrier_requests.waiting(user_id(body), case_id)
    view = decide_view(desk.words, desk.queries.case(case_id), request)
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def take_answer(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """An agent answered; the window then holds the text for the carrier."""
    target, values = view_target(view), view_values(view)
    reason = str(values.get("reason") or "")
    decision = Decision(
        request_id=row(target.extra),
        version=target.version,
        approve=values.get("decision") == "approve",
        reason=Reason(reason) if reason in set(Reason) else None,
    )
    request = desk.port_out.carrier_requests.decide(user_id(body), target.case_id, decision)
    case = desk.queries.case(target.case_id)
    steps = desk.manual_steps.for_request(case, request)
    _show(ack, answered_view(desk.words, case, request, steps))


def _show(ack: Ack, view: View) -> None:
    ack(response_action="update", view=view.to_dict())


ROUTES = [
    *(Route("action", f"{OUT_OWNER}{word}", take_owners_word) for word in OwnerSays),
    Route("action", ENTER, ask_request),
    Route("view", ENTER, take_request),
    Route("action", ANSWER, ask_answer),
    Route("view", ANSWER, take_answer),
]
