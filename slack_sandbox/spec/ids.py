"""Identifiers in Slack's form."""

import itertools
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_counter: Iterator[int] = itertools.count(1)


def new_id(prefix: str) -> str:
    """Return an identifier such as V0B3XK7Q2LM that no other call returns."""
    number, digits = next(_counter), ""
    while number:
        number, rest = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[rest] + digits
    return f"{prefix}0{secrets.token_hex(2).upper()}{digits:0>5}"


def new_secret(prefix: str = "") -> str:
    """Return something that nobody can guess."""
    return prefix + secrets.token_urlsafe(18)


def timestamp(moment: datetime) -> str:
    """Write an instant as Slack's `ts`: seconds with six decimals."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    micro = since.days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds
    return f"{micro // 1_000_000}.{micro % 1_000_000:06d}"


def with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the blocks as Slack hands them back: every block and element has an id."""
    return [_with_ids(block) for block in blocks]


def _with_ids(block: dict[str, Any]) -> dict[str, Any]:
    known = {key: _element(value) for key, value in block.items() if value is not None}
    return {**known, "block_id": block.get("block_id") or secrets.token_urlsafe(4)}


_INTERACTIVE = frozenset({"button", "overflow", "checkboxes", "radio_buttons"})


def _element(value: Any) -> Any:
    if isinstance(value, list):
        return [_element(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("type")
    inner = {key: _element(item) for key, item in value.items() if item is not None}
    if kind == "plain_text":
        inner.setdefault("emoji", True)
    elif kind == "mrkdwn":
        inner.setdefault("verbatim", False)
    elif _takes_action_id(value):
        inner.setdefault("action_id", secrets.token_urlsafe(4))
    return inner


def _takes_action_id(value: dict[str, Any]) -> bool:
    kind = str(value.get("type", ""))
    return kind in _INTERACTIVE or kind.endswith(("_select", "_input", "picker"))
