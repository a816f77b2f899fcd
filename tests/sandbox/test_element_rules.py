"""What fields of an element must be to each other: refused, and the most that still passes."""

from time import time
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox.block_kit.blocks import faults_in
from slack_sandbox.spec.methods import method_table
from slack_sandbox.state.workspace import ROSA, TEAM

from .builders import plain

Json = dict[str, Any]
LOGO = {"image_url": "https://example.com/a.png", "alt_text": "A"}
OWN = {"slack_file": {"id": "F1"}, "alt_text": "A"}


def option(value: str, **facts: Any) -> Json:
    return {"text": plain(value.upper()), "value": value, **facts}


A, B = option("a"), option("b", description=plain("The second"))
MARKED = option("a", description={"type": "mrkdwn", "text": "x"})
MORE = {**A, "text": {**plain("A"), "emoji": True}, "description": None}


def asked(kind: str, **facts: Any) -> Json:
    return {"type": "input", "label": plain("Q"), "element": {"type": kind, **facts}}


def grouped(kind: str, *options: Json, **facts: Any) -> Json:
    return asked(kind, option_groups=[{"label": plain("G"), "options": list(options)}], **facts)


def text(**facts: Any) -> Json:
    return asked("plain_text_input", **facts)


def number(*, decimal: bool = False, **facts: Any) -> Json:
    return asked("number_input", is_decimal_allowed=decimal, **facts)


def rich(kind: str, *parts: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(parts)}]}


def several(kind: str, **facts: Any) -> Json:
    return asked(kind, options=[A, B], **facts)


CHANGED = [
    {**B, "text": plain("Bee")},
    {**B, "description": plain("Another")},
    {"text": B["text"], "value": "b"},
    {**B, "value": "c"},
]
WORD = {"type": "text", "text": "x"}
INITIAL = {"static_select": "initial_option", "radio_buttons": "initial_option"} | dict.fromkeys(
    ("checkboxes", "multi_static_select"), "initial_options"
)


@pytest.mark.parametrize("chosen", CHANGED)
@pytest.mark.parametrize(("kind", "name"), INITIAL.items())
def test_what_is_chosen_beforehand_is_one_of_the_options_whole(
    kind: str, name: str, chosen: Json
) -> None:
    def given(one: Json) -> Json:
        return {name: one if name == "initial_option" else [A, one]}

    lists = [several(kind, **given(chosen)), several(kind, **given(B))]
    if kind.endswith("select"):
        lists += [grouped(kind, A, B, **given(chosen)), grouped(kind, A, B, **given(B))]
    found = [faults_in([block], "modal") for block in lists]
    assert all(
        f"{name} must match one of the options" in found[n][0] for n in range(0, len(found), 2)
    )
    assert all(found[n] == [] for n in range(1, len(found), 2))


@pytest.mark.parametrize(
    ("bad", "field", "good"),
    [
        (text(min_length=6, max_length=5), "min_length", text(min_length=5, max_length=5)),
        (
            text(max_length=5, initial_value="x" * 6),
            "initial_value",
            text(max_length=5, initial_value="x" * 5),
        ),
        (
            text(min_length=5, initial_value="x" * 4),
            "initial_value",
            text(min_length=5, initial_value="x" * 5),
        ),
        (
            text(initial_value="x" * 3001),
            "initial_value",
            text(initial_value="x" * 3000),
        ),
        (
            number(min_value="10", max_value="9"),
            "min_value",
            number(min_value="9", max_value="10"),
        ),
        (
            number(min_value="5", initial_value="4"),
            "initial_value",
            number(min_value="5", initial_value="5"),
        ),
        (
            number(max_value="9", initial_value="10"),
            "initial_value",
            number(max_value="10", initial_value="10"),
        ),
        (number(initial_value="1.5"), "initial_value", number(decimal=True, initial_value="1.5")),
        (
            asked("datepicker", initial_date="2026-13-45"),
            "initial_date",
            asked("datepicker", initial_date="2026-12-31"),
        ),
        (
            asked("datepicker", initial_date="2026-02-29"),
            "initial_date",
            asked("datepicker", initial_date="2028-02-29"),
        ),
        (
            asked("datepicker", initial_date="2026-1-5"),
            "initial_date",
            asked("datepicker", initial_date="2026-01-05"),
        ),
        (
            asked("timepicker", initial_time="25:99"),
            "initial_time",
            asked("timepicker", initial_time="23:59"),
        ),
        (
            asked("datetimepicker", initial_date_time=999_999_999),
            "initial_date_time",
            asked("datetimepicker", initial_date_time=1_000_000_000),
        ),
        (
            several("multi_static_select", initial_options=[A, B], max_selected_items=1),
            "initial_options",
            several("multi_static_select", initial_options=[A, B], max_selected_items=2),
        ),
        (
            asked("multi_users_select", initial_users=["U1", "U2"], max_selected_items=1),
            "initial_users",
            asked("multi_users_select", initial_users=["U1"], max_selected_items=1),
        ),
        (
            several("checkboxes", initial_options=[A, A]),
            "initial_options",
            several("checkboxes", initial_options=[MORE, B]),
        ),
        (
            asked("static_select", options=[MARKED]),
            "options/0/description/type",
            asked("radio_buttons", options=[MARKED]),
        ),
    ],
)
def test_a_question_that_contradicts_itself_is_refused(bad: Json, field: str, good: Json) -> None:
    found = faults_in([bad], "modal")
    assert [fault.partition("[")[2].rpartition(":")[2] for fault in found] == [
        f"/blocks/0/element/{field}]"
    ]
    assert faults_in([good], "modal") == []


@pytest.mark.parametrize(
    ("bad", "pointer", "good"),
    [
        ({"type": "image", **LOGO, **OWN}, "/blocks/0", {"type": "image", **LOGO}),
        ({"type": "image", "alt_text": "A"}, "/blocks/0", {"type": "image", **OWN}),
        (
            {"type": "image", "slack_file": {}, "alt_text": "A"},
            "/blocks/0",
            {"type": "image", "slack_file": {"url": "https://a.example/F1"}, "alt_text": "A"},
        ),
        (
            {"type": "context", "elements": [{"type": "image", **LOGO, **OWN}]},
            "/blocks/0/elements/0",
            {"type": "context", "elements": [{"type": "image", **LOGO}]},
        ),
        (
            {
                "type": "section",
                "text": plain("x"),
                "accessory": {"type": "image", "alt_text": "A"},
            },
            "/blocks/0/accessory",
            {"type": "section", "text": plain("x"), "accessory": {"type": "image", **OWN}},
        ),
        *(
            (rich(kind), "/blocks/0/elements/0/elements", rich(kind, WORD))
            for kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
        ),
        (
            {"type": "rich_text", "elements": []},
            "/blocks/0/elements",
            rich("rich_text_section", WORD),
        ),
    ],
)
def test_a_picture_has_one_source_and_rich_text_some_words(
    bad: Json, pointer: str, good: Json
) -> None:
    found = faults_in([bad], "message")
    assert any(fault.endswith(f"[json-pointer:{pointer}]") for fault in found), found
    assert faults_in([good], "message") == []


def long_message(characters: int) -> list[Json]:
    """Return sections with so many characters in all."""
    sizes = [3000] * (characters // 3000) + [characters % 3000]
    return [{"type": "section", "text": plain("x" * size)} for size in sizes if size]


@pytest.mark.parametrize(
    ("method", "facts"),
    [
        ("chat.postMessage", {}),
        ("chat.update", {"ts": "set below"}),
        ("chat.postEphemeral", {"user": ROSA}),
        ("chat.scheduleMessage", {"post_at": "set below"}),
    ],
)
def test_the_blocks_of_a_message_are_limited_together(
    client: WebClient, method: str, facts: Json
) -> None:
    given = {"channel": TEAM, "text": "Long", **facts}
    if method == "chat.update":
        given["ts"] = client.chat_postMessage(channel=TEAM, text="Short")["ts"]
    if method == "chat.scheduleMessage":
        given["post_at"] = int(time()) + 3600
    with pytest.raises(SlackApiError) as refusal:
        client.api_call(method, json={**given, "blocks": long_message(13_201)})
    assert refusal.value.response["error"] == "msg_blocks_too_long"
    assert "msg_blocks_too_long" in method_table()[method].errors
    assert client.api_call(method, json={**given, "blocks": long_message(13_200)})["ok"]
