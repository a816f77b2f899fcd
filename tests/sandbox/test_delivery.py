"""How payloads reach the app: sockets, signed HTTP, repeats, and what goes wrong on the way."""

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosedError, ConnectionClosedOK, InvalidStatus
from websockets.sync.client import connect

from slack_sandbox import Break, Person, RefusedError, Sandbox
from slack_sandbox.state.workspace import TEAM
from tests import sockets
from tests.patience import wait_until

from .builders import modal, plain


def repeats(app: App) -> list[str]:
    """Make `/echo` repeat its text; return the list into which the texts go."""
    heard: list[str] = []

    def listener(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body["text"])
        ack(f"You said {body['text']}")

    app.command("/echo")(listener)
    return heard


def test_a_command_is_answered_for_one_person_only(online: App, rosa: Person, anna: Person) -> None:
    repeats(online)
    rosa.command("/echo hello")
    assert [(m["text"], m["ephemeral"]) for m in rosa.messages()] == [("You said hello", True)]
    assert anna.messages() == []


def test_a_command_over_http_is_signed_and_answered(served: App, rosa: Person) -> None:
    repeats(served)
    rosa.command("/echo hello")
    assert rosa.messages()[-1]["text"] == "You said hello"


def test_a_form_over_http_is_opened_and_sent(served: App, rosa: Person) -> None:
    @served.command("/form")
    def opens(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    @served.view("form")
    def sent(ack: Any) -> None:
        ack(response_action="errors", errors={"name": "No."})

    rosa.command("/form")
    assert rosa.fill(name="Rosa").submit() == {"name": "No."}


@pytest.mark.parametrize("switch", ["bad_signature", "old_timestamp"])
def test_a_forged_or_old_request_is_refused_by_the_app(
    sandbox: Sandbox, served: App, rosa: Person, switch: str
) -> None:
    heard = repeats(served)
    sandbox.faults.change({switch: True})
    with pytest.raises(RefusedError, match="dispatch_failed"):
        rosa.command("/echo hello")
    assert heard == []


def test_the_request_url_repeats_the_challenge(sandbox: Sandbox, served: App) -> None:
    assert served.name
    assert sandbox.verify_delivery_url()


def test_a_command_that_is_not_in_the_manifest_is_unknown(online: App, rosa: Person) -> None:
    assert online.name
    with pytest.raises(RefusedError, match="/secret is not a valid command"):
        rosa.command("/secret")


def test_a_late_answer_is_a_failure_that_the_person_sees(online: App, rosa: Person) -> None:
    @online.command("/slow")
    def late(ack: Any) -> None:
        time.sleep(3.2)
        ack("too late")

    with pytest.raises(RefusedError, match="did not answer within 3 seconds"):
        rosa.command("/slow")
    assert "operation_timeout" in rosa.notices()[-1]
    assert rosa.messages() == []


def test_without_a_socket_nothing_is_delivered(rosa: Person) -> None:
    with pytest.raises(RefusedError, match="dispatch_failed"):
        rosa.command("/echo hello")


def test_text_is_escaped_and_mentions_are_marked_where_asked_for(online: App, rosa: Person) -> None:
    heard = repeats(online)
    rosa.command("/echo a < b & @anna in #general")
    assert heard == ["a &lt; b &amp; <@U0ANNA0001|anna> in <#C0GENERAL1|general>"]


def test_two_sockets_take_turns_and_each_payload_goes_to_one(
    sandbox: Sandbox, rosa: Person
) -> None:
    heard: list[str] = []
    handlers = [connected_replica(sandbox, heard, name) for name in ("one", "two")]
    sandbox.wait_until_connected(sockets=2)
    for _ in range(4):
        rosa.command("/echo x")
    assert sorted(heard) == ["one", "one", "two", "two"]
    sockets.hang_up(sandbox, *handlers)


def connected_replica(sandbox: Sandbox, heard: list[str], name: str) -> SocketModeHandler:
    client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    app = App(client=client, process_before_response=True)

    @app.command("/echo")
    def listener(ack: Any) -> None:
        heard.append(name)
        ack()

    return sockets.connect(app, sandbox)


def test_a_ticket_lets_one_socket_in(sandbox: Sandbox) -> None:
    web = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
    url = web.apps_connections_open(app_token=sandbox.app_token)["url"]
    with connect(url) as socket:
        assert json.loads(socket.recv(timeout=5))["type"] == "hello"
        with pytest.raises(InvalidStatus), connect(url):
            pass


@pytest.mark.parametrize("how", Break)
def test_a_broken_connection_ends_as_it_says(sandbox: Sandbox, rosa: Person, how: Break) -> None:
    web = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
    url = web.apps_connections_open(app_token=sandbox.app_token)["url"]
    with connect(url, ping_interval=None, close_timeout=0) as socket:
        assert json.loads(socket.recv(timeout=5))["type"] == "hello"
        assert socket.ping().wait(5), "until then it is alive"
        rosa._post("faults", {"break_connection": how})
        if how is Break.DISCONNECT:
            assert json.loads(socket.recv(timeout=5))["type"] == "disconnect"
        if how is Break.SILENCE:
            assert not socket.ping().wait(0.2)
            with pytest.raises(RefusedError, match="operation_timeout"):
                rosa.command("/echo into the void")
            with pytest.raises(TimeoutError):
                socket.recv(timeout=0)
            return
        with pytest.raises(ConnectionClosedError if how is Break.RESET else ConnectionClosedOK):
            socket.recv(timeout=5)


def test_a_forced_disconnect_is_followed_by_a_new_connection(
    sandbox: Sandbox, online: App, rosa: Person
) -> None:
    repeats(online)
    sandbox.disconnect_sockets()
    sandbox.wait_until_connected()
    wait_until(lambda: _is_heard(rosa, "again"))


def _is_heard(person: Person, word: str) -> bool:
    """Try a command: the SDK connects twice, for Slack's word and for the end of the old socket."""
    with suppress(RefusedError):
        person.command(f"/echo {word}")
    return any(message["text"] == f"You said {word}" for message in person.messages())


def test_a_button_changes_its_message_through_the_response_url(
    online: App, client: WebClient, rosa: Person
) -> None:
    @online.action("done")
    def done(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        ack()
        respond(f"Done by {body['user']['id']}", replace_original=True, blocks=[])

    button = {"type": "button", "action_id": "done", "text": plain("Done"), "value": "1"}
    blocks = [{"type": "actions", "elements": [button]}]
    client.chat_postMessage(channel=TEAM, text="Do it", blocks=blocks)
    rosa.click("Done", in_message=rosa.messages()[-1])
    message = rosa.messages()[-1]
    assert (message["text"], message["edited"]) == (f"Done by {rosa.user}", True)


def test_a_message_rewritten_under_the_finger_is_clicked_as_it_stands(
    online: App, client: WebClient, rosa: Person
) -> None:
    seen: list[str] = []

    @online.action("done")
    def done(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body["actions"][0]["value"])
        ack()

    def blocks(value: str) -> list[dict[str, Any]]:
        button = {"type": "button", "action_id": "done", "text": plain("Done"), "value": value}
        return [{"type": "actions", "elements": [button]}]

    ts = client.chat_postMessage(channel=TEAM, text="Do it", blocks=blocks("old"))["ts"]
    as_read = rosa.messages()[-1]
    client.chat_update(channel=TEAM, ts=ts, text="Do it", blocks=blocks("new"))
    rosa.click("Done", in_message=as_read)
    assert seen == ["new"]
    client.chat_update(channel=TEAM, ts=ts, text="Done", blocks=[])
    with pytest.raises(RefusedError, match="no “Done” to click"):
        rosa.click("Done", in_message=as_read)


def test_a_watcher_sees_what_was_asked_and_all_that_was_answered(
    sandbox: Sandbox, online: App, rosa: Person
) -> None:
    seen: list[dict[str, Any]] = []
    sandbox.watch(seen.append)
    repeats(online)

    @online.action("go")
    def clicked(ack: Any) -> None:
        ack("Slack does not read this.")

    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    online.client.chat_postMessage(
        channel=TEAM, text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    rosa.command("/echo hello")
    rosa.click("go", rosa.messages()[0])
    told = {exchange["name"]: exchange for exchange in seen}
    assert told["chat.postMessage"]["request"]["text"] == "x"
    assert told["/echo"]["response"] == {"text": "You said hello"}
    assert told["go"]["response"] == {"text": "Slack does not read this."}
