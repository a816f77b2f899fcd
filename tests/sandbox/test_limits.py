"""Slack's limits: what passes at the limit and fails above it."""

from typing import Any

import pytest

from slack_sandbox.block_kit.blocks import faults_in
from slack_sandbox.state.view_checks import faults_in_view

from .builders import modal, plain, text_input

EVERYTHING = frozenset({"files:read"})


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**facts: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), **facts}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def select(count: int, **facts: Any) -> dict[str, Any]:
    options = [{"text": plain(str(n)), "value": str(n)} for n in range(count)]
    return {"type": "static_select", "options": options, **facts}


def table(rows: int, columns: int = 1) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


@pytest.mark.parametrize(
    ("block", "pointer"),
    [
        (section("x" * 3001), "/blocks/0/text/text"),
        (section(""), "/blocks/0/text/text"),
        ({"type": "section"}, "/blocks/0"),
        ({"type": "section", "fields": [plain("x")] * 11}, "/blocks/0/fields"),
        ({"type": "section", "fields": [plain("x" * 2001)]}, "/blocks/0/fields/0/text"),
        ({"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/blocks/0/text/type"),
        ({"type": "divider", "colour": "red"}, "/blocks/0"),
        ({"type": "carousel"}, "/blocks/0/type"),
        ({"type": ["divider"]}, "/blocks/0/type"),
        ({"text": "no type"}, "/blocks/0"),
        ({"type": "divider", "block_id": "x" * 256}, "/blocks/0/block_id"),
        (actions(*[button(action_id=str(n)) for n in range(26)]), "/blocks/0/elements"),
        (actions(button(), button(text=plain("x" * 76))), "/blocks/0/elements/1/text/text"),
        (actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
        (actions(button(url="javascript:1")), "/blocks/0/elements/0/url"),
        (actions(button(action_id="a"), button(action_id="a")), "/blocks/0/elements/1/action_id"),
        (actions(select(101)), "/blocks/0/elements/0/options"),
        (actions(select(0)), "/blocks/0/elements/0/options"),
        (actions({"type": "static_select"}), "/blocks/0/elements/0"),
        (actions({"type": "plain_text_input"}), "/blocks/0/elements/0/type"),
        (
            actions(select(1, initial_option={"text": plain("9"), "value": "9"})),
            "/blocks/0/elements/0/initial_option",
        ),
        ({"type": "context", "elements": [plain("x")] * 11}, "/blocks/0/elements"),
        ({"type": "image", "image_url": "https://example.com/a.png"}, "/blocks/0"),
        ({"type": "alert", "text": plain("x")}, "/blocks/0/type"),
        (table(101), "/blocks/0/rows"),
        (table(1, 21), "/blocks/0/rows/0"),
        ({"type": "markdown", "text": "x" * 12_001}, "/blocks/0/text"),
        (
            {**section("x"), "accessory": {**select(11), "type": "checkboxes"}},
            "/blocks/0/accessory/options",
        ),
        (
            {**section("x"), "accessory": {**select(6), "type": "overflow"}},
            "/blocks/0/accessory/options",
        ),
        (
            actions(button(confirm={"title": plain("x" * 101), "text": plain("x"),
                                    "confirm": plain("x"), "deny": plain("x")})),
            "/blocks/0/elements/0/confirm/title/text",
        ),
    ],
)  # fmt: skip
def test_a_block_over_a_limit_is_named_by_its_pointer(block: dict[str, Any], pointer: str) -> None:
    found = faults_in([block], "message")
    assert any(fault.endswith(f"[json-pointer:{pointer}]") for fault in found), found


@pytest.mark.parametrize(
    "block",
    [
        section("x" * 3000),
        {"type": "header", "text": plain("x" * 150)},
        actions(*[button(action_id=str(n)) for n in range(25)]),
        actions(select(100)),
        table(100, 20),
        {"type": "markdown", "text": "x" * 12_000},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "text", "text": "x", "style": {"bold": True}}],
                }
            ],
        },
    ],
)
def test_a_block_at_its_limit_passes(block: dict[str, Any]) -> None:
    assert faults_in([block], "message") == []


def test_a_message_has_at_most_50_blocks_and_one_table() -> None:
    assert faults_in([{"type": "divider"}] * 50, "message") == []
    assert "no more than 50 items" in faults_in([{"type": "divider"}] * 51, "message")[0]
    assert "only_one_table_allowed" in faults_in([table(1), table(1)], "message")[0]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title": plain("x" * 25)}, "/view/title/text"),
        ({"submit": plain("x" * 25)}, "/view/submit/text"),
        ({"blocks": []}, "/view/blocks"),
        ({"blocks": [{"type": "divider"}] * 101}, "/view/blocks"),
        ({"blocks": [{"type": "markdown", "text": "x"}]}, "/view/blocks/0/type"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
        ({"external_id": "x" * 256}, "/view/external_id"),
        ({"submit": None}, "/view/submit"),
        ({"submit_disabled": True}, "invalid additional property: submit_disabled"),
        ({"type": "home"}, "/view"),
        (
            {
                "blocks": [
                    text_input("a", focus_on_load=True),
                    text_input("b", focus_on_load=True),
                ]
            },
            "focus_on_load",
        ),
        ({"blocks": [text_input("a"), text_input("a")]}, "/view/blocks/1/block_id"),
        ({"blocks": [{"type": "alert", "text": plain("x" * 201)}]}, "/view/blocks/0/text/text"),
    ],
)
def test_a_view_over_a_limit_is_refused(facts: dict[str, Any], words: str) -> None:
    found = faults_in_view(modal(**facts), "modal", EVERYTHING)
    assert any(words in fault for fault in found), found


@pytest.mark.parametrize("kind", ["file_input", "datepicker"])
def test_only_of_a_file_input_no_change_can_be_reported(kind: str) -> None:
    element = {"type": kind, "action_id": "f"}
    block = {"type": "input", "block_id": "f", "label": plain("F"), "element": element}
    found = faults_in_view(modal({**block, "dispatch_action": True}), "modal", EVERYTHING)
    pointer = "[json-pointer:/view/blocks/0/element/type]"
    assert [fault.endswith(pointer) for fault in found] == [True] * (kind == "file_input")
    assert faults_in_view(modal({**block, "dispatch_action": False}), "modal", EVERYTHING) == []


def test_a_file_input_needs_the_scope_to_read_files() -> None:
    element = {"type": "file_input", "action_id": "f"}
    block = {"type": "input", "block_id": "f", "label": plain("F"), "element": element}
    assert faults_in_view(modal(block), "modal", EVERYTHING) == []
    assert "files:read" in faults_in_view(modal(block), "modal", frozenset())[0]
