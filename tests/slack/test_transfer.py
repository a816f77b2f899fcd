"""The bot token and people's files travel between the desk and Slack, and nobody else."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.letters.letters import File
from bot.desk.notifications.deliveries import PermanentError, TemporaryError
from bot.slack.delivery.file_transfer import is_slack
from bot.slack.delivery.files import download, upload

API = "http://127.0.0.1:4000/api/"
GOOD = [
    "https://slack.com/files/F1",
    "https://files.slack.com/files-pri/T1-F1/download/numbers%20(1).csv?t=xoxe-1",
    "https://FILES.Slack.com/x",
    "https://files.slack.com:443/x",
    "https://acme.enterprise.slack.com/files-pri/x",
    "https://hooks.slack.com/commands/T1/2/3",
    "http://127.0.0.1:4000/files/F1/n.csv",
]
BAD = [
    "",
    "files.slack.com/x",
    "//files.slack.com/x",
    "http://files.slack.com/x",
    "ftp://files.slack.com/x",
    "file:///etc/passwd",
    "https://files.slack.com:8080/x",
    "https://files.slack.com:/x",
    "https://files.slack.com:0443000/x",
    "https://files.slack.com./x",
    "https://.slack.com/x",
    "https://files..slack.com/x",
    "https://-files.slack.com/x",
    "https://a;.slack.com/x",
    "https://a_b.slack.com/x",
    "https://a%2e.slack.com/x",
    "https://xn--slck-5na.com/x",
    "https://ſlack.com/x",
    "https://files.ѕlack.com/x",
    "https://files。slack.com/x",
    "https://notslack.com/x",
    "https://slack.com.example/x",
    "https://example.com/slack.com",
    "https://example.com?.slack.com",
    "https://example.com#.slack.com",
    "https://example.com\\.slack.com/x",
    "https://me@files.slack.com/x",
    "https://files.slack.com@example.com/x",
    "https://files.slack.com/x y",
    "https://files.slack.com/x\r\nHost: example.com",
    "https://files.slack.com/\\example.com",
    "https://files.slack.com/é",
    "https://files.slack.com/x\n",
    " https://files.slack.com/x",
    "https://127.0.0.1:4000/x",
    "http://127.0.0.1:4001/x",
    "http://127.0.0.2:4000/x",
    "http://127.0.0.1:4000@example.com/x",
]


@pytest.mark.parametrize("url", GOOD)
def test_slack_is_known_by_its_address(url: str) -> None:
    assert is_slack(url, API)


@pytest.mark.parametrize("url", BAD)
def test_nobody_else_is_taken_for_slack(url: str) -> None:
    assert not is_slack(url, API)


Answer = Callable[[BaseHTTPRequestHandler], None]


class Somebody:
    """A server that answers as it is told, and remembers what it was sent."""

    def __init__(self, answer: Answer) -> None:
        self.seen: list[dict[str, str]] = []
        someone = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                someone.seen.append(dict(self.headers))
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                answer(self)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_told: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@contextmanager
def serving(answer: Answer) -> Iterator[Somebody]:
    somebody = Somebody(answer)
    Thread(target=somebody.server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield somebody
    finally:
        somebody.server.shutdown()
        somebody.server.server_close()


def send(request: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    request.send_response(status)
    for name, value in {"Content_Length": str(len(body)), **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


@contextmanager
def slack(file: Answer, url: str = "") -> Iterator[WebClient]:
    """Serve an API whose files (and uploads) are answered by `file`, or are said to be at `url`."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        if not request.path.startswith("/api/"):
            return file(request)
        here = url or f"http://{request.headers['Host']}/file"
        told = {"ok": True, "file": {"url_private": here}, "upload_url": here, "file_id": "F1"}
        return send(request, json.dumps(told).encode(), Content_Type="application/json")

    with serving(answer) as api:
        yield WebClient(token="xoxb-secret", base_url=f"{api.url}api/", timeout=5)


def test_a_file_is_fetched_with_the_token() -> None:
    asked: list[str] = []

    def file(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.headers["Authorization"])
        send(request, b"206-555-0100")

    with slack(file) as client:
        assert download(client, "F1") == b"206-555-0100"
    assert asked == ["Bearer xoxb-secret"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("move", ["download", "upload"])
def test_nobody_follows_a_redirect(status: int, move: str) -> None:
    with ExitStack() as stack:
        other = stack.enter_context(serving(lambda request: send(request, b"not the file")))
        detour = f"{other.url}file"
        client = stack.enter_context(
            slack(lambda request: send(request, b"", status, Location=detour))
        )
        with pytest.raises(TemporaryError, match=str(status)):
            _moved(client, move)
        assert other.seen == []


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_call_of_the_api_follows_no_redirect_either(status: int) -> None:
    with serving(lambda request: send(request, b'{"ok": true}')) as other:
        detour = f"{other.url}api/auth.test"
        with serving(lambda request: send(request, b"", status, Location=detour)) as api:
            client = WebClient(token="xoxb-secret", base_url=f"{api.url}api/", timeout=5)
            with pytest.raises(SlackApiError):
                client.api_call("auth.test", http_verb="GET")
            with pytest.raises(SlackApiError):
                client.auth_test()
        assert len(api.seen) == 2
        assert other.seen == []


@pytest.mark.parametrize("move", ["download", "upload"])
def test_nothing_goes_to_an_address_that_is_not_slacks(move: str) -> None:
    with ExitStack() as stack:
        other = stack.enter_context(serving(lambda request: send(request, b"ok")))
        client = stack.enter_context(slack(lambda request: send(request, b""), other.url))
        with pytest.raises((PermanentError, TemporaryError), match="not at Slack"):
            _moved(client, move)
        assert other.seen == []


def _moved(client: WebClient, move: str) -> None:
    if move == "upload":
        upload(client, [File("letter.pdf", b"%PDF")])
    else:
        download(client, "F1")


def _drip(request: BaseHTTPRequestHandler) -> None:
    try:
        for _ in range(600):
            request.wfile.write(b"1")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:  # cut, as it should be
        pass


def _dripping_body(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    _drip(request)


def _dripping_headers(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    _drip(request)


@pytest.mark.parametrize("answer", [_dripping_body, _dripping_headers])
def test_drops_do_not_keep_a_download_going(answer: Answer) -> None:
    with slack(answer) as client:
        began = time.monotonic()
        with pytest.raises(TemporaryError):
            download(client, "F1", timeout=0.4)
        assert time.monotonic() - began < 15.0


def _endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    try:
        while True:
            request.wfile.write(b"1" * 65536)
    except OSError:
        pass


def test_a_download_ends_where_it_is_too_large() -> None:
    with slack(_endless) as client, pytest.raises(PermanentError, match="larger than 100000"):
        download(client, "F1", 100_000)


def _broken_off(request: BaseHTTPRequestHandler) -> None:
    send(request, b"206-555-01", Content_Length="12")


def test_a_file_that_breaks_off_is_not_taken_for_whole() -> None:
    with slack(_broken_off) as client, pytest.raises(TemporaryError):
        download(client, "F1")
