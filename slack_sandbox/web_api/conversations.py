"""conversations.*: channels, members and what was said."""

import base64
import bisect
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sandbox.spec.arguments import number, truth
from slack_sandbox.spec.methods import SlackError, problem
from slack_sandbox.state.conversations import Conversation
from slack_sandbox.state.state import State
from slack_sandbox.web_api.web_api import Arguments, Handler, need_scope

_READ = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
_HISTORY = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_USUAL, _MOST = 100, 999
_TS_CURSOR, _ROW_CURSOR = "next_ts:", "next:"


def open_direct(state: State, arguments: Arguments) -> dict[str, Any]:
    """Open the direct message with a person."""
    need_scope(state, "im:write")
    users = str(arguments.get("users") or "").split(",")
    if users == [""] and not arguments.get("channel"):
        raise SlackError("users_list_not_supplied")
    found = state.conversations.get(str(arguments.get("channel")))
    direct = state.direct_with(users[0]) if len(users) == 1 and not found else found
    if direct is None:
        raise SlackError("user_not_found" if len(users) == 1 else "invalid_user_combination")
    brief = {"id": direct.id}
    full = truth(arguments.get("return_im"))
    return {"channel": _described(state, direct) if full else brief, "already_open": True}


def info(state: State, arguments: Arguments) -> dict[str, Any]:
    """Describe one conversation."""
    conversation = _seen(state, arguments, _READ)
    found = _described(state, conversation)
    if truth(arguments.get("include_num_members")):
        found["num_members"] = len(conversation.members)
    return {"channel": found}


def list_all(state: State, arguments: Arguments) -> dict[str, Any]:
    """List the conversations that the app may know of."""
    names = str(arguments.get("types") or "public_channel").split(",")
    if any(name not in _TYPES for name in names):
        raise SlackError("invalid_types")
    kinds = {_TYPES[name] for name in names}
    for kind in sorted(kinds & set(_READ)):
        need_scope(state, _READ[kind])
    bot = state.workspace.bot_user_id
    rows = [
        _described(state, row)
        for row in state.conversations.values()
        if row.kind in kinds and (row.kind == "channel" or bot in row.members)
    ]
    page, cursor = _page(rows, arguments)
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


def members(state: State, arguments: Arguments) -> dict[str, Any]:
    """List the members of a conversation."""
    conversation = _seen(state, arguments, _READ)
    page, cursor = _page(sorted(conversation.members), arguments)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def history(state: State, arguments: Arguments) -> dict[str, Any]:
    """Return messages outside of threads, newest first."""
    conversation = _seen(state, arguments, _HISTORY)
    state.channel_for_app(conversation.id)
    order = _between(conversation.order, arguments)[::-1]
    page, cursor = _page_after(order, arguments, newest_first=True)
    return {"pin_count": 0, **_messages(state, conversation, page, cursor, arguments)}


def replies(state: State, arguments: Arguments) -> dict[str, Any]:
    """Return a thread, its parent first."""
    conversation = _seen(state, arguments, _HISTORY)
    state.channel_for_app(conversation.id, "conversations.replies")
    message = conversation.messages.get(str(arguments["ts"]))
    if message is None:
        raise SlackError("thread_not_found")
    parent = message.thread_ts or message.ts
    order = [parent, *_between(conversation.replies.get(parent, []), arguments)]
    page, cursor = _page_after(order, arguments, newest_first=False)
    return _messages(state, conversation, page, cursor, arguments)


def _seen(state: State, arguments: Arguments, scopes: Mapping[str, str]) -> Conversation:
    conversation = state.conversations.get(str(arguments["channel"]))
    kind = conversation.kind if conversation else "channel"
    need_scope(state, scopes[kind])
    hidden = kind == "group" and conversation is not None
    if conversation is None or (hidden and state.workspace.bot_user_id not in conversation.members):
        raise SlackError("channel_not_found")
    return conversation


def _described(state: State, row: Conversation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": row.id,
        "created": 1_700_000_000,
        "is_archived": False,
        "is_im": row.kind == "im",
        "is_channel": row.kind == "channel",
        "is_group": row.kind == "group",
        "is_mpim": False,
        "is_private": row.kind != "channel",
        "context_team_id": state.workspace.team_id,
    }
    if row.with_user:
        return found | {"user": row.with_user, "is_open": True}
    member = state.workspace.bot_user_id in row.members
    return found | {"name": row.name, "name_normalized": row.name, "is_member": member}


def _between(order: list[str], arguments: Arguments) -> list[str]:
    oldest, latest = _ts(arguments, "oldest"), _ts(arguments, "latest")
    inclusive = truth(arguments.get("inclusive"))
    left, right = bisect.bisect_left, bisect.bisect_right
    first = (left if inclusive else right)(order, oldest) if oldest else 0
    last = (right if inclusive else left)(order, latest) if latest else len(order)
    return order[first:last]


def _ts(arguments: Arguments, name: str) -> str | None:
    given = arguments.get(name)
    if given in (None, "", "0"):
        return None
    try:
        return f"{float(str(given)):.6f}" if "." not in str(given) else str(given)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _page_after(
    order: list[str], arguments: Arguments, newest_first: bool
) -> tuple[list[str], str]:
    """Return a page of messages; its cursor names the last `ts`, so that later posts do no harm."""
    last = _uncursor(arguments.get("cursor"), _TS_CURSOR)
    if last:
        order = [ts for ts in order if (ts < last if newest_first else ts > last)]
    page, more = _cut(order, arguments)
    return page, _cursor(_TS_CURSOR, page[-1]) if more else ""


def _page(rows: Sequence[Any], arguments: Arguments) -> tuple[list[Any], str]:
    start = int(_uncursor(arguments.get("cursor"), _ROW_CURSOR) or 0)
    page, more = _cut(rows[start:], arguments)
    return page, _cursor(_ROW_CURSOR, str(start + len(page))) if more else ""


def _cut(rows: Sequence[Any], arguments: Arguments) -> tuple[list[Any], bool]:
    limit = number(arguments.get("limit"), _USUAL)
    if limit is None or not 0 < limit <= _MOST:
        raise SlackError("invalid_limit", [problem("must be between 1 and 999", "/limit")])
    return list(rows[:limit]), len(rows) > limit


def _cursor(kind: str, value: str) -> str:
    return base64.b64encode(f"{kind}{value}".encode()).decode()


def _uncursor(cursor: Any, kind: str) -> str:
    if not cursor:
        return ""
    try:
        text = base64.b64decode(str(cursor), validate=True).decode("ascii")
    except ValueError:
        raise SlackError("invalid_cursor") from None
    value = text.removeprefix(kind)
    if not text.startswith(kind) or not value.replace(".", "").isdigit():
        raise SlackError("invalid_cursor")
    return value


def _messages(
    state: State, row: Conversation, page: list[str], cursor: str, arguments: Arguments
) -> dict[str, Any]:
    with_metadata = truth(arguments.get("include_all_metadata"))
    found = [state.message_object(row.messages[ts], with_metadata) for ts in page]
    return {
        "messages": found,
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


HANDLERS: dict[str, Handler] = {
    "conversations.open": open_direct,
    "conversations.info": info,
    "conversations.list": list_all,
    "conversations.members": members,
    "conversations.history": history,
    "conversations.replies": replies,
}
