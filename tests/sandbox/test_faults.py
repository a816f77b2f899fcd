"""What goes wrong on the way, by itself or on purpose."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from slack_sandbox import Person, Sandbox
from slack_sandbox.state.workspace import TEAM
from tests.patience import PATIENCE

from .builders import plain


def test_an_event_is_repeated_until_it_is_acknowledged(
    online: App, sandbox: Sandbox, rosa: Person
) -> None:
    tries: list[tuple[str, Any]] = []

    @online.middleware
    def refuse_twice(body: dict[str, Any], request: Any, next: Any) -> None:
        if "event_id" in body:
            tries.append((body["event_id"], request.headers.get("x-slack-retry-num")))
            if len(tries) < 3:
                raise ConnectionError("not yet")
        next()

    @online.event("message")
    def heard(client: WebClient) -> None:
        client.chat_postMessage(channel=TEAM, text="heard")

    rosa.say("hello")
    rosa.wait_for(lambda _: len(sandbox.record) == 1, PATIENCE)
    assert len({event_id for event_id, _ in tries}) == 1
    assert [number for _, number in tries] in ([None, ["1"], ["2"]], [["0"], ["1"], ["2"]])


def test_duplicates_and_double_clicks_reach_the_app_twice(
    online: App, sandbox: Sandbox, client: WebClient, rosa: Person
) -> None:
    triggers: list[str] = []

    @online.action("done")
    def done(ack: Any, body: dict[str, Any]) -> None:
        triggers.append(body["trigger_id"])
        client.chat_postMessage(channel=rosa.user, text="clicked")
        ack()

    button = {"type": "button", "action_id": "done", "text": plain("Done")}
    client.chat_postMessage(
        channel=TEAM, text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    message = rosa.messages()[-1]
    sandbox.faults.double_click = True
    rosa.click("Done", in_message=message)
    rosa.wait_for(lambda _: len(triggers) == 2)
    assert len(set(triggers)) == 2
    sandbox.faults.change({"double_click": False, "duplicate_delivery": True})
    rosa.click("Done", in_message=message)
    rosa.wait_for(lambda _: len(triggers) == 4)
    assert len(set(triggers)) == 3


def test_a_call_whose_answer_is_lost_has_happened(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.drop_answer = 1
    client.retry_handlers.clear()
    with pytest.raises(OSError, match=r"closed|reset"):
        client.chat_postMessage(channel=TEAM, text="once")
    assert [row["text"] for row in sandbox.record] == ["once"]


def test_a_server_error_has_not_happened(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.server_error = 1
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=TEAM, text="x")
    assert caught.value.response.status_code == 500
    assert sandbox.record == []


def test_a_rate_limit_is_survived_by_waiting(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.change({"rate_limit": 1, "methods": ["chat.postMessage"]})
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    assert client.chat_postMessage(channel=TEAM, text="x")["ok"]


def test_a_call_without_any_answer_has_not_happened(sandbox: Sandbox) -> None:
    sandbox.faults.silent = 1
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, timeout=1)
    with pytest.raises(TimeoutError):
        client.chat_postMessage(channel=TEAM, text="x")
    assert sandbox.record == []


def test_payloads_that_overtake_each_other_all_arrive(
    online: App, sandbox: Sandbox, rosa: Person
) -> None:
    heard: list[str] = []

    @online.event("message")
    def listener(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    sandbox.faults.shuffle_delivery = True
    said = [str(number) for number in range(8)]
    for text in said:
        rosa.say(text)
    rosa.wait_for(lambda _: len(heard) == len(said))
    assert sorted(heard) == said


@pytest.mark.parametrize(
    ("switch", "words"),
    [
        ({"gremlins": True}, "no switch called gremlins"),
        ({"rate_limit": "many"}, "a number of calls"),
        ({"double_click": 2}, "true or false"),
        ({"enforce_rates": "some"}, "none, posts or all"),
        ({"methods": "chat.update"}, "a list of names"),
    ],
)
def test_a_switch_that_makes_no_sense_is_refused(
    sandbox: Sandbox, switch: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        sandbox.faults.change(switch)
