"""views.*: opening, stacking, changing and publishing views."""

from typing import Any

from slack_sandbox.spec.limits import TRIGGER_SECONDS
from slack_sandbox.spec.methods import SlackError, problem
from slack_sandbox.state.open_views import View
from slack_sandbox.state.state import State, Trigger
from slack_sandbox.state.view_checks import checked_view, view_object
from slack_sandbox.web_api.web_api import Arguments, Handler


def open_view(world: State, arguments: Arguments) -> dict[str, Any]:
    """Open a modal for the person who caused the trigger."""
    view = checked_view(arguments["view"], "modal", world.scopes())
    trigger = _exchange(world, arguments)
    return _shown(world, world.views.open(trigger.user, view))


def push(world: State, arguments: Arguments) -> dict[str, Any]:
    """Put a modal on top of the one in which the trigger was caused."""
    view = checked_view(arguments["view"], "modal", world.scopes())
    trigger = _exchange(world, arguments)
    if trigger.view_id is None:
        raise SlackError("not_found")
    return _shown(world, world.views.push(trigger.user, view))


def update(world: State, arguments: Arguments) -> dict[str, Any]:
    """Change an open view, found by view_id or external_id."""
    view_id, external_id = (str(arguments.get(n) or "") for n in ("view_id", "external_id"))
    if bool(view_id) == bool(external_id):
        words = "exactly one of view_id and external_id is required"
        raise SlackError("invalid_arguments", [problem(words, "/view_id")])
    view = world.views.get(view_id, external_id)
    given = checked_view(arguments["view"], view.given["type"], world.scopes())
    return _shown(world, world.views.update(view, given, arguments.get("hash")))


def publish(world: State, arguments: Arguments) -> dict[str, Any]:
    """Show a person's Home tab."""
    user = str(arguments["user_id"])
    if not world.manifest.home_tab:
        raise SlackError("not_enabled")
    if user not in world.workspace.by_id:
        words = problem("there is no such user", "/user_id")
        raise SlackError("invalid_arguments", [words])
    given = checked_view(arguments["view"], "home", world.scopes())
    return _shown(world, world.views.publish(user, given, arguments.get("hash")))


def _shown(world: State, view: View) -> dict[str, Any]:
    world.changes.touch([view.user])
    return {"view": view_object(view, world.workspace)}


def _exchange(world: State, arguments: Arguments) -> Trigger:
    trigger = world.triggers.get(str(arguments.get("trigger_id", "")))
    if trigger is None:
        words = problem("invalid `trigger_id`", "/trigger_id")
        raise SlackError("invalid_trigger_id", [words])
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if world.seconds() - trigger.since > TRIGGER_SECONDS:
        raise SlackError("expired_trigger_id")
    trigger.used = True
    return trigger


HANDLERS: dict[str, Handler] = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
