"""Turns settings into running parts. The only module that names concrete classes."""

import os
import socket
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import uvicorn
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from bot.desk.desk import Desk
from bot.desk.ledger import SLOW_RETRY
from bot.desk.room import Clock, Dispatcher, NoDispatcher, Room
from bot.settings import CaseSettings, Settings
from bot.slack.app import build_app
from bot.slack.http import http_app
from bot.slack.poster import Poster
from bot.slack.staff import Staff
from bot.store.cipher import Cipher
from bot.store.database import migrate, open_engine
from bot.words import Words
from bot.worker.worker import DbosDispatcher, Worker

# Seconds; a few of these calls fit into the lease of one delivery.
API_TIMEOUT = 10


def wall_clock() -> datetime:
    """Return the time it is, in UTC."""
    return datetime.now(UTC)


def open_desk(settings: CaseSettings, clock: Clock = wall_clock) -> Desk:
    """Return a desk for the command line: it reads and renders, and delivers nothing."""
    engine = open_engine(settings.database_url)
    room = _room(settings, engine, clock, NoDispatcher(), _nobody, "")
    return Desk(room, "command line")


def _room(
    settings: CaseSettings,
    engine: Engine,
    clock: Clock,
    dispatcher: Dispatcher,
    is_agent: Callable[[str], bool],
    channel: str,
) -> Room:
    return Room(
        sessions=sessionmaker(engine, expire_on_commit=False),
        clock=clock,
        wall=wall_clock,
        cipher=Cipher(settings.keys),
        words=Words(),
        channel=channel,
        time_zone=settings.portdesk_time_zone,
        is_agent=is_agent,
        dispatcher=dispatcher,
    )


def _nobody(_person: str) -> bool:
    return False


def replica_name() -> str:
    """Return a name that no other replica has, not even on this machine: equal ones post twice."""
    return f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"


@dataclass(frozen=True)
class Pace:
    """How fast the worker looks and posts."""

    sweep_seconds: int = 5
    posts_per_second: float = 1.0
    slow_retry_seconds: float = SLOW_RETRY


class Service:
    """The desk, served to Slack: Socket Mode or HTTP, and the worker beside it."""

    def __init__(
        self, settings: Settings, clock: Clock = wall_clock, pace: Pace | None = None
    ) -> None:
        self.settings = settings
        self.engine = open_engine(settings.database_url)
        migrate(self.engine)
        self.client = WebClient(
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            timeout=API_TIMEOUT,
            # The SDK would repeat a post whose answer was lost; the ledger looks it up first.
            retry_handlers=[],
        )
        staff = Staff(settings.portdesk_agents, self.client)
        dispatcher = DbosDispatcher(self.engine)
        owner = replica_name()
        room = _room(
            settings, self.engine, clock, dispatcher, staff.is_agent, settings.portdesk_channel
        )
        pace = pace or Pace()
        self.desk = Desk(room, owner, pace.slow_retry_seconds)
        self.worker = Worker(
            self.desk,
            Poster(self.desk, self.client).post,
            dispatcher,
            self.engine.url.render_as_string(hide_password=False),
            owner,
            pace.sweep_seconds,
            pace.posts_per_second,
        )
        secret = settings.slack_signing_secret.get_secret_value()
        self.app = build_app(self.desk, self.client, secret)
        self._socket: SocketModeHandler | None = None
        self._server: uvicorn.Server | None = None
        self._done = threading.Event()

    def start(self) -> None:
        """Start the worker, then open the door to Slack (Socket Mode only)."""
        self.worker.start()
        if self.settings.socket_mode:
            self._socket = self._connect()

    def _connect(self) -> SocketModeHandler:
        app_token = self.settings.slack_app_token.get_secret_value()
        handler = SocketModeHandler(
            self.app,
            app_token,
            web_client=WebClient(token=app_token, base_url=self.settings.slack_api_url),
        )
        handler.connect()
        return handler

    def serve(self, host: str, port: int) -> None:
        """Serve until `finish` is called; HTTP mode listens on `host:port`."""
        if self.settings.socket_mode:
            self._done.wait()
            return
        config = uvicorn.Config(
            http_app(self.app), host=host, port=port, log_config=None, access_log=False
        )
        self._server = uvicorn.Server(config)
        self._server.run()

    def finish(self) -> None:
        """Make `serve` return."""
        self._done.set()
        if self._server is not None:
            self._server.should_exit = True

    def stop(self, patience: int = 5) -> None:
        """Close the door first, then let the worker end what it does, `patience` seconds long."""
        if self._socket is not None:
            self._socket.close()
        self.worker.stop(patience)
        self.engine.dispose()
