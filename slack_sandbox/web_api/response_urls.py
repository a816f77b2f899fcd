"""response_url: answers outside of the Web API, five within half an hour."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from slack_sandbox.spec.ids import new_secret
from slack_sandbox.spec.limits import LIMITS, RESPONSE_URL_SECONDS
from slack_sandbox.spec.methods import SlackError
from slack_sandbox.state.conversations import Conversation, Message
from slack_sandbox.state.state import State
from slack_sandbox.web_api.chat import checked_blocks, say_privately

_KNOWN = frozenset(
    {
        "text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts",
        "unfurl_links", "unfurl_media", "metadata",
    }
)  # fmt: skip


@dataclass
class Permit:
    """What one response_url may do; `message` is the one that was clicked, if any."""

    user: str
    channel: str
    message: Message | None
    since: float
    uses: int = 0


@dataclass
class ResponseUrls:
    """Hands out response_urls, and answers up to five calls of each for half an hour."""

    state: State
    _permits: dict[str, Permit] = field(default_factory=dict)

    def new(self, user: str, channel: str, message: Message | None = None) -> str:
        """Return a fresh response_url."""
        token = new_secret()
        self._permits[token] = Permit(user, channel, message, self.state.seconds())
        return f"{self.state.base_url}response/{token}"

    async def answer(self, request: Request) -> Response:
        """Answer one call: `ok`, or 404 for a worn-out URL and 400 for a bad message."""
        body = await request.body()
        try:
            given = json.loads(body)
        except ValueError:
            given = None
        text, status = self._answer(request.path_params["token"], given)
        self.state.traffic.note(
            "from_app", "response_url", "response_url", given, text, 0, status == 200
        )
        return PlainTextResponse(text, status)

    def _answer(self, token: str, given: Any) -> tuple[str, int]:
        permit = self._permits.get(token)
        if permit is None or permit.uses >= LIMITS["response_uses"]:
            return "used_url", 404
        if self.state.seconds() - permit.since > RESPONSE_URL_SECONDS:
            return "expired_url", 404
        if not isinstance(given, dict) or set(given) - _KNOWN:
            return "invalid_payload", 400
        permit.uses += 1
        try:
            answer_person(self.state, permit, given)
        except SlackError as refusal:
            return refusal.error, 400
        return "ok", 200


def answer_person(state: State, permit: Permit, given: dict[str, Any]) -> None:
    """Do what an answer asks for; raises `SlackError` where it is malformed."""
    where = state.conversations[permit.channel]
    if given.get("delete_original") and permit.message:
        where.remove(permit.message)
        state.tell_about(where, permit.message)
        return
    text = str(given.get("text") or "")
    blocks = checked_blocks(given.get("blocks"))
    if not text and not blocks:
        raise SlackError("no_text")
    if given.get("replace_original") and permit.message:
        _replace(state, where, permit.message, text, blocks)
    elif given.get("response_type") == "in_channel":
        _say_openly(state, where, text, blocks, given.get("thread_ts"))
    else:
        say_privately(state, where, permit.user, text, blocks, given.get("thread_ts"))


def _replace(
    state: State, where: Conversation, message: Message, text: str, blocks: list[dict[str, Any]]
) -> None:
    message.text, message.blocks, message.values = text, blocks, None
    if message.ephemeral_to is None:
        message.edited_ts = state.next_ts()
    state.tell_about(where, message)


def _say_openly(
    state: State,
    where: Conversation,
    text: str,
    blocks: list[dict[str, Any]],
    thread_ts: str | None,
) -> None:
    message = Message(state.next_ts(), where.id, state.workspace.bot_user_id, text, blocks)
    message.thread_ts, message.bot = thread_ts, True
    state.add(message)
