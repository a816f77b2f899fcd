"""A tiny Bolt app on a sandbox, over Socket Mode and over HTTP."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from slack_sandbox import Person, Sandbox
from slack_sandbox.state.workspace import ANNA, ROSA
from tests import sockets

from .builders import MANIFEST


@dataclass
class Stopwatch:
    """Seconds that pass when a test says so, however busy the machine is."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def sandbox(stopwatch: Stopwatch) -> Iterator[Sandbox]:
    with Sandbox(MANIFEST, retry_delays=(0.0, 0.05, 0.1), seconds=stopwatch) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url)


@pytest.fixture
def app(sandbox: Sandbox, client: WebClient) -> App:
    """An app without listeners, to which each test adds its own."""
    return App(client=client, signing_secret=sandbox.signing_secret, process_before_response=True)


@pytest.fixture
def online(sandbox: Sandbox, app: App) -> Iterator[App]:
    """The app, connected over Socket Mode."""
    handler = sockets.connect(app, sandbox)
    sandbox.wait_until_connected()
    yield app
    sockets.hang_up(sandbox, handler)


@pytest.fixture
def served(sandbox: Sandbox, app: App) -> Iterator[App]:
    """The app behind a request URL, to which the sandbox delivers."""
    with request_url(app) as url:
        sandbox.deliver_to(url)
        yield app


@contextmanager
def request_url(app: App) -> Iterator[str]:
    """Serve a Bolt app over HTTP from a thread and give its URL."""
    handler = SlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route("/slack/events", events, methods=["POST"])]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_config=None))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
    server.should_exit = True
    thread.join(5)


@pytest.fixture
def rosa(sandbox: Sandbox) -> Person:
    return Person(sandbox.url, ROSA, "team", waits=0)


@pytest.fixture
def anna(sandbox: Sandbox) -> Person:
    return Person(sandbox.url, ANNA, "team", waits=0)


@pytest.fixture
def form(online: App) -> Callable[..., None]:
    """Make `/form` open a given view."""

    def opens(view: dict[str, Any]) -> None:
        def listener(ack: Any, body: dict[str, Any], client: WebClient) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=view)
            ack()

        online.command("/form")(listener)

    return opens
