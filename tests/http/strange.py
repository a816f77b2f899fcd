"""Payloads of Slack's with parts of them exchanged for what Slack never sends."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

Payload = dict[str, Any]
_LONG = "x" * 5000
INSTEAD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, 2**31, "", "x", "0", "-1", "9" * 20, _LONG, "\ud800", "\x00",
    "a\u202eb", "{}", "[1, 1, 1]", "9999-12-31", "0001-01-01", "25:61", "Nowhere/Town",
    [], [None], [[]], ["x"], {}, {"id": None}, {"value": 1}, {"type": "workflow_step"},
)  # fmt: skip
KINDS = (
    "workflow_step",
    "dialog_suggestion",
    "interactive_message",
    "block_actions",
    "view_closed",
)


def strange(payload: Payload, chance: random.Random) -> Payload:
    """Return a copy with one to three parts lost, doubled or exchanged, at any depth."""
    changed: Payload = copy.deepcopy(payload)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(changed))
        if places:
            _change(*chance.choice(places), chance)
    if chance.random() < 0.05:
        changed["type"] = chance.choice(KINDS)
    return changed


def _places(part: Any) -> Iterator[tuple[Any, Any]]:
    named = part.items() if isinstance(part, dict) else enumerate(part)
    for key, inner in named:
        yield part, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _change(part: Any, key: Any, chance: random.Random) -> None:
    way = chance.random()
    if way < 0.25:
        del part[key]
    elif way < 0.3 and isinstance(part, list):
        part.append(part[key])
    else:
        part[key] = copy.deepcopy(chance.choice(INSTEAD))


def as_json(payload: Payload) -> str:
    """Return a payload as text; half a pair of surrogates stays one."""
    return json.dumps(payload)
