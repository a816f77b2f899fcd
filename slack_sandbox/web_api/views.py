"""views.*: opening, stacking, changing and publishing views."""

from typing import Any

from slack_sandbox.spec.limits import TRIGGER_SECONDS
from slack_sandbox.spec.methods import SlackError, problem
from slack_sandbox.state.open_views import View
from slack_sandbox.state.state import State, Trigger
from slack_sandbox.state.view_checks import checked_view, view_object
from slack_sandbox.web_api.web_api import Arguments, Handler


def open_view(state: State, arguments: Arguments) -> dict[str, Any]:
    """Open a modal for the person who caused the trigger."""
    view = checked_view(arguments["view"], "modal", state.scopes())
    trigger = _exchange(state, arguments)
    return _shown(state, state.views.open(trigger.user, view))


def push(state: State, arguments: Arguments) -> dict[str, Any]:
    """Put a modal on top of the one in which the trigger was caused."""
    view = checked_view(arguments["view"], "modal", state.scopes())
    trigger = _exchange(state, arguments)
    if trigger.view_id is None:
        raise SlackError("not_found")
    return _shown(state, state.views.push(trigger.user, view))


def update(state: State, arguments: Arguments) -> dict[str, Any]:
    """Change an open view, found by view_id or external_id."""
    view_id, external_id = (str(arguments.get(n) or "") for n in ("view_id", "external_id"))
    if bool(view_id) == bool(external_id):
        words = "exactly one of view_id and external_id is required"
        raise SlackError("invalid_arguments", [problem(words, "/view_id")])
    view = state.views.get(view_id, external_id)
    given = checked_view(arguments["view"], view.given["type"], state.scopes())
    return _shown(state, state.views.update(view, given, arguments.get("hash")))


def publish(state: State, arguments: Arguments) -> dict[str, Any]:
    """Show a person's Home tab."""
    user = str(arguments["user_id"])
    if not state.manifest.home_tab:
        raise SlackError("not_enabled")
    if user not in state.workspace.by_id:
        words = problem("there is no such user", "/user_id")
        raise SlackError("invalid_arguments", [words])
    given = checked_view(arguments["view"], "home", state.scopes())
    return _shown(state, state.views.publish(user, given, arguments.get("hash")))


def _shown(state: State, view: View) -> dict[str, Any]:
    state.changes.touch([view.user])
    return {"view": view_object(view, state.workspace)}


def _exchange(state: State, arguments: Arguments) -> Trigger:
    trigger = state.triggers.get(str(arguments.get("trigger_id", "")))
    if trigger is None:
        words = problem("invalid `trigger_id`", "/trigger_id")
        raise SlackError("invalid_trigger_id", [words])
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if state.seconds() - trigger.since > TRIGGER_SECONDS:
        raise SlackError("expired_trigger_id")
    trigger.used = True
    return trigger


HANDLERS: dict[str, Handler] = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
