"""chat.*: what the app says, changes and takes back."""

import json
from typing import Any

from slack_sandbox.block_kit.blocks import faults_in, length_of
from slack_sandbox.spec.arguments import number, truth
from slack_sandbox.spec.ids import new_id, with_ids
from slack_sandbox.spec.limits import LIMITS
from slack_sandbox.spec.methods import SlackError, problem
from slack_sandbox.state.conversations import Conversation, Message
from slack_sandbox.state.state import State
from slack_sandbox.web_api.web_api import Arguments, Handler, need_scope

_LEFT_OUT = ("attachments", "reply_broadcast", "current_draft_last_updated_ts", "file_ids")
_CUSTOMIZE = ("username", "icon_emoji", "icon_url")
_MOST_AHEAD = 120 * 86_400


def post_message(state: State, arguments: Arguments) -> dict[str, Any]:
    """Post to a channel, or to a person through the direct message with the app."""
    conversation = _destination(state, str(arguments["channel"]))
    text, blocks = checked_content(state, arguments, "invalid_arguments")
    message = Message(
        ts=state.next_ts(),
        channel=conversation.id,
        user=state.workspace.bot_user_id,
        text=text,
        blocks=blocks,
        thread_ts=_thread(conversation, arguments.get("thread_ts")),
        metadata=checked_metadata(arguments),
        bot=True,
    )
    state.add(message)
    found = state.message_object(message, with_metadata=True)
    state.record.append({"channel": conversation.id, **found})
    return {"channel": conversation.id, "ts": message.ts, "message": found}


def update(state: State, arguments: Arguments) -> dict[str, Any]:
    """Change one of the app's own messages; what is left out stays, but for the text."""
    conversation, message = _own(state, arguments, "cant_update_message")
    text, blocks = checked_content(state, arguments, "msg_too_long")
    message.text, message.edited_ts = text, state.next_ts()
    if "blocks" in arguments:
        message.blocks, message.values = blocks, None
    if "metadata" in arguments:
        message.metadata = checked_metadata(arguments)
    state.tell_about(conversation)
    found = state.message_object(message, with_metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "text": text, "message": found}


def delete(state: State, arguments: Arguments) -> dict[str, Any]:
    """Take back one of the app's own messages."""
    conversation, message = _own(state, arguments, "cant_delete_message")
    conversation.remove(message)
    state.tell_about(conversation)
    return {"channel": conversation.id, "ts": message.ts}


def post_ephemeral(state: State, arguments: Arguments) -> dict[str, Any]:
    """Say something that only one person sees."""
    conversation = _destination(state, str(arguments["channel"]))
    user = str(arguments["user"])
    if user not in conversation.members:
        raise SlackError("user_not_in_channel")
    text, blocks = checked_content(state, arguments, "msg_too_long")
    thread_ts = _thread(conversation, arguments.get("thread_ts"))
    ts = say_privately(state, conversation, user, text, blocks, thread_ts)
    return {"message_ts": ts}


def say_privately(
    state: State,
    conversation: Conversation,
    user: str,
    text: str,
    blocks: list[dict[str, Any]],
    thread_ts: str | None = None,
) -> str:
    """Add an ephemeral message of the app; returns its `ts`."""
    bot = state.workspace.bot_user_id
    message = Message(state.next_ts(), conversation.id, bot, text, blocks, thread_ts)
    message.bot, message.ephemeral_to = True, user
    state.add(message)
    return message.ts


def get_permalink(state: State, arguments: Arguments) -> dict[str, Any]:
    """Return a link to a message."""
    conversation = _destination(state, str(arguments["channel"]))
    ts = str(arguments["message_ts"])
    if ts not in conversation.messages:
        raise SlackError("message_not_found")
    link = f"{state.base_url}archives/{conversation.id}/p{ts.replace('.', '')}"
    return {"channel": conversation.id, "permalink": link}


def schedule_message(state: State, arguments: Arguments) -> dict[str, Any]:
    """Keep a message until its time comes on the sandbox's clock."""
    conversation = _destination(state, str(arguments["channel"]))
    post_at = number(arguments["post_at"], 0)
    ahead = (post_at or 0) - state.clock.now().timestamp()
    if post_at is None:
        raise SlackError("invalid_time")
    if ahead <= 0 or ahead > _MOST_AHEAD:
        raise SlackError("time_in_past" if ahead <= 0 else "time_too_far")
    checked_content(state, arguments, "msg_too_long")
    checked_metadata(arguments)
    name = new_id("Q")
    later = {key: value for key, value in arguments.items() if key != "post_at"}
    state.scheduled.append((post_at, later))
    return {
        "channel": conversation.id,
        "scheduled_message_id": name,
        "post_at": post_at,
        "message": {"text": arguments.get("text"), "bot_id": state.workspace.bot_id},
    }


def checked_content(
    state: State, arguments: Arguments, too_long: str
) -> tuple[str, list[dict[str, Any]]]:
    """Return text and blocks, or refuse; `too_long` is this method's error for a long text."""
    _refuse_left_out(state, arguments)
    blocks = arguments.get("blocks")
    text = arguments.get("text")
    if text is None and blocks is None:
        text = arguments.get("markdown_text")
    elif "markdown_text" in arguments:
        raise SlackError("markdown_text_conflict")
    if not isinstance(text, str) or not text.strip():
        raise SlackError("no_text", [problem("a top-level text is required", "/text")])
    if len(text) > LIMITS["message_text"]:
        words = f"must be less than {LIMITS['message_text'] + 1} characters"
        raise SlackError(too_long, [problem(words, "/text")])
    found = checked_blocks(blocks)
    if length_of(found) > LIMITS["message_characters"]:
        words = f"blocks must be less than {LIMITS['message_characters'] + 1} characters in all"
        raise SlackError("msg_blocks_too_long", [problem(words, "/blocks")])
    return text, found


def checked_blocks(blocks: Any) -> list[dict[str, Any]]:
    """Return the blocks of a message with ids filled in, or refuse."""
    if blocks is None:
        return []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    found = faults_in(blocks, "message")
    if found:
        raise SlackError("invalid_blocks", found)
    return with_ids(blocks)


def checked_metadata(arguments: Arguments) -> dict[str, Any] | None:
    """Return the metadata or refuse; an empty object removes it."""
    given = arguments.get("metadata")
    if not given:
        return None
    if not isinstance(given, dict):
        raise SlackError("invalid_metadata_format")
    kind, payload = given.get("event_type"), given.get("event_payload")
    if not isinstance(kind, str) or not kind or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(given)) > LIMITS["metadata_bytes"]:
        raise SlackError("metadata_too_large")
    return given


def _refuse_left_out(state: State, arguments: Arguments) -> None:
    if truth(arguments.get("as_user")):
        raise SlackError("as_user_not_supported")
    for name in _CUSTOMIZE:
        if name in arguments:
            need_scope(state, "chat:write.customize")
    found = [problem(f"{n} is not offered here", f"/{n}") for n in _LEFT_OUT if arguments.get(n)]
    if found:
        raise SlackError("invalid_arguments", found)


def _destination(state: State, channel: str) -> Conversation:
    direct = state.direct_with(channel)
    conversation = direct or state.channel_for_app(channel)
    if conversation.with_user and not state.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    return conversation


def _thread(conversation: Conversation, thread_ts: Any) -> str | None:
    if thread_ts is None:
        return None
    parent = conversation.messages.get(str(thread_ts))
    if parent is None or parent.is_reply:
        words = "thread_ts must be the ts of a message that starts a thread"
        raise SlackError("cannot_reply_to_message", [problem(words, "/thread_ts")])
    return parent.ts


def _own(state: State, arguments: Arguments, error: str) -> tuple[Conversation, Message]:
    conversation = state.conversations.get(str(arguments["channel"]))
    if conversation is None:
        raise SlackError("channel_not_found")
    message = conversation.messages.get(str(arguments["ts"]))
    if message is None or message.deleted:
        raise SlackError("message_not_found")
    if not message.bot:
        raise SlackError(error)
    return conversation, message


HANDLERS: dict[str, Handler] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
    "chat.scheduleMessage": schedule_message,
}
