"""The payloads that Slack sends to an app, field by field."""

from typing import Any

from slack_sandbox.block_kit.input_values import HOLDERS, initial_values
from slack_sandbox.spec.ids import new_id, timestamp
from slack_sandbox.state.conversations import Conversation, Message
from slack_sandbox.state.open_views import View
from slack_sandbox.state.state import State
from slack_sandbox.state.view_checks import view_object
from slack_sandbox.state.workspace import User

# Slack still sends the verification token of old, which nobody should check.
_VERIFICATION = "sandbox"


def _common(state: State, kind: str, user: User) -> dict[str, Any]:
    workspace = state.workspace
    return {
        "type": kind,
        "team": {"id": workspace.team_id, "domain": workspace.team_domain},
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": workspace.team_id,
        },
        "api_app_id": workspace.app_id,
        "token": _VERIFICATION,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(
    state: State, user: User, where: Conversation, words: tuple[str, str], response_url: str
) -> dict[str, Any]:
    """Return the payload of a slash command; `words` are the command and its text."""
    workspace = state.workspace
    return {
        "token": _VERIFICATION,
        "team_id": workspace.team_id,
        "team_domain": workspace.team_domain,
        "channel_id": where.id,
        "channel_name": where.payload_name,
        "user_id": user.id,
        "user_name": user.name,
        "command": words[0],
        "text": words[1],
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": state.new_trigger(user.id),
    }


def message_action(
    state: State, user: User, message: Message, action: dict[str, Any], response_url: str
) -> dict[str, Any]:
    """Return the block_actions payload of a click in a message."""
    where = state.conversations[message.channel]
    if message.values is None:
        message.values = initial_values(message.blocks)
    found = _common(state, "block_actions", user) | {
        "container": _container(message),
        "trigger_id": state.new_trigger(user.id),
        "channel": {"id": where.id, "name": where.payload_name},
        "state": {"values": message.values},
        "response_url": response_url,
        "actions": [action],
    }
    if message.ephemeral_to is None:
        found["message"] = state.message_object(message)
    return found


def _container(message: Message) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    return found | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def view_action(state: State, user: User, view: View, action: dict[str, Any]) -> dict[str, Any]:
    """Return the block_actions payload of a click in a view."""
    return _common(state, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": state.new_trigger(user.id, view.id),
        "view": view_object(view, state.workspace),
        "actions": [action],
    }


def action_of(
    state: State, block: dict[str, Any], element: dict[str, Any], value: dict[str, Any] | None
) -> dict[str, Any]:
    """Return the entry of `actions`; `value` is the typed value or the overflow's choice."""
    found = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": timestamp(state.clock.now()),
    }
    shown = ("text", "value", "style") if element["type"] == "button" else ("placeholder",)
    found |= {key: element[key] for key in shown if key in element}
    holder = HOLDERS.get(element["type"])
    if holder and holder.initial in element and holder.key != "value":
        found[holder.initial] = element[holder.initial]
    return found | (value or {})


def view_submission(state: State, user: User, view: View) -> dict[str, Any]:
    """Return the payload of a submitted form."""
    return _common(state, "view_submission", user) | {
        "trigger_id": state.new_trigger(user.id, view.id),
        "view": view_object(view, state.workspace),
        "response_urls": [],
    }


def view_closed(state: State, user: User, view: View, is_cleared: bool) -> dict[str, Any]:
    """Return the payload of a view that was closed without being sent."""
    found = _common(state, "view_closed", user)
    return found | {"view": view_object(view, state.workspace), "is_cleared": is_cleared}


def suggestion(
    state: State, user: User, view: View, where: tuple[str, str], typed: str
) -> dict[str, Any]:
    """Return the payload that asks for choices; `where` is block_id and action_id."""
    return _common(state, "block_suggestion", user) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_object(view, state.workspace),
        "block_id": where[0],
        "action_id": where[1],
        "value": typed,
    }


def global_shortcut(state: State, user: User, callback_id: str) -> dict[str, Any]:
    """Return the payload of a shortcut from the search or the lightning menu."""
    return _common(state, "shortcut", user) | {
        "callback_id": callback_id,
        "trigger_id": state.new_trigger(user.id),
        "action_ts": timestamp(state.clock.now()),
    }


def message_shortcut(
    state: State, user: User, callback_id: str, message: Message, response_url: str
) -> dict[str, Any]:
    """Return the payload of a shortcut on a message."""
    where = state.conversations[message.channel]
    return _common(state, "message_action", user) | {
        "callback_id": callback_id,
        "trigger_id": state.new_trigger(user.id),
        "action_ts": timestamp(state.clock.now()),
        "message_ts": message.ts,
        "channel": {"id": where.id, "name": where.payload_name},
        "message": state.message_object(message),
        "response_url": response_url,
    }


def event(state: State, inner: dict[str, Any]) -> dict[str, Any]:
    """Wrap an event as the Events API does."""
    workspace = state.workspace
    installed = {
        "enterprise_id": None,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": _VERIFICATION,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app_id,
        "type": "event_callback",
        "event": inner,
        "event_id": new_id("Ev"),
        "event_time": int(state.clock.now().timestamp()),
        "authorizations": [installed],
        "is_ext_shared_channel": False,
        "event_context": new_id("EC"),
    }
