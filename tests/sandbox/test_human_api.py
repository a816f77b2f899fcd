"""The JSON of the human side, as the web page uses it."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from slack_sandbox import Sandbox
from slack_sandbox.state.workspace import ROSA, TEAM


def ask(sandbox: Sandbox, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
    """Return status and body of one request."""
    parts = urlsplit(sandbox.url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    data = None if body is None else json.dumps(body).encode()
    connection.request("GET" if body is None else "POST", path, data, headers)
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.com"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_other_hosts_and_origins_stay_outside(sandbox: Sandbox, headers: dict[str, str]) -> None:
    assert ask(sandbox, f"/sandbox/state?user={ROSA}", **headers)[0] == 403


@pytest.mark.parametrize(
    "name",
    ["command", "message", "action", "suggest", "submit", "close", "shortcut", "home", "clock",
     "faults"],
)  # fmt: skip
@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "text",
        {"user": ["x"]},
        {"user": ROSA, "container": "view", "state": {"a": 1}},
        {"user": ROSA, "container": {"type": "view", "view_id": "V1"}, "state": {}},
        {"user": ROSA, "container": {"type": "message", "channel": [], "ts": 1}},
        {"user": ROSA, "view_id": "V1", "block_id": "b", "action_id": "a"},
        {"rate_limit": "many"},
        {"advance_seconds": "soon"},
        {"to": "2026-11-20T10:00:00"},
    ],
)
def test_nonsense_is_refused_with_a_sentence(sandbox: Sandbox, name: str, body: Any) -> None:
    status, answer = ask(sandbox, f"/sandbox/{name}", body)
    found = json.loads(answer)
    assert status == 200
    assert found["ok"] or found["error"].endswith(".")


def test_the_state_has_what_the_page_shows(sandbox: Sandbox) -> None:
    state = json.loads(ask(sandbox, f"/sandbox/state?user={ROSA}")[1])
    assert [c["command"] for c in state["commands"]] == ["/form", "/echo", "/slow", "/deaf"]
    assert state["me"] == ROSA
    assert state["connected"] is False
    assert {c["name"] for c in state["channels"]} == {"team", "general", "Tiny"}


def test_a_change_is_told_at_once(sandbox: Sandbox, client: WebClient) -> None:
    with urlopen(f"{sandbox.url}sandbox/events?user={ROSA}", timeout=10) as stream:
        assert stream.readline() == b"event: change\n"
        first = json.loads(stream.readline().removeprefix(b"data: "))["version"]
        client.chat_postMessage(channel=TEAM, text="x")
        lines = [stream.readline() for _ in range(3)]
    assert json.loads(lines[2].removeprefix(b"data: "))["version"] > first


def test_the_traffic_shows_no_tokens(sandbox: Sandbox, client: WebClient) -> None:
    web = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
    ticket = web.apps_connections_open(app_token=sandbox.app_token)["url"].partition("ticket=")[2]
    client.files_getUploadURLExternal(filename="a.pdf", length=3)
    text = ask(sandbox, "/sandbox/traffic")[1].decode()
    entries = json.loads(text)["entries"]
    assert [e["name"] for e in entries] == ["apps.connections.open", "files.getUploadURLExternal"]
    assert ticket not in text
    assert "upload/" not in text
    assert sandbox.bot_token not in text


def test_the_record_has_every_accepted_post(sandbox: Sandbox, client: WebClient) -> None:
    metadata = {"event_type": "case", "event_payload": {"key": "k"}}
    client.chat_postMessage(channel=TEAM, text="one", metadata=metadata)
    found = json.loads(ask(sandbox, "/sandbox/record")[1])["messages"]
    assert [(m["text"], m["metadata"]) for m in found] == [("one", metadata)]


def test_a_file_without_a_token_is_a_sign_in_page(sandbox: Sandbox, client: WebClient) -> None:
    uploaded = client.files_upload_v2(filename="a.txt", content=b"secret")
    url = client.files_info(file=uploaded["files"][0]["id"])["file"]["url_private"]
    with urlopen(url) as answer:
        assert b"Sign in" in answer.read()
    allowed = Request(url, headers={"Authorization": f"Bearer {sandbox.bot_token}"})
    with urlopen(allowed) as answer:
        assert answer.read() == b"secret"


def test_the_clock_is_moved_over_http(sandbox: Sandbox) -> None:
    answer = ask(sandbox, "/sandbox/clock", {"to": "2027-03-01T08:00:00-08:00"})[1]
    assert json.loads(answer)["now"].startswith("2027-03-01T16:00:0")
    state = json.loads(ask(sandbox, f"/sandbox/state?user={ROSA}")[1])
    assert state["clock"]["now"].startswith("2027-03-01T16:00:0")
