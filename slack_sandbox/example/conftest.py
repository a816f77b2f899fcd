"""A Slack of its own for each test, and the app connected to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lunch import build
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from slack_sandbox import Sandbox

pytest_plugins = ["slack_sandbox.pytest"]


@pytest.fixture(scope="session")
def slack_manifest() -> Path:
    return Path(__file__).with_name("manifest.yml")


@pytest.fixture
def online(slack: Sandbox) -> Iterator[Sandbox]:
    """The workspace, with the app connected."""
    app = build(WebClient(token=slack.bot_token, base_url=slack.api_url))
    web = WebClient(token=slack.app_token, base_url=slack.api_url)
    handler = SocketModeHandler(app, slack.app_token, web_client=web)
    handler.connect()
    slack.wait_until_connected()
    yield slack
    slack.stop()
    handler.close()
