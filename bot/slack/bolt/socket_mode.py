"""The line to Slack in Socket Mode, which is opened again within seconds when it breaks.

Slack's own client asks for a new line when Slack says so. What it notices late or not at all is
watched here: a line that is silent, also from its first moment on, one that was reset, one that
ended, and a Slack that cannot be reached for a while.
"""

import threading
import time
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any, cast

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import send_response
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.bolt.after_ack import finish
from bot.slack.bolt.instrumented_app import THREADS
from bot.slack.bolt.payload_shapes import MalformedPayload, request_of

# Seconds. A line without an answer to a ping for four of them is dead, and another one is open
# within two more.
BEAT = 1.0
DEAD_BEATS = 4
# Seconds between attempts while Slack cannot be reached; the last one is repeated.
PAUSES = (BEAT, 1.0, 2.0, 4.0)
# The client's own watch is not asked: it begins to doubt after four of these seconds.
_HOURS = 100 * 3600
log = structlog.get_logger()


class SocketModeConnection(SocketModeClient):
    """Hands what Slack asks to the app, over one line at a time and two while it changes over."""

    def __init__(self, app: App, token: str, web_client: WebClient) -> None:
        super().__init__(
            app_token=token,
            logger=app.logger,
            web_client=web_client,
            proxy=web_client.proxy,
            auto_reconnect_enabled=False,
            ping_interval=_HOURS,
            concurrency=THREADS,
        )
        self._app = app
        self._ended = threading.Event()
        # The second one in the same thread, when the answer has been sent.
        self.socket_mode_request_listeners += [self._answer, finish]

    def _answer(self, _client: object, request: SocketModeRequest) -> None:
        begun = time.time()
        try:
            asked = request_of(request.payload)
        except MalformedPayload as error:
            log.warning("not_slacks", where=str(error))
        else:
            send_response(self, request, self._app.dispatch(asked), begun)

    def open(self) -> None:
        """Connect, and stay connected until `close`; raises where Slack cannot be reached now."""
        self.connect()
        if not self.is_connected():
            raise ConnectionError("it does not answer over a WebSocket")
        threading.Thread(target=self._stay, name="line-to-slack", daemon=True).start()

    def connect(self) -> None:
        """Open a line, then let go of the one before."""
        super().connect()
        session = self.current_session
        if session is not None and (sock := session.sock) is not None:
            session.sock = cast(Any, _Ending(sock))

    def send_message(self, message: str) -> None:
        """Send, over a new line if this one has just been lost: somebody waits for the answer."""
        try:
            super().send_message(message)
        except SlackClientNotConnectedError:
            if self._ended.is_set():
                raise
            self.connect_to_new_endpoint()
            super().send_message(message)

    def close(self) -> None:
        """Close the line for good."""
        self._ended.set()
        self._let_go()
        # Its reader of messages would wait a second for the next one.
        self.closed = True
        self.message_queue.put(None)
        super().close()

    def _stay(self) -> None:
        pulse, vain = _Pulse(), 0
        while not self._ended.wait(PAUSES[min(vain, len(PAUSES) - 1)]):
            if pulse.beats(self.current_session):
                vain = 0
            else:
                vain = 0 if self._opened_again() else vain + 1

    def _opened_again(self) -> bool:
        log.warning("slack_lost")
        try:
            self._let_go()
            self.connect_to_new_endpoint()
        except Exception as error:
            # Whatever it is, the next attempt may succeed, and nobody else would make it.
            log.warning("slack_away", why=type(error).__name__)
        if self._ended.is_set():
            self.disconnect()
        return self.is_connected()

    def _let_go(self) -> None:
        session = self.current_session
        sock = session.sock if session is not None else None
        if session is None or sock is None:
            return
        # Its reader sits in `recv` for seconds and would keep us from closing meanwhile.
        self.current_session_state.terminated = True
        with suppress(OSError):
            sock.shutdown(SHUT_RDWR)
        session.disconnect()


class _Pulse:
    """Counts the beats since a line last answered a ping; a clock may jump."""

    def __init__(self) -> None:
        self._last: tuple[object, object] = (None, None)
        self._silent = 0

    def beats(self, session: Connection | None) -> bool:
        """Ping a line; False where it is closed or has been silent for too long."""
        if session is None or not session.is_active():
            return False
        answered = (session, session.last_ping_pong_time)
        self._silent = self._silent + 1 if answered == self._last else 0
        self._last = answered
        try:
            session.ping(f"{session.session_id}:{time.time()}")
        except OSError:
            return False
        return self._silent < DEAD_BEATS


class _Ending:
    """A socket whose end is an error: Slack's client would go on reading it, without any rest."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._wanted = False

    def recv(self, size: int) -> bytes:
        received: bytes = self._sock.recv(size)
        if not received and not self._wanted:
            raise ConnectionResetError("Slack hung up.")
        return received

    def shutdown(self, how: int) -> None:
        self._wanted = True
        self._sock.shutdown(how)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)
