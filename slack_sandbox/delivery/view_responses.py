"""What an app may answer to a form or to a request for choices, and what becomes of it."""

from typing import Any

from slack_sandbox.block_kit.elements import OPTION_GROUPS, OPTIONS
from slack_sandbox.block_kit.input_values import PersonError
from slack_sandbox.spec.methods import SlackError
from slack_sandbox.state.open_views import View
from slack_sandbox.state.state import State
from slack_sandbox.state.view_checks import checked_view


def apply_answer(state: State, view: View, body: dict[str, Any]) -> None:
    """Do what the acknowledgement of a form asks for; raises `SlackError` if it is malformed."""
    action = body.get("response_action")
    if action == "errors":
        view.errors = _checked_errors(view, body.get("errors"))
    elif action in ("update", "push"):
        given = checked_view(body.get("view"), "modal", state.scopes())
        if action == "push":
            state.views.push(view.user, given)
        else:
            state.views.update(view, given)
    elif action == "clear":
        state.views.clear(view.user)
    elif action is None and not body:
        state.views.close(view)
    else:
        raise SlackError("invalid_arguments", [f"unknown answer: {', '.join(sorted(body))}"])


def _checked_errors(view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or set(errors) - inputs:
        words = "errors may only name the block_id of input blocks"
        raise SlackError("invalid_arguments", [words])
    if not all(isinstance(text, str) and text.strip() for text in errors.values()):
        raise SlackError("invalid_arguments", ["each error must be a text"])
    return dict(errors)


def choices(body: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the options and option groups of an app, or raise `PersonError`."""
    given = body if isinstance(body, dict) else {}
    options, groups = given.get("options") or [], given.get("option_groups") or []
    found: list[str] = []
    if options and groups:
        found.append("there must be either `options` or `option_groups`")
    if options:
        OPTIONS.check(options, "/options", found)
    if groups:
        OPTION_GROUPS.check(groups, "/option_groups", found)
    if found:
        raise PersonError(f"The choices could not be loaded: {found[0]}")
    return options, groups


def refusal_sentence(refusal: SlackError) -> str:
    """Return why Slack did not take an app's answer, for the developer who looks."""
    return f"Slack refuses the app's answer. {'; '.join(refusal.messages)}".strip()
