"""HTTP mode: one signed address for all of Slack's requests, and what a monitor may ask."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_bolt.request.internals import build_context
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.slack.afterwards import Work, take

# A view has 250 kB at most (Slack), and what was typed comes along; as a form both grow threefold.
MOST_BYTES = 5 * 1024 * 1024
# Bolt's check of a signature fails with an error on others, and errors are answered to people.
_STAMP = re.compile(r"[0-9]{1,12}")
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


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


def http_app(app: App | None, health: Health | None = None) -> Starlette:
    """Return the ASGI app: Slack's requests go to Bolt, each in a thread of the pool.

    Without `app` (Socket Mode) there is only what a monitor may ask.
    """
    routes = _health_routes(health or Health())
    if app is not None:
        routes.append(_events_route(app))
    return Starlette(routes=routes)


def _events_route(app: App) -> Route:
    async def events(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        if not _may_be_signed(request.headers):
            return PlainTextResponse("not signed by Slack", status_code=401)
        try:
            asked = bolt_request(body.decode(), dict(request.headers))
        except ValueError:
            return PlainTextResponse("not a request of Slack's", status_code=400)
        answer, rest = await run_in_threadpool(_answer, app, asked)
        response = to_starlette_response(answer)
        response.background = BackgroundTask(rest) if rest else None
        return response

    return Route("/slack/events", events, methods=["POST"])


def _answer(app: App, asked: BoltRequest) -> tuple[BoltResponse, Work | None]:
    return app.dispatch(asked), take()


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


def _may_be_signed(headers: Mapping[str, str]) -> bool:
    """Say whether time and signature have the form that Slack gives them."""
    stamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    return bool(_STAMP.fullmatch(stamp)) and signature.isascii() and signature != ""


async def _body(request: Request) -> bytes | None:
    """Return the body, or None for one that is too large, without reading on."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MOST_BYTES:
        return None
    parts, size = [], 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > MOST_BYTES:
                return None
            parts.append(part)
    except ClientDisconnect:
        return b""
    return b"".join(parts)


def bolt_request(body: str, headers: Mapping[str, str]) -> BoltRequest:
    """Return Bolt's request; raises `ValueError` for what is neither a form nor JSON.

    Bolt takes any form that has the word "payload" in it for an interaction and empties it: a
    slash command with that word in its text would be answered with 404.
    """
    try:
        request = BoltRequest(body=body, headers={**headers})
    except (AttributeError, RecursionError, TypeError) as error:
        raise ValueError("JSON of another shape than Slack's") from error
    if not request.body and body and not body.startswith("{"):
        request.body = dict(parse_qsl(body, keep_blank_values=True))
        request.context = build_context(BoltContext({}), request.body)
    return request
