"""Moves bytes to and from Slack: to its own hosts only, without detours, in a time of their own."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ssl import SSLContext
from threading import Event, Timer
from typing import Any, Final
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from slack_sdk.web import base_client

from bot.desk.notifications.deliveries import PermanentError

# Stricter than any parser, so that no two of them can read different hosts in one address.
_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?:[/?][!-\[\]-~]*)?",  # what can be printed, without spaces and backslashes
    re.IGNORECASE,
)
_SLACK: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*slack\.com")
_PORTS: Final = {"http": 80, "https": 443}
_Origin = tuple[str, str, int]


def is_slack(url: str, api_url: str) -> bool:
    """Say whether an address leads to Slack over TLS, or to where its API was set to be."""
    there = _origin(url)
    if there is None:
        return False
    scheme, host, port = there
    at_slack = (scheme, port) == ("https", 443) and _SLACK.fullmatch(host) is not None
    return at_slack or there == _origin(api_url)


def _origin(url: str) -> _Origin | None:
    found = _ADDRESS.fullmatch(url)
    if found is None:
        return None
    scheme = found["scheme"].lower()
    return scheme, found["host"].lower(), int(found["port"] or _PORTS[scheme])


def fetch(request: Request, trusted: SSLContext | None, most_bytes: int, seconds: float) -> bytes:
    """Return the body of an answer that comes in time, with its status 200.

    Raises `HTTPError` for every other status, redirects too, `PermanentError` for more bytes,
    `OSError` or `HTTPException` for what breaks off or takes too long.
    """
    with _cut_after(seconds) as cut:
        with _opener(cut, trusted).open(request, timeout=seconds) as answer:
            content = _body(answer, most_bytes)
        if cut.over.is_set():
            raise TimeoutError("the transfer took too long")
    return content


def _body(answer: HTTPResponse, most_bytes: int) -> bytes:
    if answer.status != HTTPStatus.OK:
        raise HTTPException(f"http {answer.status}")
    content = answer.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise PermanentError(f"the file is larger than {most_bytes} bytes")
    if answer.length:
        raise HTTPException("the answer broke off")
    return content


class _Cut:
    """Cuts a connection: a timeout of a socket is for each read, and drops keep it from coming."""

    def __init__(self) -> None:
        self.over = Event()
        self._socket: socket.socket | None = None

    def watch(self, connected: socket.socket) -> None:
        self._socket = connected
        if self.over.is_set():
            raise TimeoutError("the transfer took too long")

    def now(self) -> None:
        self.over.set()
        if self._socket is not None:
            with suppress(OSError):
                # Not that of an SSL socket: what is read afterwards would be taken as plain text.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


@contextmanager
def _cut_after(seconds: float) -> Iterator[_Cut]:
    cut = _Cut()
    timer = Timer(seconds, cut.now)
    timer.daemon = True
    timer.start()
    try:
        yield cut
    finally:
        timer.cancel()


class _Plain(HTTPConnection):
    def __init__(self, host: str, cut: _Cut, **more: Any) -> None:
        super().__init__(host, **more)
        self._cut = cut

    def connect(self) -> None:
        super().connect()
        self._cut.watch(self.sock)


class _Secure(_Plain, HTTPSConnection):
    """The same over TLS: its parent's `super` is the connection that encrypts."""


class _NoDetours(HTTPRedirectHandler):
    """The token goes where it was sent, and nowhere else."""

    def redirect_request(self, *_asked: Any, **_more: Any) -> None:
        return None


def _call(request: Request, context: SSLContext | None, timeout: float) -> Any:
    """Send a call of the Web API, and follow no redirect with its token either."""
    return build_opener(_NoDetours, HTTPSHandler(context=context)).open(request, timeout=timeout)


# The SDK opens its addresses by this name only; Bolt makes plain clients of its own.
base_client.urlopen = _call  # type: ignore[assignment, attr-defined]  # a name that it imports


def _opener(cut: _Cut, trusted: SSLContext | None) -> OpenerDirector:
    class Plain(HTTPHandler):
        def http_open(self, req: Request) -> Any:
            return self.do_open(partial(_Plain, cut=cut), req)

    class Secure(HTTPSHandler):
        def https_open(self, req: Request) -> Any:
            return self.do_open(partial(_Secure, cut=cut), req, context=trusted)

    return build_opener(_NoDetours, Plain, Secure)
