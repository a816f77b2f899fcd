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

from slack_sandbox import Enforce, Sandbox
from slack_sandbox.block_kit.blocks import faults_in
from slack_sandbox.spec.methods import method_table
from slack_sandbox.state.workspace import GENERAL, ROSA, TEAM

from .builders import modal, plain


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


def test_refused_blocks_come_with_pointers(client: WebClient) -> None:
    answer = error_of(
        client.chat_postMessage, channel=TEAM, text="x", blocks=[{"type": "carousel"}]
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
        ({"channel": TEAM}, "no_text"),
        ({"channel": TEAM, "text": " "}, "no_text"),
        ({"channel": TEAM, "text": "x" * 4001}, "invalid_arguments"),
        ({"channel": TEAM, "text": "x", "blocks": "[oops"}, "invalid_blocks_format"),
        ({"channel": TEAM, "text": "x", "colour": "red"}, "invalid_arguments"),
        ({"channel": TEAM, "text": "x", "username": "Boss"}, "missing_scope"),
        ({"channel": TEAM, "text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"channel": TEAM, "text": "x", "metadata": {"event_type": "x"}},
         "invalid_metadata_schema"),
    ],
)  # fmt: skip
def test_a_post_is_refused_as_slack_refuses_it(
    client: WebClient, arguments: dict[str, Any], error: str
) -> None:
    answer = client.api_call
    assert error_of(answer, api_method="chat.postMessage", json=arguments)["error"] == error


def test_a_long_text_fails_an_update(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=TEAM, text="x")["ts"]
    answer = error_of(client.chat_update, channel=TEAM, ts=ts, text="x" * 4001)
    assert answer["error"] == "msg_too_long"


def test_only_own_messages_can_be_changed(client: WebClient, rosa: Any) -> None:
    ts = rosa.say("Hello")
    changed = error_of(client.chat_update, channel=TEAM, ts=ts, text="x")
    deleted = error_of(client.chat_delete, channel=TEAM, ts=ts)
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
    answer = error_of(client.conversations_history, channel=TEAM[:-1])
    assert answer["error"] == "channel_not_found"
    lookup = error_of(client.users_lookupByEmail, email="rosa@example.com")
    assert (lookup["error"], lookup["needed"]) == ("missing_scope", "users:read.email")


def test_optional_scopes_can_be_withheld(sandbox: Sandbox, client: WebClient) -> None:
    assert client.conversations_history(channel=TEAM)["ok"]
    sandbox.faults.withhold_optional_scopes = True
    answer = error_of(client.conversations_history, channel=TEAM)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
    assert "channels:history" not in client.auth_test().headers["x-oauth-scopes"]


def test_unknown_methods_and_arguments_are_refused(client: WebClient) -> None:
    assert error_of(client.api_call, api_method="chat.shout")["error"] == "unknown_method"
    answer = error_of(client.api_call, api_method="users.info", params={"user": ROSA, "x": "1"})
    assert answer["error"] == "invalid_arguments"


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


@pytest.mark.parametrize(
    ("given", "error", "pointers"),
    [
        ({"blocks": [{"type": "divider"}]}, "", []),
        ({"message": {"blocks": [{"type": "divider"}]}}, "", []),
        ({"view": modal()}, "", []),
        ({"blocks": [{"type": "carousel"}]}, "invalid_blocks", ["/0/type"]),
        ({"message": {"blocks": [{"type": "alert"}]}}, "invalid_message", ["/blocks/0/type"]),
        ({"message": {"text": "no blocks"}}, "invalid_message", ["/blocks"]),
        ({"view": modal(title=plain("x" * 25))}, "invalid_view", ["/title/text"]),
        ({"view": {"type": "tab"}}, "invalid_view", ["/type"]),
        ({}, "invalid_arguments", []),
        ({"blocks": [], "view": modal()}, "invalid_arguments", []),
    ],
)
def test_blocks_are_judged_without_being_shown(
    client: WebClient, given: dict[str, Any], error: str, pointers: list[str]
) -> None:
    if not error:
        assert client.blocks_validate(**given)["ok"]
        return
    answer = error_of(client.blocks_validate, **given)
    assert answer["error"] == error
    assert [fault["pointer"] for fault in answer.get("errors") or ()] == pointers
