"""What the Web API refuses, in Slack's own words."""

import json
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Enforce, Sandbox
from bot.sandbox.blocks import faults_in
from bot.sandbox.methods import method_table
from bot.sandbox.views import faults_in_view
from bot.sandbox.workspace import GENERAL, PORTING, ROSA

from .builders import modal, plain, text_input

EVERYTHING = frozenset({"files:read"})


def error_of(call: Any, **arguments: Any) -> Any:
    """Return Slack's answer to a call that must fail."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return caught.value.response


def post_json(url: str, token: str | None, arguments: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = Request(url, json.dumps(arguments).encode(), headers)
    with urlopen(request) as answer:
        found: dict[str, Any] = json.loads(answer.read())
        return found


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
    ],
)
def test_a_view_over_a_limit_is_refused(facts: dict[str, Any], words: str) -> None:
    found = faults_in_view(modal(**facts), "modal", EVERYTHING)
    assert any(words in fault for fault in found), found


def test_a_file_input_needs_the_scope_to_read_files() -> None:
    element = {"type": "file_input", "action_id": "f"}
    block = {"type": "input", "block_id": "f", "label": plain("F"), "element": element}
    assert faults_in_view(modal(block), "modal", EVERYTHING) == []
    assert "files:read" in faults_in_view(modal(block), "modal", frozenset())[0]


def test_refused_blocks_come_with_pointers(client: WebClient) -> None:
    answer = error_of(
        client.chat_postMessage, channel=PORTING, text="x", blocks=[{"type": "carousel"}]
    )
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] unsupported type: carousel [json-pointer:/blocks/0/type]"
    ]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE1", "text": "x"}, "channel_not_found"),
        ({"channel": GENERAL, "text": "x"}, "not_in_channel"),
        ({"channel": PORTING}, "no_text"),
        ({"channel": PORTING, "text": " "}, "no_text"),
        ({"channel": PORTING, "text": "x" * 4001}, "invalid_arguments"),
        ({"channel": PORTING, "text": "x", "blocks": "[oops"}, "invalid_blocks_format"),
        ({"channel": PORTING, "text": "x", "colour": "red"}, "invalid_arguments"),
        ({"channel": PORTING, "text": "x", "username": "Boss"}, "missing_scope"),
        ({"channel": PORTING, "text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"channel": PORTING, "text": "x", "metadata": {"event_type": "x"}},
         "invalid_metadata_schema"),
    ],
)  # fmt: skip
def test_a_post_is_refused_as_slack_refuses_it(
    client: WebClient, arguments: dict[str, Any], error: str
) -> None:
    answer = client.api_call
    assert error_of(answer, api_method="chat.postMessage", json=arguments)["error"] == error


def test_a_long_text_fails_an_update(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=PORTING, text="x")["ts"]
    answer = error_of(client.chat_update, channel=PORTING, ts=ts, text="x" * 4001)
    assert answer["error"] == "msg_too_long"


def test_only_own_messages_can_be_changed(client: WebClient, rosa: Any) -> None:
    ts = rosa.say("Hello")
    changed = error_of(client.chat_update, channel=PORTING, ts=ts, text="x")
    deleted = error_of(client.chat_delete, channel=PORTING, ts=ts)
    assert (changed["error"], deleted["error"]) == ("cant_update_message", "cant_delete_message")


def test_tokens_must_be_known_and_of_the_right_kind(sandbox: Sandbox) -> None:
    def ask(token: str | None, method: str) -> str:
        web = WebClient(token=token, base_url=sandbox.api_url)
        return str(error_of(web.api_call, api_method=method)["error"])

    assert ask(None, "auth.test") == "not_authed"
    assert ask("xoxb-other", "auth.test") == "invalid_auth"
    assert ask(sandbox.bot_token, "apps.connections.open") == "not_allowed_token_type"
    assert ask(sandbox.app_token, "users.list") == "not_allowed_token_type"
    sandbox.faults.revoke_token = True
    assert ask(sandbox.bot_token, "auth.test") == "token_revoked"


def test_a_scope_that_the_manifest_lacks_is_missing(client: WebClient) -> None:
    answer = error_of(client.conversations_history, channel=PORTING[:-1])
    assert answer["error"] == "channel_not_found"
    lookup = error_of(client.users_lookupByEmail, email="rosa@example.com")
    assert (lookup["error"], lookup["needed"]) == ("missing_scope", "users:read.email")


def test_optional_scopes_can_be_withheld(sandbox: Sandbox, client: WebClient) -> None:
    assert client.conversations_history(channel=PORTING)["ok"]
    sandbox.faults.withhold_optional_scopes = True
    answer = error_of(client.conversations_history, channel=PORTING)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
    assert "channels:history" not in client.auth_test().headers["x-oauth-scopes"]


def test_unknown_methods_and_arguments_are_refused(client: WebClient) -> None:
    assert error_of(client.api_call, api_method="chat.shout")["error"] == "unknown_method"
    answer = error_of(client.api_call, api_method="users.info", params={"user": ROSA, "x": "1"})
    assert answer["error"] == "invalid_arguments"


def test_posts_in_a_burst_meet_the_rate_limit(sandbox: Sandbox, client: WebClient) -> None:
    for _ in range(4):
        client.chat_postMessage(channel=PORTING, text="x")
    answer = error_of(client.chat_postMessage, channel=PORTING, text="x")
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == "1"
    assert client.chat_postMessage(channel=ROSA, text="elsewhere")["ok"]
    sandbox.faults.enforce_rates = Enforce.NONE
    assert client.chat_postMessage(channel=PORTING, text="x")["ok"]


def test_every_error_name_is_in_slacks_table() -> None:
    names = {name for row in method_table().values() for name in row.errors}
    source = Path(faults_in.__code__.co_filename).parent
    raised = set()
    for module in source.glob("*.py"):
        parts = module.read_text("utf-8").split('SlackError("')[1:]
        raised |= {part.partition('"')[0] for part in parts}
    assert raised - names == set()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(value=JSON_VALUES, method=st.sampled_from(sorted(method_table())))
def test_nonsense_gets_an_answer_and_never_a_crash(
    sandbox: Sandbox, client: WebClient, method: str, value: Any
) -> None:
    sandbox.faults.enforce_rates = Enforce.NONE
    row = method_table()[method]
    arguments = dict.fromkeys(sorted(row.accepted - {"token"}), value)
    response = post_json(f"{client.base_url}{method}", client.token, arguments)
    assert response["ok"] or response["error"] in row.errors | {"unknown_method"}
