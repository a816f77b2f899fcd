"""Agents who are the members of a user group, and a Slack that does not answer."""

import time
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox_workspace import EXAMPLE
from bot.slack.delivery.agents import Agents
from slack_sandbox import Enforce, Person, Sandbox
from tests.office import ANNA, CHANNEL, ROSA
from tests.recording import recorded

ASKED = "usergroups.users.list"


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A little Slack without an app."""
    with recorded(Sandbox(MANIFEST, EXAMPLE, enforce_rates=Enforce.NONE)) as slack:
        yield slack


def test_a_group_is_asked_for_once_in_a_while(slack: Sandbox) -> None:
    staff = Agents(lambda: _group(slack), _client(slack))
    assert [staff.is_agent(who) for who in (ANNA, ROSA, ANNA)] == [True, False, True]
    assert _times_asked(slack) == 1


def test_after_a_failure_slack_is_left_alone_for_a_while(slack: Sandbox) -> None:
    slack.faults.change({"server_error": 1, "methods": [ASKED]})
    staff = Agents(lambda: _group(slack), _client(slack))
    assert [staff.is_agent(ANNA) for _ in range(3)] == [False] * 3
    assert _times_asked(slack) == 1


def test_after_that_while_the_group_is_asked_for_again(slack: Sandbox) -> None:
    slack.faults.change({"server_error": 1, "methods": [ASKED]})
    staff = Agents(lambda: _group(slack), _client(slack), retry_seconds=0.05)
    assert not staff.is_agent(ANNA)
    time.sleep(0.06)
    assert staff.is_agent(ANNA)


def _group(slack: Sandbox) -> str:
    return slack.workspace.user_groups[0].id


def _client(slack: Sandbox) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def _times_asked(slack: Sandbox) -> int:
    entries = Person(slack.url, ROSA, CHANNEL)._read("/sandbox/traffic?after=0")["entries"]
    return [entry["name"] for entry in entries].count(ASKED)
