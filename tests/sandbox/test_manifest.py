"""Only what the manifest declares exists."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Person, RefusedError, Sandbox
from slack_sandbox.state.workspace import ROSA, TEAM

from .builders import plain

BARE: dict[str, Any] = {
    "display_information": {"name": "Bare"},
    "features": {
        "app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}
    },
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
}


@pytest.fixture
def bare() -> Iterator[Sandbox]:
    with Sandbox(BARE) as running:
        yield running


def error_of(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def test_an_app_without_scopes_may_only_write(bare: Sandbox) -> None:
    client = WebClient(token=bare.bot_token, base_url=bare.api_url)
    assert client.chat_postMessage(channel=TEAM, text="x")["ok"]
    assert error_of(client.users_list) == "missing_scope"
    assert error_of(client.conversations_open, users=ROSA) == "missing_scope"
    assert error_of(client.files_getUploadURLExternal, filename="a", length=1) == "missing_scope"


def test_a_home_tab_that_is_not_declared_cannot_be_published(bare: Sandbox) -> None:
    client = WebClient(token=bare.bot_token, base_url=bare.api_url)
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    assert error_of(client.views_publish, user_id=ROSA, view=view) == "not_enabled"
    with pytest.raises(RefusedError, match="no Home tab"):
        Person(bare.url, ROSA).open_home()


def test_nobody_writes_to_an_app_that_only_sends(bare: Sandbox) -> None:
    with pytest.raises(RefusedError, match="turned off"):
        Person(bare.url, ROSA).say("hello", channel="Bare")


def test_a_button_of_an_app_without_interactivity_does_nothing(bare: Sandbox) -> None:
    client = WebClient(token=bare.bot_token, base_url=bare.api_url)
    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    blocks = [{"type": "actions", "elements": [button]}]
    client.chat_postMessage(channel=TEAM, text="x", blocks=blocks)
    rosa = Person(bare.url, ROSA, "team", waits=0)
    with pytest.raises(RefusedError, match="not configured"):
        rosa.click("Go", in_message=rosa.messages()[-1])
