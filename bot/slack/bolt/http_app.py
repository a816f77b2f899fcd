"""HTTP mode: one signed address for all of Slack's requests, and what a monitor may ask."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.slack.bolt.after_ack import Work, pop
from bot.slack.bolt.payload_shapes import MalformedPayload, read_body, request_of
from bot.slack.bolt.request_signature import Signature, signature_of

# A view has 250 kB at most (Slack), and what was typed comes along; as a form both grow threefold.
MOST_BYTES: Final = 5 * 1024 * 1024
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
# Seconds in which what is still under way is let in and forgotten: a connection that is closed on
# unread bytes takes the answer with it.
LINGER: Final = 0.5
# More than Slack's check of the certificate has.
_MOST_OF_CHECK: Final = 1024
log = structlog.get_logger()


def _no_faults() -> tuple[str, ...]:
    return ()


def _no_metrics() -> bytes:
    return b""


@dataclass(frozen=True)
class Health:
    """What a load balancer and a monitor may ask.

    `faults` names why no request should come here now (nothing: ready); `metrics` returns the
    figures in Prometheus's text form. Both may ask the database.
    """

    faults: Callable[[], tuple[str, ...]] = _no_faults
    metrics: Callable[[], bytes] = _no_metrics


def http_app(app: App | None, health: Health | None = None, signing_secret: str = "") -> Starlette:
    """Return the ASGI app: Slack's requests go to Bolt, each in a thread of the pool.

    Without `app` (Socket Mode) there is only what a monitor may ask. Raises `ValueError` for an
    app without a secret to check its requests with.
    """
    routes = _health_routes(health or Health())
    if app is not None:
        if not signing_secret:
            raise ValueError("Without a signing secret anybody could speak for Slack.")
        routes.append(_events_route(app, signing_secret))
    return Starlette(routes=routes)


def _events_route(app: App, secret: str) -> Route:
    async def events(request: Request) -> Response:
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and (len(announced) > 9 or int(announced) > MOST_BYTES):
            return _Refusal("too large", 413)
        seal = signature_of(secret, request.headers, time.time())
        if seal is None:
            return _Refusal("not signed by Slack", 401)
        body = await _body(request, seal)
        if body is None:
            return _Refusal("too large", 413)
        if not seal.holds():
            return _unsigned(body)
        answer, rest = await run_in_threadpool(_answer, app, body)
        response = to_starlette_response(answer)
        response.background = BackgroundTask(rest) if rest else None
        return response

    return Route("/slack/events", events, methods=["POST"])


async def _body(request: Request, seal: Signature) -> bytearray | None:
    """Return the body, which `seal` has seen; None where it is too large to be read on."""
    body = bytearray()
    try:
        async for part in request.stream():
            if len(body) + len(part) > MOST_BYTES:
                return None
            seal.add(part)
            body += part
    except ClientDisconnect:
        body.clear()
    return body


def _unsigned(body: bytearray) -> Response:
    """Refuse a body that Slack did not sign; its check of the certificate needs no signature."""
    if len(body) <= _MOST_OF_CHECK and parse_qs(bytes(body)).get(b"ssl_check") == [b"1"]:
        return Response()
    return PlainTextResponse("not signed by Slack", status_code=401)


def _answer(app: App, body: bytearray) -> tuple[BoltResponse, Work | None]:
    try:
        payload = read_body(body)
        if payload.get("ssl_check") == "1":
            return BoltResponse(status=200), None
        asked = request_of(payload)
        if payload.get("type") == "url_verification":
            return BoltResponse(status=200, body=payload["challenge"]), None
        return app.dispatch(asked), pop()
    except MalformedPayload as error:
        log.warning("not_slacks", where=str(error))
        return BoltResponse(status=400, body="not a request of Slack's"), None


class _Refusal(PlainTextResponse):
    """An answer to what was not read; the connection ends with it."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text, status, {"connection": "close"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER):
                await _let_in(receive)
        await send({"type": "http.response.body", "body": b""})


async def _let_in(receive: Receive) -> None:
    left = MOST_BYTES
    while left > 0:
        message = await receive()
        if not message.get("more_body"):
            return
        left -= len(message["body"])


def _health_routes(health: Health) -> list[Route]:
    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_request: Request) -> Response:
        faults = await run_in_threadpool(health.faults)
        text = json.dumps({"ready": not faults, "faults": faults})
        return Response(text, 503 if faults else 200, media_type="application/json")

    async def metrics(_request: Request) -> Response:
        return Response(await run_in_threadpool(health.metrics), media_type=METRICS_TYPE)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]
