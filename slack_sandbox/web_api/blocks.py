"""blocks.validate: what Slack would say of blocks, a message or a view, without showing it."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from slack_sandbox.block_kit.blocks import faults_in
from slack_sandbox.spec.methods import SlackError
from slack_sandbox.state.state import State
from slack_sandbox.state.view_checks import SURFACES, faults_in_view
from slack_sandbox.web_api.web_api import Arguments, Handler

_WORDS = "must provide exactly one of `blocks`, `view`, or `message`"
_TOLD = re.compile(r"\[ERROR\] (.*?)(?: \[json-pointer:(.*)\])?")


def validate(state: State, arguments: Arguments) -> dict[str, Any]:
    """Check one of `blocks`, `message` and `view`; a refusal has `errors` with JSON pointers."""
    given = [name for name in _CHECKS if arguments.get(name) is not None]
    if len(given) != 1:
        raise SlackError("invalid_arguments", [_WORDS])
    found = _CHECKS[given[0]](state, arguments[given[0]])
    if found:
        raise SlackError(f"invalid_{given[0]}", errors=[_error(told) for told in found])
    return {}


def _error(told: str) -> dict[str, Any]:
    """Write a complaint as this method does; what is expected instead is left out."""
    found = _TOLD.fullmatch(told)
    words, pointer = found.groups() if found else (told, "")
    return {"code": "failed_constraint", "message": words, "pointer": pointer or ""}


def _blocks(_: State, given: Any) -> list[str]:
    return faults_in(given, "message", "")


def _message(_: State, given: Any) -> list[str]:
    if not isinstance(given, dict) or not isinstance(given.get("blocks"), list):
        return ["[ERROR] must provide an array [json-pointer:/blocks]"]
    return faults_in(given["blocks"], "message")


def _view(state: State, given: Any) -> list[str]:
    surface = given.get("type") if isinstance(given, dict) else None
    if surface not in SURFACES:
        return ["[ERROR] must be a view of a known type [json-pointer:/type]"]
    found = faults_in_view(given, str(surface), state.scopes())
    # Pointers lead from the top of what was given.
    return [told.replace("[json-pointer:/view", "[json-pointer:") for told in found]


_CHECKS: Mapping[str, Callable[[State, Any], list[str]]] = MappingProxyType(
    {"blocks": _blocks, "message": _message, "view": _view}
)
HANDLERS: dict[str, Handler] = {"blocks.validate": validate}
