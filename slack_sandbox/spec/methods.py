"""Slack's own table of methods: arguments, scopes, rate tiers and the names of errors."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).parent / "methods.json"
# Every method takes these: slack_sdk adds `team_id` where a default team is known.
_ALWAYS = frozenset({"token", "team_id"})


@dataclass(frozen=True)
class Method:
    """One row of the table; `per_minute` is None where the documentation gives no tier."""

    name: str
    required: tuple[str, ...]
    accepted: frozenset[str]
    scopes: tuple[str, ...]
    per_minute: int | None
    errors: frozenset[str]


class SlackError(Exception):
    """An answer `ok: false`; `messages` are sentences with JSON pointers."""

    def __init__(self, error: str, messages: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = list(messages)
        self.extra = extra


@cache
def method_table() -> Mapping[str, Method]:
    """Return the methods by name; every error name of the sandbox comes from here."""
    raw = json.loads(_TABLE.read_text("utf-8"))
    common = frozenset(raw["_common_errors"])
    return {
        name: Method(
            name=name,
            required=tuple(row["required"]),
            accepted=_ALWAYS.union(row["required"], row["optional"]),
            scopes=tuple(row["bot_scopes"]),
            per_minute=_per_minute(row["rate"]),
            errors=common.union(row["errors"]),
        )
        for name, row in raw.items()
        if not name.startswith("_")
    }


def _per_minute(rate: str) -> int | None:
    found = re.search(r"(\d+)\+ per minute", rate)
    return int(found.group(1)) if found else None


def problem(text: str, pointer: str = "") -> str:
    """Write a complaint as Slack writes it in `response_metadata.messages`."""
    return f"[ERROR] {text} [json-pointer:{pointer}]" if pointer else f"[ERROR] {text}"
