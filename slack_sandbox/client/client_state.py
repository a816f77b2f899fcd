"""What one person sees: the state that the web page and the tests read."""

from typing import Any

from slack_sandbox.delivery.delivery import Delivery
from slack_sandbox.state.conversations import Conversation, Message
from slack_sandbox.state.open_views import View
from slack_sandbox.state.state import State
from slack_sandbox.web_api.users import tz_label

_MOST_MESSAGES = 300
_MOST_NOTICES = 20


def state_for(state: State, delivery: Delivery, tips: tuple[str, ...], user: str) -> dict[str, Any]:
    """Return everything that this person can see, as JSON-ready data."""
    rooms = [row for row in state.conversations.values() if user in row.members]
    return {
        "version": state.changes.version(user),
        "me": user,
        **_workspace(state),
        "connected": delivery.connected,
        **_features(state),
        "home": _home(state, user),
        "tips": list(tips),
        "channels": [_channel(state, row, user) for row in rooms],
        "views": views_for(state, user),
        "notices": state.notices[user][-_MOST_NOTICES:],
        "faults": state.faults.as_dict(),
    }


def _workspace(state: State) -> dict[str, Any]:
    now = state.clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")
    workspace = state.workspace
    return {
        "team": {"id": workspace.team_id, "name": workspace.team_name},
        "app": {"bot_user_id": workspace.bot_user_id, "name": state.manifest.name},
        "users": [_user(state, each) for each in workspace.by_id],
        "clock": {"now": now, "offset_seconds": state.clock.offset_seconds},
    }


def views_for(state: State, user: str) -> list[dict[str, Any]]:
    """Return a person's open modals, the one on top last."""
    return [view_for(view) for view in state.views.stacks[user]]


def view_for(view: View) -> dict[str, Any]:
    """Return one view as its person sees it."""
    given = view.given
    return {
        "id": view.id,
        "root_view_id": view.root_id,
        "hash": view.hash,
        "type": given["type"],
        "title": _plain(given.get("title")),
        "submit": _plain(given.get("submit")),
        "close": _plain(given.get("close")),
        "blocks": view.blocks,
        "callback_id": given.get("callback_id") or "",
        "state": {"values": view.values},
        "errors": view.errors,
        "busy": view.busy,
        "trouble": view.trouble,
    }


def _plain(text: dict[str, Any] | None) -> str | None:
    return text["text"] if text else None


def _features(state: State) -> dict[str, Any]:
    manifest = state.manifest
    return {
        "commands": [
            {
                "command": row["command"],
                "description": row.get("description", ""),
                "usage_hint": row.get("usage_hint", ""),
            }
            for row in manifest.commands.values()
        ],
        "shortcuts": [
            {key: row.get(key, "") for key in ("type", "name", "callback_id", "description")}
            for row in manifest.shortcuts.values()
        ],
        "home_tab": manifest.home_tab,
    }


def _home(state: State, user: str) -> dict[str, Any] | None:
    view = state.views.homes.get(user)
    return view_for(view) if view else None


def _user(state: State, user_id: str) -> dict[str, Any]:
    user = state.workspace.by_id[user_id]
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": tz_label(user, state.clock.now()),
        "role": user.role,
        "color": user.color,
    }


def _channel(state: State, row: Conversation, user: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": state.manifest.name if row.with_user else row.name,
        "is_im": row.with_user is not None,
        "with_user": state.workspace.bot_user_id if row.with_user else None,
        "is_read_only": bool(row.with_user) and state.manifest.messages_tab_read_only,
        "messages": [
            _message(state, row, message) for message in row.visible_to(user, _MOST_MESSAGES)
        ],
    }


def _message(state: State, row: Conversation, message: Message) -> dict[str, Any]:
    return {
        "ts": message.ts,
        "user": message.user,
        "bot": message.bot,
        "text": message.text,
        "blocks": message.blocks,
        "values": message.values or {},
        "thread_ts": message.thread_ts,
        "reply_count": len(row.replies.get(message.ts, ())),
        "edited": message.edited_ts is not None,
        "deleted": message.deleted,
        "ephemeral": message.ephemeral_to is not None,
        "files": [_file(state, file_id) for file_id in message.files],
        "metadata": message.metadata,
    }


def _file(state: State, file_id: str) -> dict[str, Any]:
    file = state.file_object(file_id)
    found = {key: file[key] for key in ("id", "name", "size", "mimetype", "title")}
    return {**found, "url": file["url_private"].replace(state.base_url, "/")}
