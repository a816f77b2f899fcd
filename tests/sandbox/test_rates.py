"""How often and for how long Slack takes what an app sends, on a stopwatch."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient, WebhookClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Enforce, Person, Sandbox
from slack_sandbox.state.workspace import ROSA, TEAM

from .builders import modal
from .conftest import Stopwatch


def test_updates_of_a_minute_meet_their_limit(client: WebClient, stopwatch: Stopwatch) -> None:
    ts = client.chat_postMessage(channel=TEAM, text="0")["ts"]
    for number in range(50):
        client.chat_update(channel=TEAM, ts=ts, text=str(number))
    with pytest.raises(SlackApiError) as caught:
        client.chat_update(channel=TEAM, ts=ts, text="too many")
    assert caught.value.response.status_code == 429
    stopwatch.seconds += int(caught.value.response.headers["Retry-After"])
    assert client.chat_update(channel=TEAM, ts=ts, text="in time")["ok"]


def test_posts_in_a_burst_meet_the_rate_limit(
    sandbox: Sandbox, client: WebClient, stopwatch: Stopwatch
) -> None:
    for _ in range(4):
        client.chat_postMessage(channel=TEAM, text="x")
    with pytest.raises(SlackApiError, match="ratelimited") as caught:
        client.chat_postMessage(channel=TEAM, text="x")
    answer = caught.value.response
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert client.chat_postMessage(channel=ROSA, text="elsewhere")["ok"]
    stopwatch.seconds += 1
    assert client.chat_postMessage(channel=TEAM, text="x")["ok"]
    sandbox.faults.enforce_rates = Enforce.NONE
    assert client.chat_postMessage(channel=TEAM, text="x")["ok"]


def _kept(online: App, rosa: Person, name: str) -> str:
    """Let Rosa call the app and return what came with her call under this name."""
    found: list[str] = []

    @online.command("/echo")
    def keep(ack: Any, body: dict[str, Any]) -> None:
        found.append(body[name])
        ack()

    rosa.command("/echo x")
    return found[0]


def test_a_trigger_works_once(online: App, client: WebClient, rosa: Person) -> None:
    trigger = _kept(online, rosa, "trigger_id")
    client.views_open(trigger_id=trigger, view=modal())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=trigger, view=modal())
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        client.views_open(trigger_id="1.2", view=modal())


def test_a_trigger_works_for_three_seconds(
    online: App, client: WebClient, rosa: Person, stopwatch: Stopwatch
) -> None:
    trigger = _kept(online, rosa, "trigger_id")
    stopwatch.seconds += 3
    client.views_open(trigger_id=trigger, view=modal())


def test_an_older_trigger_opens_nothing(
    online: App, client: WebClient, rosa: Person, stopwatch: Stopwatch
) -> None:
    trigger = _kept(online, rosa, "trigger_id")
    stopwatch.seconds += 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=trigger, view=modal())


def test_a_response_url_works_five_times(online: App, rosa: Person) -> None:
    answer = WebhookClient(_kept(online, rosa, "response_url"))
    statuses = [answer.send(text=str(n)).status_code for n in range(6)]
    assert statuses == [200, 200, 200, 200, 200, 404]
    assert len(rosa.messages()) == 5


def test_a_response_url_works_for_half_an_hour(
    online: App, rosa: Person, stopwatch: Stopwatch
) -> None:
    answer = WebhookClient(_kept(online, rosa, "response_url"))
    stopwatch.seconds += 30 * 60
    assert answer.send(text="in time").status_code == 200
    stopwatch.seconds += 1
    assert answer.send(text="too late").body == "expired_url"
