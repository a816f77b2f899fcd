"""What a view must look like, and how Slack describes an open one."""

import json
from collections.abc import Mapping
from typing import Any

from slack_sandbox.block_kit.blocks import elements_of, faults_in
from slack_sandbox.block_kit.elements import FLAG, plain
from slack_sandbox.spec.ids import with_ids
from slack_sandbox.spec.limits import LIMITS
from slack_sandbox.spec.methods import SlackError, problem
from slack_sandbox.spec.schema import OneOf, Record, Shape, Text
from slack_sandbox.state.open_views import View
from slack_sandbox.state.workspace import Workspace


class _Anything:
    """Blocks are checked on their own, because their shape depends on the surface."""

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Find nothing wrong."""


_COMMON: Mapping[str, Shape] = {
    "blocks": _Anything(),
    "private_metadata": Text(LIMITS["private_metadata"], 0),
    "callback_id": Text(LIMITS["callback_id"], 0),
    "external_id": Text(LIMITS["external_id"], 0),
}
_BUTTON = plain(LIMITS["view_title"])
_SHAPES: Mapping[str, Record] = {
    "modal": Record(
        {
            **_COMMON,
            "type": OneOf(("modal",)),
            "title": _BUTTON,
            "submit": _BUTTON,
            "close": _BUTTON,
            "clear_on_close": FLAG,
            "notify_on_close": FLAG,
        },
        ("type", "title", "blocks"),
    ),
    "home": Record({**_COMMON, "type": OneOf(("home",))}, ("type", "blocks")),
}


SURFACES = tuple(_SHAPES)
_TEXTS = ("private_metadata", "callback_id", "external_id")
_TITLES = ("title", "submit", "close")
_FLAGS = ("clear_on_close", "notify_on_close")


def checked_view(given: Any, surface: str, scopes: frozenset[str]) -> dict[str, Any]:
    """Return the view with ids filled in, or refuse with `invalid_arguments`."""
    if isinstance(given, dict) and len(json.dumps(given)) > LIMITS["view_bytes"]:
        raise SlackError("view_too_large")
    found = faults_in_view(given, surface, scopes)
    if found:
        raise SlackError("invalid_arguments", found)
    return {**given, "blocks": with_ids(given["blocks"])}


def faults_in_view(given: Any, surface: str, scopes: frozenset[str]) -> list[str]:
    """Return what Slack would complain about, an empty list if nothing."""
    found: list[str] = []
    _SHAPES[surface].check(given, "/view", found)
    if found:
        return found
    blocks = given["blocks"]
    found += faults_in(blocks, surface, "/view/blocks")
    if not found and not blocks:
        found.append(problem("no less than 1 items allowed", "/view/blocks"))
    return found or _faults_in_inputs(given, scopes)


def _faults_in_inputs(given: dict[str, Any], scopes: frozenset[str]) -> list[str]:
    elements = [element for block in given["blocks"] for _, element in elements_of(block)]
    found = []
    has_input = any(block["type"] == "input" for block in given["blocks"])
    if has_input and given["type"] == "modal" and not given.get("submit"):
        found.append(problem("`submit` is required when a modal has input blocks", "/view/submit"))
    if sum(bool(element.get("focus_on_load")) for element in elements) > 1:
        found.append(problem("only one element may have `focus_on_load`", "/view/blocks"))
    if any(element["type"] == "file_input" for element in elements) and "files:read" not in scopes:
        found.append(problem("file_input needs the scope files:read", "/view/blocks"))
    return found


def view_object(view: View, workspace: Workspace) -> dict[str, Any]:
    """Return an open view as payloads and the Web API carry it."""
    given = view.given
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": given["type"],
        "blocks": given["blocks"],
        **{name: given.get(name) or "" for name in _TEXTS},
        **{name: given.get(name) for name in _TITLES},
        **{name: bool(given.get(name)) for name in _FLAGS},
        "state": {"values": view.values},
        "hash": view.hash,
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
