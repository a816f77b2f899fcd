"""HTTP mode: one signed address for all of Slack's requests."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from slack_bolt import App, BoltContext, BoltRequest
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_bolt.request.internals import build_context
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

MOST_BYTES = 5 * 1024 * 1024


def http_app(app: App) -> Starlette:
    """Return the ASGI app that hands Slack's requests to Bolt, each in a thread of the pool."""

    async def events(request: Request) -> Response:
        body = await request.body()
        if len(body) > MOST_BYTES:
            return PlainTextResponse("too large", status_code=413)
        try:
            asked = bolt_request(body.decode(), dict(request.headers))
        except ValueError:
            return PlainTextResponse("not a request of Slack's", status_code=400)
        return to_starlette_response(await run_in_threadpool(app.dispatch, asked))

    async def healthy(_request: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(
        routes=[Route("/slack/events", events, methods=["POST"]), Route("/healthz", healthy)]
    )


def bolt_request(body: str, headers: Mapping[str, str]) -> BoltRequest:
    """Return Bolt's request; raises `ValueError` for what is neither a form nor JSON.

    Bolt takes any form that has the word "payload" in it for an interaction and empties it: a
    slash command with that word in its text would be answered with 404.
    """
    request = BoltRequest(body=body, headers={**headers})
    if not request.body and body and not body.startswith("{"):
        request.body = dict(parse_qsl(body, keep_blank_values=True))
        request.context = build_context(BoltContext({}), request.body)
    return request
