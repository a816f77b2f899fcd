"""The manifest and the code name the same entry points, and every scope is used."""

import inspect
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_bolt.kwargs_injection.args import Args

from bot.slack.app import ROUTES
from bot.slack.bolt.route import Route

ROOT = Path(__file__).resolve().parents[2]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
SCHEMA = json.loads((ROOT / "tests/data/slack-manifest.schema.json").read_text(encoding="utf-8"))
METHODS: dict[str, Any] = json.loads(
    (ROOT / "slack_sandbox/spec/methods.json").read_text(encoding="utf-8")
)
CALL = re.compile(r"client\.([a-z]+_[A-Za-z_]+)\(")


def _called_methods() -> set[str]:
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "bot").glob("[cs]l*/**/*.py")]
    names = {name for text in code for name in CALL.findall(text)}
    return {
        method
        for method in METHODS
        if not method.startswith("_") and method.replace(".", "_") in names
    }


def _scopes() -> list[str]:
    scopes = MANIFEST["oauth_config"]["scopes"]
    return [*scopes["bot"], *scopes["bot_optional"]]


def test_the_manifest_is_one_that_slack_takes() -> None:
    jsonschema.validate(MANIFEST, SCHEMA)


def test_manifest_and_code_name_the_same_commands() -> None:
    listed = {row["command"] for row in MANIFEST["features"]["slash_commands"]}
    assert listed == {route.id for route in ROUTES if route.kind == "command"}


def test_interactivity_is_on_because_there_are_buttons_and_modals() -> None:
    assert {"action", "view"} <= {route.kind for route in ROUTES}
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True


@pytest.mark.parametrize("scope", [scope for scope in _scopes() if scope != "commands"])
def test_every_scope_is_used_by_a_call(scope: str) -> None:
    calls = [name for name in _called_methods() if scope in METHODS[name]["bot_scopes"]]
    assert calls, f"no call of the app needs {scope}"


def test_every_call_has_a_scope_that_allows_it() -> None:
    for name in _called_methods():
        needed = METHODS[name]["bot_scopes"]
        assert not needed or set(needed) & set(_scopes()), f"{name} needs one of {needed}"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.id))
def test_every_listener_asks_only_for_what_bolt_can_give(route: Route) -> None:
    known = set(inspect.signature(Args.__init__).parameters)
    first, *others = inspect.signature(route.listener).parameters
    assert first == "desk"
    assert set(others) <= known


def test_no_two_routes_listen_to_the_same_thing() -> None:
    names = [(route.kind, str(route.id)) for route in ROUTES]
    assert len(names) == len(set(names))
