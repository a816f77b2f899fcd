"""Slack's documented limits, taken from its documentation and from nothing of ours.

The sandbox has a table of its own: were this one made from it, a slip there would be here too.
Pages are below https://docs.slack.dev/reference/ where no other address is given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tests.oracle.payloads import Finding, Payload, objects

JUDGE: Final = "limits"
_BLOCKS, _ELEMENTS, _OBJECTS = "block-kit/blocks/", "block-kit/block-elements/", "block-kit/"
_OPTION = "block-kit/composition-objects/option-object"
_CONFIRM = "block-kit/composition-objects/confirmation-dialog-object"
_MODAL = "views/modal-views"


@dataclass(frozen=True)
class Limit:
    """Of an object of this kind, what stands at `path` has `least` to `most` characters or items.

    Numbers are taken as they are.
    """

    kind: str
    path: str
    most: int
    page: str
    least: int = 1


LIMITS: Final = (
    Limit("modal", "title.text", 24, _MODAL),
    Limit("modal", "submit.text", 24, _MODAL),
    Limit("modal", "close.text", 24, _MODAL),
    Limit("modal", "blocks", 100, _MODAL),
    Limit("modal", "private_metadata", 3000, _MODAL, 0),
    Limit("modal", "callback_id", 255, _MODAL, 0),
    Limit("modal", "external_id", 255, _MODAL, 0),
    Limit("home", "blocks", 100, "views/home-tab-views"),
    Limit("home", "private_metadata", 3000, "views/home-tab-views", 0),
    Limit("home", "callback_id", 255, "views/home-tab-views", 0),
    Limit("message", "blocks", 50, "block-kit/blocks", 0),
    # chat.update refuses more; chat.postMessage advises against it.
    Limit("message", "text", 4000, "methods/chat.update"),
    Limit("plain_text", "text", 3000, "block-kit/composition-objects/text-object"),
    Limit("mrkdwn", "text", 3000, "block-kit/composition-objects/text-object"),
    Limit("section", "text.text", 3000, f"{_BLOCKS}section-block"),
    Limit("section", "fields", 10, f"{_BLOCKS}section-block"),
    Limit("section", "fields.*.text", 2000, f"{_BLOCKS}section-block"),
    Limit("header", "text.text", 150, f"{_BLOCKS}header-block"),
    Limit("actions", "elements", 25, f"{_BLOCKS}actions-block"),
    Limit("context", "elements", 10, f"{_BLOCKS}context-block"),
    Limit("input", "label.text", 2000, f"{_BLOCKS}input-block"),
    Limit("input", "hint.text", 2000, f"{_BLOCKS}input-block"),
    Limit("image", "image_url", 3000, f"{_BLOCKS}image-block"),
    Limit("image", "alt_text", 2000, f"{_BLOCKS}image-block"),
    Limit("image", "title.text", 2000, f"{_BLOCKS}image-block"),
    Limit("markdown", "text", 12000, f"{_BLOCKS}markdown-block"),
    Limit("table", "rows", 100, f"{_BLOCKS}table-block"),
    Limit("table", "rows.*", 20, f"{_BLOCKS}table-block"),
    Limit("table", "column_settings", 20, f"{_BLOCKS}table-block"),
    Limit("data_table", "rows", 101, f"{_BLOCKS}data-table-block", 2),
    # The page of this block names no length; Slack's own Java SDK does, in its AlertBlock.
    Limit("alert", "text.text", 200, "https://github.com/slackapi/java-slack-sdk/pull/1624"),
    Limit("button", "text.text", 75, f"{_ELEMENTS}button-element"),
    Limit("button", "value", 2000, f"{_ELEMENTS}button-element", 0),
    Limit("button", "url", 3000, f"{_ELEMENTS}button-element"),
    Limit("button", "accessibility_label", 75, f"{_ELEMENTS}button-element"),
    Limit("checkboxes", "options", 10, f"{_ELEMENTS}checkboxes-element"),
    Limit("radio_buttons", "options", 10, f"{_ELEMENTS}radio-button-group-element"),
    Limit("overflow", "options", 5, f"{_ELEMENTS}overflow-menu-element"),
    Limit("static_select", "options", 100, f"{_ELEMENTS}select-menu-element"),
    Limit("static_select", "option_groups", 100, f"{_ELEMENTS}select-menu-element"),
    Limit("multi_static_select", "options", 100, f"{_ELEMENTS}multi-select-menu-element"),
    Limit("multi_static_select", "option_groups", 100, f"{_ELEMENTS}multi-select-menu-element"),
    Limit("file_input", "max_files", 10, f"{_ELEMENTS}file-input-element"),
    Limit("plain_text_input", "min_length", 3000, f"{_ELEMENTS}plain-text-input-element", 0),
    Limit("plain_text_input", "max_length", 3000, f"{_ELEMENTS}plain-text-input-element"),
    Limit("option", "text.text", 75, _OPTION),
    # The page says 150, Slack's types say 75: what keeps to the smaller one is right either way.
    Limit("option", "value", 75, _OPTION),
    Limit("option", "description.text", 75, _OPTION),
    Limit("option", "url", 3000, _OPTION),
    Limit("option_group", "label.text", 75, "block-kit/composition-objects/option-group-object"),
    Limit("option_group", "options", 100, "block-kit/composition-objects/option-group-object"),
    Limit("confirmation", "title.text", 100, _CONFIRM),
    Limit("confirmation", "text.text", 300, _CONFIRM),
    Limit("confirmation", "confirm.text", 30, _CONFIRM),
    Limit("confirmation", "deny.text", 30, _CONFIRM),
    Limit("options", "options", 100, f"{_ELEMENTS}select-menu-element", 0),
    Limit("options", "option_groups", 100, f"{_ELEMENTS}select-menu-element"),
    # Of every kind of object.
    Limit("*", "block_id", 255, "block-kit/blocks"),
    Limit("*", "action_id", 255, "block-kit/block-elements"),
    Limit("*", "placeholder.text", 150, f"{_ELEMENTS}plain-text-input-element"),
)


def judge(payload: Payload) -> Iterator[Finding]:
    """Find what is too long, too short, too many or too few."""
    for kind, value, pointer in spoken_objects(payload):
        for limit in LIMITS:
            if limit.kind in (kind, "*"):
                for place, found in _at(value, limit.path.split("."), pointer):
                    if (size := _size(found)) is not None and not limit.least <= size <= limit.most:
                        words = f"{size}, allowed {limit.least} to {limit.most} ({limit.page})"
                        yield Finding(JUDGE, payload, place, words)


def spoken_objects(payload: Payload) -> Iterator[tuple[str, Any, str]]:
    """Yield the objects of a payload; the whole of it is a `message` or `options`, if it is one."""
    if payload.is_message and isinstance(payload.body, dict):
        yield "message", payload.body, ""
    if payload.kind.endswith("block_suggestion") and isinstance(payload.body, dict):
        yield "options", payload.body, ""
    # The payload of an event in the metadata is nobody's block.
    body = payload.body if isinstance(payload.body, dict) else {}
    shown = {name: inner for name, inner in body.items() if name != "metadata"}
    yield from list(objects(shown))[1:]


def _at(value: Any, path: list[str], pointer: str) -> Iterator[tuple[str, Any]]:
    if not path:
        yield pointer, value
    elif path[0] == "*" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _at(item, path[1:], f"{pointer}/{index}")
    elif isinstance(value, dict) and value.get(path[0]) is not None:
        yield from _at(value[path[0]], path[1:], f"{pointer}/{path[0]}")


def _size(value: Any) -> int | None:
    if isinstance(value, str | list):
        return len(value)
    return value if isinstance(value, int) else None
