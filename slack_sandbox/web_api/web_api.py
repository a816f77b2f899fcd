"""The Web API: who may call what with which arguments, and how Slack answers."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from slack_sandbox.spec.arguments import read_arguments
from slack_sandbox.spec.methods import Method, SlackError, method_table, problem
from slack_sandbox.state.fault_injection import COUNTED
from slack_sandbox.state.state import State

Arguments = Mapping[str, Any]
Handler = Callable[[State, Arguments], dict[str, Any]]
_HANG_SECONDS = 120.0
_JSON = "application/json; charset=utf-8"
_APP_TOKEN_METHODS = frozenset({"apps.connections.open"})
_DISTINCT_SCOPES = ("conversations.",)


@dataclass(frozen=True)
class WebApi:
    """Answers `/api/METHOD`; `hang_up` closes a connection without an answer."""

    state: State
    handlers: Mapping[str, Handler]
    hang_up: Callable[[Request], None]

    async def answer(self, request: Request) -> Response:
        """Answer one call as Slack does: HTTP 200, but for 429 and 5xx."""
        started = time.perf_counter()
        name = request.path_params["method"]
        arguments, token = await read_arguments(request)
        response, body = await self._respond(request, name, arguments, token)
        ms = (time.perf_counter() - started) * 1000
        ok = response.status_code == 200 and bool(body.get("ok"))
        self.state.traffic.note("from_app", "web_api", name, arguments, body, ms, ok)
        return response

    async def _respond(
        self, request: Request, name: str, arguments: dict[str, Any], token: str | None
    ) -> tuple[Response, dict[str, Any]]:
        fault = self.state.faults.take(name)
        if fault in COUNTED and fault != "drop_answer":
            return await self._broken(fault, request)
        wait = self._wait_for_rate(name, arguments)
        if wait:
            return _limited(wait)
        body = self._outcome(name, arguments, token)
        if fault == "drop_answer":
            self.hang_up(request)
        return _response(body, self._headers(name)), body

    async def _broken(self, fault: str | None, request: Request) -> tuple[Response, dict[str, Any]]:
        if fault == "rate_limit":
            return _limited(1)
        if fault == "silent":
            await self._hang()
            self.hang_up(request)
        body = {"ok": False, "error": "internal_error"}
        return _response(body, {}, 500), body

    async def _hang(self) -> None:
        until = time.monotonic() + _HANG_SECONDS
        while not self.state.changes.closed and time.monotonic() < until:
            await asyncio.sleep(0.05)

    def _wait_for_rate(self, name: str, arguments: dict[str, Any]) -> int:
        method = method_table().get(name)
        if method is None:
            return 0
        channel = arguments.get("channel")
        return self.state.rates.wait_for(method, channel, self.state.faults.enforce_rates)

    def _outcome(self, name: str, arguments: dict[str, Any], token: str | None) -> dict[str, Any]:
        try:
            method, handler = self._handler(name)
            self._authorize(method, token)
            _check_arguments(method, arguments)
            return {"ok": True, **handler(self.state, arguments)}
        except SlackError as refusal:
            return _refusal(refusal, method_table().get(name))

    def _handler(self, name: str) -> tuple[Method, Handler]:
        method, handler = method_table().get(name), self.handlers.get(name)
        if method is None or handler is None:
            raise SlackError("unknown_method", [problem(f"{name} is not offered here")])
        return method, handler

    def _authorize(self, method: Method, token: str | None) -> None:
        secrets, is_app = self.state.secrets, method.name in _APP_TOKEN_METHODS
        if not token:
            raise SlackError("not_authed")
        if token not in (secrets.bot_token, secrets.app_token):
            raise SlackError("invalid_auth")
        if self.state.faults.revoke_token:
            raise SlackError("token_revoked")
        if (token == secrets.app_token) != is_app and method.name != "auth.test":
            raise SlackError("not_allowed_token_type")
        # The scope of a conversation's methods depends on its kind: their handlers ask for it.
        if method.scopes and not method.name.startswith(_DISTINCT_SCOPES):
            need_scope(self.state, method.scopes[0])

    def _headers(self, name: str) -> dict[str, str]:
        method = method_table().get(name)
        return {
            "x-oauth-scopes": ",".join(sorted(self.state.scopes())),
            "x-accepted-oauth-scopes": ",".join(method.scopes) if method else "",
        }


def need_scope(state: State, scope: str) -> None:
    """Refuse with `missing_scope` unless the token carries `scope`."""
    granted = state.scopes()
    if scope not in granted:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(granted)))


def _check_arguments(method: Method, arguments: dict[str, Any]) -> None:
    found = [
        problem(f"missing required field: {name}", f"/{name}")
        for name in method.required
        if arguments.get(name) in (None, "")
    ]
    found += [
        problem(f"invalid additional property: {name}", f"/{name}")
        for name in arguments
        if name not in method.accepted
    ]
    if found:
        raise SlackError("invalid_arguments", found)


def _refusal(refusal: SlackError, method: Method | None) -> dict[str, Any]:
    error, messages = refusal.error, refusal.messages
    if method is not None and error not in method.errors | {"unknown_method"}:
        # The method's page knows no such error, so all that Slack can say is this.
        error, messages = "invalid_arguments", messages or [problem(error)]
    body: dict[str, Any] = {"ok": False, "error": error, **refusal.extra}
    if messages:
        body["response_metadata"] = {"messages": messages}
    return body


def _limited(seconds: int) -> tuple[Response, dict[str, Any]]:
    body = {"ok": False, "error": "ratelimited"}
    return _response(body, {"Retry-After": str(seconds)}, 429), body


def _response(body: dict[str, Any], headers: dict[str, str], status: int = 200) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, headers, _JSON)
