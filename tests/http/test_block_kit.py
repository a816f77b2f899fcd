"""What the doctor hears of Slack about the windows and messages."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.cli.block_kit import ask_about_blocks
from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox_workspace import EXAMPLE
from bot.slack.catalogue.catalogue import Example
from slack_sandbox import Sandbox


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A little Slack without an app."""
    with Sandbox(MANIFEST, EXAMPLE) as running:
        yield running


def _client(slack: Sandbox) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url)


def test_slack_takes_every_kind_of_window_and_message(slack: Sandbox) -> None:
    judged = ask_about_blocks(_client(slack))
    assert judged.fine
    assert str(judged) == f"{judged.asked} windows and messages"
    assert judged.asked > 40


def test_what_slack_refuses_is_named_with_its_pointers(slack: Sandbox) -> None:
    bad = Example("notice", "view", {"type": "modal", "title": {}, "blocks": []})
    card = Example("card", "message", {"blocks": [{"type": "carousel"}, {"type": "divider"}]})
    judged = ask_about_blocks(_client(slack), [bad, card])
    assert not judged.fine
    assert "“notice” (/title missing required field: type" in str(judged)
    assert "“card” (/blocks/0/type unsupported type: carousel)" in str(judged)


@pytest.mark.long
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"rate_limit": 1}, "not asked, Slack says ratelimited"),
        ({"server_error": 1}, "not asked, Slack says internal_error"),
    ],
)
def test_a_slack_that_does_not_answer_is_no_failure(
    slack: Sandbox, fault: dict[str, int], told: str
) -> None:
    slack.faults.change({**fault, "methods": ["blocks.validate"]})
    judged = ask_about_blocks(_client(slack))
    assert judged.fine
    assert str(judged) == told
