"""auth.*, users.* and usergroups.*: who is who."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sandbox.spec.methods import SlackError
from slack_sandbox.state.state import State
from slack_sandbox.state.workspace import User
from slack_sandbox.web_api.web_api import Arguments, Handler


def auth_test(state: State, _: Arguments) -> dict[str, Any]:
    """Say whose token it is."""
    workspace = state.workspace
    return {
        "url": state.base_url,
        "team": workspace.team_name,
        "user": state.manifest.name.lower(),
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def users_info(state: State, arguments: Arguments) -> dict[str, Any]:
    """Describe one user."""
    wanted = str(arguments["user"])
    if wanted == state.workspace.bot_user_id:
        return {"user": user_object(state, _bot(state))}
    user = state.workspace.by_id.get(wanted)
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user_object(state, user)}


def users_list(state: State, _: Arguments) -> dict[str, Any]:
    """List everybody, the app's own user included."""
    rows = [user_object(state, user) for user in (*state.workspace.users, _bot(state))]
    now = int(state.clock.now().timestamp())
    return {"members": rows, "cache_ts": now, "response_metadata": {"next_cursor": ""}}


def users_lookup(state: State, arguments: Arguments) -> dict[str, Any]:
    """Find a user by e-mail address."""
    wanted = str(arguments["email"]).lower()
    for user in state.workspace.users:
        if user.email.lower() == wanted:
            return {"user": user_object(state, user)}
    raise SlackError("users_not_found")


def group_members(state: State, arguments: Arguments) -> dict[str, Any]:
    """List the members of a user group."""
    for group in state.workspace.user_groups:
        if group.id == str(arguments["usergroup"]):
            return {"users": list(group.users)}
    raise SlackError("no_such_subteam")


_SAME_FOR_ALL = {
    "deleted": False,
    "is_admin": False,
    "is_owner": False,
    "is_app_user": False,
    "updated": 1_700_000_000,
}


def _bot(state: State) -> User:
    name = state.manifest.name
    return User(state.workspace.bot_user_id, name.lower(), name, is_bot=True)


def tz_label(user: User, moment: datetime) -> str:
    """Return what a person's zone is called at that time, such as PST."""
    return str(moment.astimezone(ZoneInfo(user.tz)).tzname())


def user_object(state: State, user: User) -> dict[str, Any]:
    """Return a user as Slack describes them; the address only with users:read.email."""
    now = state.clock.now()
    offset = now.astimezone(ZoneInfo(user.tz)).utcoffset()
    profile = {"real_name": user.real_name, "display_name": user.name, "title": user.role}
    if "users:read.email" in state.scopes() and user.email:
        profile["email"] = user.email
    return {
        **_SAME_FOR_ALL,
        "id": user.id,
        "team_id": state.workspace.team_id,
        "name": user.name,
        "color": user.color,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": tz_label(user, now),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_bot": user.is_bot,
    }


HANDLERS: dict[str, Handler] = {
    "auth.test": auth_test,
    "users.info": users_info,
    "users.list": users_list,
    "users.lookupByEmail": users_lookup,
    "usergroups.users.list": group_members,
}
