"""What somebody else than Slack sends: refused early, closed in time, neither counted nor kept."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.slack.bolt.http_app import MOST_BYTES
from bot.slack.bolt.incoming_deadlines import MOST_UNFINISHED, MOST_UNFINISHED_BYTES, WHOLE_REQUEST
from slack_sandbox.delivery.http_mode import FORM, HttpDelivery
from tests.http.conftest import EVENTS, HttpOffice, plausible, port_command
from tests.patience import PATIENCE, wait_until
from tests.replicas import request

COUNT = 'portdesk_acknowledgement_seconds_count{asked="command"}'


def _door(office: HttpOffice) -> HttpDelivery:
    return HttpDelivery(office.url, office.slack.signing_secret)


@contextmanager
def _begun(office: HttpOffice, headers: str, body: bytes = b"") -> Iterator[socket.socket]:
    """Send the beginning of a request, and leave it there."""
    with socket.create_connection(("127.0.0.1", office.port), PATIENCE) as line:
        line.sendall(f"POST {EVENTS} HTTP/1.1\r\nHost: x\r\n{headers}".encode())
        line.sendall(body)
        yield line


def _answered(office: HttpOffice) -> float:
    """Return the seconds of processor time until a command of Slack's is answered.

    What stands before it is paid for in them, however many others want this machine.
    """
    spent = time.process_time()
    assert _door(office).post(port_command("help"), FORM, PATIENCE)[0] == 200
    return time.process_time() - spent


def _counted(office: HttpOffice) -> float:
    lines = request(office.port, "GET", "/metrics")[1].splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(COUNT))


def _is_closed(line: socket.socket) -> bool:
    line.settimeout(0)
    try:
        return line.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    ("stamp", "signature"),
    [
        (0, "v0=1"),
        (0, "v0=" + "0" * 63),
        (0, "v1=" + "0" * 64),
        (-301, "v0=" + "0" * 64),
        (301, "v0=" + "0" * 64),
    ],
)
def test_headers_that_cannot_be_signed_are_refused_before_the_body_comes(
    shared_http_office: HttpOffice, stamp: int, signature: str
) -> None:
    signed = f"X-Slack-Request-Timestamp: {int(time.time()) + stamp}\r\n"
    signed += f"X-Slack-Signature: {signature}\r\nContent-Length: 5000\r\n\r\n"
    with _begun(shared_http_office, signed) as line:
        assert line.recv(12) == b"HTTP/1.1 401"
        rest = b"".join(iter(lambda: line.recv(4096), b""))
    assert b"connection: close" in rest.lower()


def test_only_what_slack_signed_is_counted(
    shared_http_office: HttpOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    _answered(shared_http_office)
    before, _ = _counted(shared_http_office), capsys.readouterr()
    door = _door(shared_http_office)
    check = b"ssl_check=1&token=of-old"
    for _ in range(5):
        assert door.post(port_command("help"), FORM, 3.0, bad_signature=True)[0] == 401
        assert door.post(check, FORM, 3.0)[0] == 200
        forged = {"X-Slack-Signature": f"v0={'0' * 64}"}
        assert door.post(port_command("help"), FORM, 3.0, forged)[0] == 401
        assert door.post(check, FORM, 3.0, forged)[0] == 200
    assert _counted(shared_http_office) == before
    assert "".join(capsys.readouterr()) == ""
    _answered(shared_http_office)
    assert _counted(shared_http_office) == before + 1


@pytest.mark.parametrize("piece", [b"%41=%41&", b"a=b&", b'{"a":[' + b"[]," * 9])
def test_a_large_forgery_is_never_read_as_a_form(
    shared_http_office: HttpOffice, piece: bytes
) -> None:
    body = (piece * (MOST_BYTES // len(piece)))[:MOST_BYTES]
    forged = {"X-Slack-Signature": f"v0={'0' * 64}"}
    spent = time.process_time()
    status, _ = _door(shared_http_office).post(body, FORM, PATIENCE, forged)
    assert status == 401
    assert time.process_time() - spent < 1


def test_half_sent_requests_give_way_to_slacks(shared_http_office: HttpOffice) -> None:
    head = f"{plausible()}Content-Length: 5000\r\n\r\n"
    with ExitStack() as many:
        lines = [
            many.enter_context(_begun(shared_http_office, head, b"x"))
            for _ in range(MOST_UNFINISHED + 5)
        ]
        assert _answered(shared_http_office) < 1.5
        wait_until(lambda: all(map(_is_closed, lines[:5])))
        assert not _is_closed(lines[-1])


def test_half_sent_bodies_do_not_fill_the_memory(shared_http_office: HttpOffice) -> None:
    head = f"{plausible()}Content-Length: {MOST_BYTES}\r\n\r\n"
    part = b"x" * (MOST_BYTES - 1024)
    fit = MOST_UNFINISHED_BYTES // len(part)
    with ExitStack() as many:
        lines = [many.enter_context(_begun(shared_http_office, head, part)) for _ in range(fit + 3)]
        wait_until(lambda: sum(map(_is_closed, lines)) >= 3)
        assert _answered(shared_http_office) < 1.5


@pytest.mark.slow
@pytest.mark.parametrize(
    "beginning", ["", "X-Slow: ", f"{plausible()}Content-Length: 5000\r\n\r\n"], ids=len
)
def test_what_drips_is_closed_in_time(shared_http_office: HttpOffice, beginning: str) -> None:
    with _begun(shared_http_office, beginning) as line:
        until = time.monotonic() + WHOLE_REQUEST + 5
        while not _is_closed(line):
            assert time.monotonic() < until
            time.sleep(0.5)
            try:
                line.settimeout(PATIENCE)
                line.sendall(b"x")
            except ConnectionError:
                break


@pytest.mark.slow
def test_sixty_forged_bodies_leave_the_memory_as_it_was(shared_http_office: HttpOffice) -> None:
    head = f"{plausible()}Content-Length: {MOST_BYTES}\r\n\r\n"
    part = b"x" * 4_900_000
    before = _memory()
    with ExitStack() as many:
        for _ in range(60):
            many.enter_context(_begun(shared_http_office, head, part))
        most = _memory()
        assert _answered(shared_http_office) < 1.5
    assert most - before < 60


def _memory() -> float:
    """Return the megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6
