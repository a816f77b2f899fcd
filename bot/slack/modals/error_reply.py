"""The one place where an error is answered in Slack, to the person who caused it."""

import json
from http.client import HTTPException
from typing import Any

import structlog
from slack_bolt import BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.desk.core.context import Busy
from bot.desk.core.faulty_request import Refused
from bot.desk.desk import Desk
from bot.errors import PortingError, Refusal
from bot.slack.blocks.findings import errors_of, red_texts
from bot.slack.blocks.notice import notice_view
from bot.slack.bolt.api_errors import error_code
from bot.slack.bolt.payload import Payload
from bot.slack.delivery.file_transfer import is_slack
from bot.wording.refusals import word_error
from bot.wording.templates import escape_mrkdwn

_EXPIRED = frozenset({"expired_trigger_id", "trigger_expired"})
# Slack repeated a click: the first delivery has opened the window already.
_OPENED = "exchanged_trigger_id"
log = structlog.get_logger()


def answer_error(
    desk: Desk, error: Exception, body: Payload, context: BoltContext, client: WebClient
) -> BoltResponse:
    """Answer an error where the person is looking; what was typed stays in the modal."""
    if is_opened(error):
        return BoltResponse(status=200, body="")
    message = message_for(desk, error)
    if body.get("type") == "view_submission":
        return _in_modal(desk, body["view"], message, _by_field(desk, error, message))
    if body.get("command"):
        return _json({"response_type": "ephemeral", "text": escape_mrkdwn(message)})
    if body.get("type") == "block_suggestion":
        return _json({"options": []})
    return _beside(desk, body, context, client, message)


def is_opened(error: Exception) -> bool:
    """Say whether Slack only repeated a command or click whose window is there already."""
    return isinstance(error, SlackApiError) and error_code(error) == _OPENED


def say(context: BoltContext, message: str) -> None:
    """Say something to the person who acted, in a line that only they see."""
    if context.respond and is_slack(context.response_url or "", context.client.base_url):
        said = escape_mrkdwn(message)
        try:
            context.respond(text=said, response_type="ephemeral", replace_original=False)
        except (SlackClientError, HTTPException, OSError, ValueError) as error:
            # There is no other way left, and what was done stays done.
            log.warning("line_not_shown", error=type(error).__name__)


def message_for(desk: Desk, error: Exception) -> str:
    """Return the sentence that tells a person of an error; what is not theirs is logged."""
    if isinstance(error, Busy):
        log.warning("desk_busy", error=_cause(error))
    if isinstance(error, PortingError):
        return word_error(desk.words, error)
    if isinstance(error, SlackApiError) and error_code(error) in _EXPIRED:
        return desk.words.sentence("slack/answers", "expired")
    # The text of a foreign error may quote what a person typed: only its kind is logged.
    log.error("listener_failed", error=type(error).__name__, where=_where(error))
    return desk.words.sentence("slack/answers", "went_wrong")


def _cause(error: Busy) -> str:
    """Return what the database said: "database is locked", "disk is full"; it names no values."""
    return str(getattr(error.__cause__, "orig", None) or type(error.__cause__).__name__)[:200]


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""


def _by_field(desk: Desk, error: Exception, message: str) -> dict[str, str]:
    """Return what stands under which field."""
    if isinstance(error, Refused):
        return red_texts(desk.words, errors_of(error.report))
    field = error.field if isinstance(error, Refusal) else None
    return {field: message} if field else {}


def _in_modal(desk: Desk, view: Payload, message: str, faults: dict[str, str]) -> BoltResponse:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if shown := {field: text for field, text in faults.items() if field in inputs}:
        return _json({"response_action": "errors", "errors": shown})
    unsaid = [text for text in faults.values() if text not in message]
    notice = notice_view(desk.words, "\n".join([message, *unsaid])).to_dict()
    return _json({"response_action": "push", "view": notice})


def _beside(
    desk: Desk, body: Payload, context: BoltContext, client: WebClient, message: str
) -> BoltResponse:
    """A button has no room for an answer: a small window opens, or a line only they can see."""
    view = notice_view(desk.words, message)
    show = client.views_push if body.get("view") else client.views_open
    try:
        show(trigger_id=body.get("trigger_id"), view=view)
    except (SlackClientError, HTTPException, OSError, ValueError) as error:
        log.warning("notice_not_shown", error=type(error).__name__)
        say(context, message)
    return BoltResponse(status=200, body="")


def _json(value: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200, body=json.dumps(value), headers={"content-type": ["application/json"]}
    )
