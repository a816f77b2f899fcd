"""The little Slack itself: one loopback port, served from a thread of its own."""

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import uvicorn
from starlette.requests import Request

from slack_sandbox.asgi import AsgiApp
from slack_sandbox.client.person import Person
from slack_sandbox.delivery.delivery import Delivery
from slack_sandbox.delivery.http_mode import HttpDelivery
from slack_sandbox.delivery.socket_mode import Break, SocketHub
from slack_sandbox.listening import HOST, Listening, take_port, tracking
from slack_sandbox.state.clock import AdjustableClock
from slack_sandbox.state.fault_injection import Enforce, Faults
from slack_sandbox.state.manifest import load_manifest
from slack_sandbox.state.state import State
from slack_sandbox.state.traffic import Watcher
from slack_sandbox.state.workspace import Workspace, default_workspace

_PAGE = Path(__file__).parent / "page"
_START_SECONDS = 10.0
RETRY_DELAYS = (0.0, 60.0, 300.0)


class Sandbox:
    """Starts and stops a little Slack; usable as a context manager.

    `port` 0 takes a free one. `delivery_url` selects HTTP delivery to that URL instead of Socket
    Mode. `tips` are shown on the page. `retry_delays` are the waits, in seconds, before an event
    is delivered again. `seconds` is what rate limits, trigger_ids and response_urls are counted
    with.
    """

    def __init__(
        self,
        manifest: Path | Mapping[str, Any],
        workspace: Workspace | None = None,
        clock: AdjustableClock | None = None,
        port: int = 0,
        page: Path | None = _PAGE,
        delivery_url: str | None = None,
        tips: Sequence[str] = (),
        enforce_rates: Enforce = Enforce.POSTS,
        retry_delays: Sequence[float] = RETRY_DELAYS,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.workspace = workspace or default_workspace()
        self.clock = clock or AdjustableClock()
        self._state = State(load_manifest(manifest), self.workspace, self.clock, seconds)
        self._state.faults.enforce_rates = enforce_rates
        self._connections: dict[Any, asyncio.BaseTransport] = {}
        hub = SocketHub(self._state, self._connections)
        self._delivery = Delivery(self._state, hub, retry_delays)
        self._port, self._page, self._tips = port, page, tuple(tips)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: Listening | None = None
        self._thread: threading.Thread | None = None
        if delivery_url:
            self.deliver_to(delivery_url)

    def start(self) -> "Sandbox":
        """Take the port and serve; raises `OSError` where the port is taken."""
        listener = take_port(self._port)
        self._state.base_url = f"http://{HOST}:{listener.getsockname()[1]}/"
        ready = threading.Event()
        self._server = Listening(self._config(ready))
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="sandbox", daemon=True
        )
        self._thread.start()
        if not ready.wait(_START_SECONDS):
            raise OSError("The sandbox did not start.")
        return self

    def _config(self, ready: threading.Event) -> uvicorn.Config:
        def started() -> None:
            self._loop = asyncio.get_running_loop()
            ready.set()

        site = AsgiApp(self._state, self._delivery, self._hang_up, self._page, self._tips)
        return uvicorn.Config(
            site.app(started),
            http=tracking(self._connections),
            lifespan="on",
            log_config=None,
            log_level="warning",
            access_log=False,
            date_header=False,
            timeout_keep_alive=60,
        )

    def stop(self) -> None:
        """Close everything; harmless where nothing runs."""
        if self._loop is None or self._server is None or self._thread is None:
            return
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._let_go, self._server)
        self._thread.join(_START_SECONDS)

    def _let_go(self, server: Listening) -> None:
        self._state.changes.close()
        self._delivery.hub.close()
        # Clients that keep a connection open would hold the port for a while otherwise.
        for transport in tuple(self._connections.values()):
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()
        server.end()

    def __enter__(self) -> "Sandbox":
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address of the page, ending in a slash."""
        return self._state.base_url

    @property
    def api_url(self) -> str:
        """The base of the Web API, ending in `/api/`."""
        return f"{self._state.base_url}api/"

    @property
    def bot_token(self) -> str:
        """The app's xoxb token."""
        return self._state.secrets.bot_token

    @property
    def app_token(self) -> str:
        """The app's xapp token, for Socket Mode."""
        return self._state.secrets.app_token

    @property
    def signing_secret(self) -> str:
        """The secret with which HTTP deliveries are signed."""
        return self._state.secrets.signing_secret

    @property
    def faults(self) -> Faults:
        """The switches for what goes wrong; set them at any time."""
        return self._state.faults

    @property
    def record(self) -> list[dict[str, Any]]:
        """Every message that chat.postMessage ever accepted, in order."""
        return list(self._state.record)

    def person(self, name: str, channel: str | None = None) -> Person:
        """Return somebody of the workspace by handle, who clicks and types in this channel.

        Without a channel (its id or name) it is the first that they see. Raises `KeyError`.
        """
        ids = {user.name: user.id for user in self.workspace.users}
        return Person(self.url, ids[name], channel)

    def watch(self, watcher: Watcher) -> None:
        """Show `watcher` each exchange with the app from now on, on the sandbox's own thread.

        An exchange is a row of `/sandbox/traffic`, unmasked but for the token.
        """
        self._state.traffic.watchers.append(watcher)

    @property
    def connected(self) -> bool:
        """Whether the app can be reached."""
        return self._delivery.connected

    def deliver_to(self, url: str) -> None:
        """Deliver over HTTP to this URL from now on."""
        self._delivery.door = HttpDelivery(url, self.signing_secret)
        self._delivery.challenge_answered = False

    def verify_delivery_url(self) -> bool:
        """Ask the request URL to repeat a challenge."""
        return bool(self._on_loop(self._delivery.verify_url()))

    def deliver(self, kind: str, payload: Any) -> None:
        """Deliver what no button and no form sends, and wait for no answer."""

        async def begin() -> None:
            self._delivery.start(self._delivery.send(kind, "", payload))

        self._on_loop(begin())

    def disconnect_sockets(self) -> None:
        """Ask every open socket to reconnect, as Slack does from time to time."""
        self.break_sockets(Break.DISCONNECT)

    def break_sockets(self, how: Break, at_next: bool = False) -> None:
        """End every open socket in this way, now or when the next envelope has gone out."""
        if at_next:
            self._delivery.hub.break_next = how
        else:
            self._on_loop(self._delivery.hub.break_all(how))

    def wait_until_connected(self, timeout: float = 10.0, sockets: int = 1) -> None:
        """Wait until so many sockets are open; raises `TimeoutError`."""
        hub, changes = self._delivery.hub, self._state.changes
        watcher = self.workspace.users[0].id

        async def enough() -> None:
            while len(hub.sockets) < sockets:
                await changes.after(watcher, changes.version(watcher), timeout)

        self._on_loop(asyncio.wait_for(enough(), timeout))

    def _on_loop(self, work: Any) -> Any:
        if self._loop is None:
            raise RuntimeError("The sandbox is not started.")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _hang_up(self, request: Request) -> None:
        transport = self._connections.get(tuple(request.client or ()))
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()
