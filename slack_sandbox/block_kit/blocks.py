"""Which blocks there are, where they may stand, and what is wrong with a given list of them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from slack_sandbox.block_kit.element_cross_checks import faults_in_element
from slack_sandbox.block_kit.elements import (
    ANY_TEXT,
    ELEMENTS,
    FLAG,
    ID,
    URL,
    either,
    elements_for,
    plain,
)
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.spec.limits import LIMITS
from slack_sandbox.spec.methods import problem
from slack_sandbox.spec.schema import ByType, Many, OneOf, Record, Shape, Text


def _block(kind: str, fields: Mapping[str, Shape], *needed: str) -> Record:
    return Record({"type": OneOf((kind,)), "block_id": ID, **fields}, ("type", *needed))


_IMAGE_SOURCE: Mapping[str, Shape] = {
    "image_url": URL,
    "slack_file": Record({"id": ID, "url": URL}),
    "alt_text": Text(LIMITS["alt_text"]),
}
_CONTEXT = ByType(
    {
        "image": ELEMENTS["image"],
        "plain_text": plain(LIMITS["context_text"]),
        "mrkdwn": either(LIMITS["context_text"]),
    }
)
_RAW_TEXT = Record({"type": OneOf(("raw_text",)), "text": ANY_TEXT}, ("type", "text"))
_COLUMN = Record({"align": OneOf(("left", "center", "right")), "is_wrapped": FLAG})
_CELL = ByType({"raw_text": _RAW_TEXT, "rich_text": RICH_TEXT})

_TABLE: dict[str, Record] = {
    "section": _block(
        "section",
        {
            "text": either(LIMITS["section"]),
            "fields": Many(either(LIMITS["section_field"]), LIMITS["section_fields"]),
            "accessory": elements_for("section"),
            "expand": FLAG,
        },
    ),
    "header": _block("header", {"text": plain(LIMITS["header"])}, "text"),
    "divider": _block("divider", {}),
    "actions": _block(
        "actions", {"elements": Many(elements_for("actions"), LIMITS["actions"])}, "elements"
    ),
    "context": _block("context", {"elements": Many(_CONTEXT, LIMITS["context"])}, "elements"),
    "image": _block("image", {**_IMAGE_SOURCE, "title": plain(LIMITS["label"])}, "alt_text"),
    "input": _block(
        "input",
        {
            "label": plain(LIMITS["label"]),
            "element": elements_for("input"),
            "hint": plain(LIMITS["label"]),
            "optional": FLAG,
            "dispatch_action": FLAG,
        },
        "label",
        "element",
    ),
    "rich_text": RICH_TEXT,
    "markdown": _block("markdown", {"text": Text(LIMITS["markdown"])}, "text"),
    "table": _block(
        "table",
        {
            "rows": Many(Many(_CELL, LIMITS["table_columns"]), LIMITS["table_rows"]),
            "column_settings": Many(_COLUMN, LIMITS["table_columns"]),
        },
        "rows",
    ),
    "alert": _block(
        "alert",
        {
            "text": either(LIMITS["alert"]),
            "level": OneOf(("default", "info", "warning", "error", "success")),
        },
        "text",
    ),
    "file": _block(
        "file", {"external_id": ID, "source": OneOf(("remote",))}, "external_id", "source"
    ),
}
BLOCKS: Mapping[str, Record] = MappingProxyType(_TABLE)
_EVERYWHERE = (
    "section", "header", "divider", "actions", "context", "image", "input", "rich_text",
)  # fmt: skip
SURFACES = MappingProxyType(
    {
        "message": (*_EVERYWHERE, "markdown", "table", "file"),
        "modal": (*_EVERYWHERE, "alert"),
        "home": _EVERYWHERE,
    }
)
_MOST = {
    "message": LIMITS["message_blocks"],
    "modal": LIMITS["view_blocks"],
    "home": LIMITS["home_blocks"],
}
_SHAPES = {
    surface: Many(ByType({kind: BLOCKS[kind] for kind in kinds}), _MOST[surface], 0)
    for surface, kinds in SURFACES.items()
}


def faults_in(blocks: Any, surface: str, pointer: str = "/blocks") -> list[str]:
    """Return what Slack would complain about, an empty list if nothing."""
    found: list[str] = []
    _SHAPES[surface].check(blocks, pointer, found)
    if not found:
        found += _repeated_block_ids(blocks, pointer)
        found += _message_totals(blocks, pointer)
        for index, block in enumerate(blocks):
            found += _faults_in_block(block, surface, f"{pointer}/{index}")
    return found


def elements_of(block: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the elements of a block with the path that leads to each."""
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield name, block[name]
    if block.get("type") == "actions":
        for index, element in enumerate(block["elements"]):
            yield f"elements/{index}", element


def length_of(value: Any) -> int:
    """Return how many characters all texts of blocks have together."""
    if isinstance(value, list):
        return sum(map(length_of, value))
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    return (len(own) if isinstance(own, str) else 0) + length_of([*value.values()])


def _repeated_block_ids(blocks: list[dict[str, Any]], pointer: str) -> list[str]:
    seen: set[str] = set()
    found = []
    for index, block in enumerate(blocks):
        name = block.get("block_id")
        if name and name in seen:
            text = f"`block_id` {name} already exists"
            found.append(problem(text, f"{pointer}/{index}/block_id"))
        seen.add(name or "")
    return found


def _message_totals(blocks: list[dict[str, Any]], pointer: str) -> list[str]:
    found = []
    if sum(block["type"] == "table" for block in blocks) > LIMITS["tables"]:
        found.append(problem("only_one_table_allowed", pointer))
    if sum(len(b["text"]) for b in blocks if b["type"] == "markdown") > LIMITS["markdown"]:
        text = f"markdown must be less than {LIMITS['markdown'] + 1} characters in all"
        found.append(problem(text, pointer))
    return found


def _faults_in_block(block: dict[str, Any], surface: str, pointer: str) -> list[str]:
    found = []
    if block["type"] == "section" and not block.get("text") and not block.get("fields"):
        found.append(problem("must define either `text` or `fields`", pointer))
    if block["type"] == "input" and block.get("dispatch_action"):
        found += _not_dispatched(block["element"], pointer)
    if block["type"] == "image":
        found += faults_in_element(block, pointer)
    seen: set[str] = set()
    if block["type"] == "context":
        for index, element in enumerate(block["elements"]):
            found += faults_in_element(element, f"{pointer}/elements/{index}")
    for path, element in elements_of(block):
        found += _faults_in_element(element, surface, f"{pointer}/{path}")
        name = element.get("action_id")
        if name and name in seen:
            text = f"`action_id` {name} already exists"
            found.append(problem(text, f"{pointer}/{path}/action_id"))
        seen.add(name or "")
    return found


def _not_dispatched(element: dict[str, Any], pointer: str) -> list[str]:
    """`dispatch_action` and a file_input are incompatible, says the input block's page."""
    refused = element["type"] == "file_input"
    words = "unsupported type: file_input with `dispatch_action`"
    return [problem(words, f"{pointer}/element/type")] if refused else []


def _faults_in_element(element: dict[str, Any], surface: str, pointer: str) -> list[str]:
    if element["type"] == "file_input" and surface != "modal":
        return [problem("unsupported type: file_input", f"{pointer}/type")]
    return faults_in_element(element, pointer)
