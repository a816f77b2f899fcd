"""Turns settings into running parts. With `bot.service.offline` all that names concrete classes."""

import os
import socket
import threading
import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.desk.core.context import Clock
from bot.desk.desk import Desk
from bot.desk.notifications.claims import LEASE, SLOW_RETRY
from bot.desk.notifications.deliveries import PermanentError
from bot.desk.notifications.update_pace import UPDATES_PER_MINUTE
from bot.domain.countries.calendars import load_holidays
from bot.domain.settings.table import AGENTS
from bot.errors import PortingError
from bot.service.metrics import Metrics
from bot.service.offline import make_room, wall_clock
from bot.service.settings import Settings
from bot.slack.app import build_app
from bot.slack.bolt.api_errors import sorted_error, web_client
from bot.slack.bolt.http_app import Health, http_app
from bot.slack.bolt.http_server import HttpServer
from bot.slack.bolt.instrumented_app import Arrivals
from bot.slack.bolt.socket_mode import SocketModeConnection
from bot.slack.delivery.agents import Agents
from bot.slack.delivery.channel_membership import advice, membership
from bot.slack.delivery.letter_delivery import PATIENCE
from bot.slack.delivery.poster import Poster
from bot.store.database import prepared_engine, schema_fault
from bot.wording.templates import Templates
from bot.worker.dispatcher import DbosDispatcher
from bot.worker.worker import Worker

# Seconds that the SDK has to close its socket; it takes three to end threads that do nothing.
HANG_UP = 0.5
_WAKES_SECONDS = 0.5
# Seconds; whoever types a command meanwhile gets no answer.
LINE_TIMEOUT = 4


def _hang_up(line: SocketModeConnection, patience: float) -> None:
    closing = threading.Thread(target=line.close, daemon=True)
    closing.start()
    closing.join(min(HANG_UP, patience))


def _not_connected(error: Exception, address: str) -> PortingError:
    """Say why there is no connection: a token that a person has to mend, or the way to Slack."""
    why = getattr(error, "reason", None) or error
    if isinstance(error, SlackApiError):
        why = sorted_error(error)
        if isinstance(why, PermanentError) or why.slow:
            return PortingError(
                f"Slack refused SLACK_APP_TOKEN ({why}). Set the app-level token with the scope "
                "connections:write from the app's settings, then start again."
            )
    return PortingError(
        f"Slack cannot be reached at {address}: {why}. "
        "Check the network and SLACK_API_URL, then start again."
    )


def replica_name() -> str:
    """Return a name that no other replica has, not even on this machine: equal ones post twice."""
    return f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"


@dataclass(frozen=True)
class Pace:
    """How fast the worker looks and posts, and how long it owns what it is about to post.

    `posts_per_second` is for each channel; None lifts the limit, and that of updates, where Slack
    has none. `patience` is how long a file that Slack took may take to be shown. Every
    `settings_seconds` the desk's own settings are read anew.
    """

    sweep_seconds: int = 5
    posts_per_second: float | None = 1.0
    slow_retry_seconds: float = SLOW_RETRY
    poll_seconds: float = 0.1
    lease: timedelta = LEASE
    patience: timedelta = PATIENCE
    settings_seconds: float = 2.0

    @property
    def updates_per_minute(self) -> float | None:
        """How many messages are changed in a minute, in all channels together."""
        return UPDATES_PER_MINUTE if self.posts_per_second else None


class Service:
    """The desk, served to Slack: Socket Mode or HTTP, and the worker beside it.

    Raises `PortingError` where the database cannot be used.
    """

    def __init__(
        self, settings: Settings, clock: Clock = wall_clock, pace: Pace | None = None
    ) -> None:
        self.settings = settings
        self.pace = pace or Pace()
        self.engine = prepared_engine(settings.database_url)
        self.client = web_client(
            settings.slack_bot_token.get_secret_value(), settings.slack_api_url
        )
        dispatcher = DbosDispatcher(self.engine)
        owner = replica_name()
        room = make_room(settings, self.engine, clock, dispatcher)
        staff = Agents(lambda: room.settings.value(AGENTS), self.client)
        self.desk = Desk(
            replace(room, is_agent=staff.is_agent, agents=staff.agents),
            Templates(),
            owner,
            self.pace.slow_retry_seconds,
            self.pace.lease,
            self.pace.updates_per_minute,
        )
        self.metrics = Metrics(self.desk.monitoring.now, wall_clock)
        self.worker = self._worker(dispatcher, owner)
        secret = settings.slack_signing_secret.get_secret_value()
        self.app = build_app(self.desk, self.client, secret, self.metrics.answered)
        self.metrics.watch(self.app.under_way)
        self._line: SocketModeConnection | None = None
        self._door: HttpServer | None = None
        self._stopping = threading.Event()
        self._reading: threading.Thread | None = None
        self._done = threading.Event()

    def _worker(self, dispatcher: DbosDispatcher, owner: str) -> Worker:
        return Worker(
            self.desk,
            Poster(self.desk, self.client, self.pace.patience).post,
            dispatcher,
            self.engine,
            owner,
            self.pace.sweep_seconds,
            self.pace.posts_per_second,
            self.metrics.delivered,
            self.pace.poll_seconds,
        )

    def start(self) -> None:
        """Start the worker, then open the door to Slack (Socket Mode only)."""
        # A listener needs them seldom: they load beside the start, while nobody waits for them.
        threading.Thread(target=load_holidays, name="loading", daemon=True).start()
        self._recognise_team()
        self._reading = threading.Thread(
            target=self.desk.context.settings.follow,
            args=(self._stopping, self.pace.settings_seconds),
            name="settings",
            daemon=True,
        )
        self._reading.start()
        self.worker.start()
        if self.settings.socket_mode:
            self._line = self._connect()

    def _recognise_team(self) -> None:
        """Compare the team of the token with that of the database, if Slack can be asked now."""
        try:
            client = web_client(
                self.settings.slack_bot_token.get_secret_value(),
                self.settings.slack_api_url,
                LINE_TIMEOUT,
            )
            team = str(client.auth_test()["team_id"])
        except (SlackClientError, OSError):
            return
        self.desk.recognise_team(team)

    def _connect(self) -> SocketModeConnection:
        token = self.settings.slack_app_token.get_secret_value()
        client = web_client(token, self.settings.slack_api_url, LINE_TIMEOUT)
        line = SocketModeConnection(self.app, token, client)
        try:
            line.open()
        except (SlackClientError, HTTPException, OSError, ValueError) as error:
            _hang_up(line, HANG_UP)
            raise _not_connected(error, self.settings.slack_api_url) from error
        return line

    def channel_fault(self) -> str:
        """Say what keeps the desk from posting in its channels, as far as Slack tells now."""
        try:
            told = [advice(membership(self.client, c), c) for c in self.desk.context.channels]
        except (SlackClientError, OSError):
            return ""
        return "; ".join(filter(None, told))

    def listen(self, host: str, port: int) -> int:
        """Open the HTTP door and return its port: health and figures, in HTTP mode Slack too.

        Raises `OSError` where the port is taken.
        """
        app = None if self.settings.socket_mode else self.app
        health = Health(self.faults, self.metrics.text)
        secret = self.settings.slack_signing_secret.get_secret_value()
        served = http_app(app, health, secret)
        served.add_middleware(Arrivals)
        self._door = HttpServer(served, host, port)
        return self._door.port

    def serve(self, host: str, port: int) -> None:
        """Serve until `finish` is called; HTTP mode listens on `host:port`."""
        if not self.settings.socket_mode and self._door is None:
            self.listen(host, port)
        # A signal that comes just before the main thread waits is not heard before it wakes.
        while not self._done.wait(_WAKES_SECONDS):
            pass

    def faults(self) -> tuple[str, ...]:
        """Name why this replica should get no request now; nothing when it is ready."""
        found = ["stopping"] if self._stopping.is_set() else []
        if not self.worker.running:
            found.append("worker")
        if self._line is not None and not self._line.is_connected():
            found.append("slack")
        if fault := schema_fault(self.engine):
            found.append(fault)
        return tuple(found)

    def finish(self, drain: float = 0.0) -> None:
        """Make `serve` return, after `drain` seconds in which a load balancer may turn away."""
        self._stopping.set()
        self._done.wait(drain if self._door is not None else 0.0)
        self._done.set()

    def stop(self, patience: int = 5) -> None:
        """Close the door first, then let the worker end what it does, `patience` seconds long.

        What Slack has asked already is answered before that.
        """
        self._stopping.set()
        if self._door is not None:
            self._door.close()
        self.app.wait_until_idle(patience)
        if self._line is not None:
            _hang_up(self._line, patience)
        self.worker.stop(patience)
        if self._reading is not None:
            self._reading.join(HANG_UP)
        self.engine.dispose()
