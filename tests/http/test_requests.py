"""Slack's requests over HTTP: signed, fresh, small enough, and whatever their text says."""

import json
import socket
import time
from urllib.parse import urlencode

import pytest

from bot.slack.bolt.http_app import MOST_BYTES
from slack_sandbox.delivery.http_mode import FORM, HttpDelivery
from tests.http.conftest import EVENTS, HttpOffice, plausible, port_command
from tests.journeys.requests import file_request
from tests.office import headline
from tests.replicas import request


def test_a_request_is_filed_over_http(shared_http_office: HttpOffice) -> None:
    file_request(shared_http_office.rosa)
    headline(shared_http_office.rosa)


def test_the_address_is_verified(shared_http_office: HttpOffice) -> None:
    assert shared_http_office.slack.verify_delivery_url()


@pytest.mark.parametrize("text", ["payload", "help payload=%7B%7D", "status payload & more"])
def test_the_word_payload_in_a_command_is_only_a_word(
    shared_http_office: HttpOffice, text: str
) -> None:
    door = HttpDelivery(shared_http_office.url, shared_http_office.slack.signing_secret)
    status, answer = door.post(port_command(text), FORM, 3.0)
    assert status == 200
    assert answer


def test_a_wrong_signature_is_refused(shared_http_office: HttpOffice) -> None:
    door = HttpDelivery(shared_http_office.url, shared_http_office.slack.signing_secret)
    assert door.post(port_command("help"), FORM, 3.0, bad_signature=True)[0] == 401


def test_somebody_elses_secret_is_refused(shared_http_office: HttpOffice) -> None:
    door = HttpDelivery(shared_http_office.url, "not the secret of this app")
    assert door.post(port_command("help"), FORM, 3.0)[0] == 401


def test_an_old_request_is_not_taken_again(shared_http_office: HttpOffice) -> None:
    door = HttpDelivery(shared_http_office.url, shared_http_office.slack.signing_secret)
    assert door.post(port_command("help"), FORM, 3.0, old_timestamp=True)[0] == 401


@pytest.mark.parametrize(
    ("stamp", "signature"),
    [("soon", "v0=1"), ("", "v0=1"), ("9" * 20, "v0=1"), ("now", "v0=\xe9"), ("now", "")],
)
def test_what_cannot_be_a_signature_is_refused_and_answers_nowhere(
    shared_http_office: HttpOffice, stamp: str, signature: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.5)
        address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"
        click = {"type": "block_actions", "trigger_id": "1.2.3", "response_url": address}
        body = urlencode({"payload": json.dumps(click)}).encode()
        seconds = str(int(time.time())) if stamp == "now" else stamp
        signed = {"X-Slack-Request-Timestamp": seconds, "X-Slack-Signature": signature}
        headers = {"Content-Type": FORM, **signed}
        assert request(shared_http_office.port, "POST", EVENTS, body, headers)[0] == 401
        with pytest.raises(TimeoutError):
            elsewhere.accept()


@pytest.mark.parametrize("window", [-290, 290])
def test_a_clock_may_differ_by_less_than_five_minutes(
    shared_http_office: HttpOffice, window: int
) -> None:
    assert _signed_at(shared_http_office, int(time.time()) + window) == 200


@pytest.mark.parametrize("window", [-310, 310])
def test_a_clock_may_not_differ_by_more(shared_http_office: HttpOffice, window: int) -> None:
    assert _signed_at(shared_http_office, int(time.time()) + window) == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{",
        b"payload=",
        b"payload=%7B",
        b"1",
        b"payload=1",
        b'{"a":' * 100_000,
    ],
    ids=["empty", "bytes", "list", "open", "nothing", "open form", "one", "one in a form", "deep"],
)
def test_what_is_not_slacks_is_refused(shared_http_office: HttpOffice, body: bytes) -> None:
    assert request(shared_http_office.port, "POST", EVENTS, body)[0] == 401
    door = HttpDelivery(shared_http_office.url, shared_http_office.slack.signing_secret)
    assert door.post(body, FORM, 3.0)[0] == 400


def test_a_body_that_is_announced_too_large_is_not_read(shared_http_office: HttpOffice) -> None:
    with socket.create_connection(("127.0.0.1", shared_http_office.port)) as line:
        head = f"POST {EVENTS} HTTP/1.1\r\nHost: x\r\nContent-Length: {MOST_BYTES + 1}\r\n\r\n"
        line.sendall(head.encode())
        assert line.recv(64).startswith(b"HTTP/1.1 413")


def test_a_body_that_grows_too_large_is_not_read_to_its_end(shared_http_office: HttpOffice) -> None:
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", shared_http_office.port)) as line:
        line.sendall(f"POST {EVENTS} HTTP/1.1\r\nHost: x\r\n{plausible()}".encode())
        line.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(MOST_BYTES // 0x10000 + 1):
            line.sendall(piece)
        assert line.recv(64).startswith(b"HTTP/1.1 413")


def test_only_posts_are_taken(shared_http_office: HttpOffice) -> None:
    assert request(shared_http_office.port, "GET", EVENTS)[0] == 405


def _signed_at(office: HttpOffice, seconds: int) -> int:
    body = json.dumps({"type": "url_verification", "challenge": "x"}).encode()
    door = HttpDelivery(office.url, office.slack.signing_secret)
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": str(seconds),
        "X-Slack-Signature": door.signature(seconds, body),
    }
    return request(office.port, "POST", EVENTS, body, headers)[0]
