"""The human side over HTTP: JSON for the web page and for the tests."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from inspect import isawaitable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from slack_sandbox.block_kit.input_values import PersonError, RewrittenError
from slack_sandbox.client.client_actions import ClientActions
from slack_sandbox.client.client_state import state_for, views_for
from slack_sandbox.client.view_actions import ViewActions
from slack_sandbox.delivery.socket_mode import Break
from slack_sandbox.spec.arguments import number
from slack_sandbox.state.state import State

Deed = Callable[[dict[str, Any]], dict[str, Any] | Awaitable[dict[str, Any]]]
_LONGEST_WAIT = 30.0
_NAMES = ("user", "channel", "ts", "thread_ts", "text", "block_id", "action_id", "view_id")
_EXPECTED: Mapping[str, type] = {**dict.fromkeys(_NAMES, str), "container": dict, "state": dict}
_HEARTBEAT = 10.0


@dataclass(frozen=True)
class ClientApi:
    """Answers the requests of the page and of `Person`, under `/sandbox/`."""

    state: State
    client_actions: ClientActions
    view_actions: ViewActions
    tips: tuple[str, ...]

    def routes(self) -> list[Route]:
        """Return the routes of the human side."""
        return [
            *(Route(f"/sandbox/{name}", call) for name, call in self._reads().items()),
            *(
                Route(f"/sandbox/{name}", _deed(call), methods=["POST"])
                for name, call in self._deeds().items()
            ),
            Route("/sandbox/upload", self.upload, methods=["POST"]),
        ]

    def _reads(self) -> Mapping[str, Callable[[Request], Awaitable[Response]]]:
        return {
            "state": self.show_state,
            "views": self.views,
            "events": self.events,
            "traffic": self.traffic,
            "record": self.record,
        }

    def _deeds(self) -> Mapping[str, Deed]:
        return {
            "command": self.client_actions.command,
            "message": self.client_actions.message,
            "shortcut": self.client_actions.shortcut,
            "home": self.client_actions.home,
            "action": self.view_actions.action,
            "suggest": self.view_actions.suggest,
            "submit": self.view_actions.submit,
            "close": self.view_actions.close,
            "clock": self.clock,
            "faults": self.faults,
        }

    async def show_state(self, request: Request) -> Response:
        """Return what a person sees; `after` and `wait` hold the answer until that changes.

        Who opens the page without a name is the first person of the workspace.
        """
        user = request.query_params.get("user") or self.state.workspace.users[0].id
        if user not in self.state.workspace.by_id:
            return _refused("Nobody of that id is in this workspace.")
        await self._wait(user, request)
        return _json(state_for(self.state, self.client_actions.delivery, self.tips, user))

    async def views(self, request: Request) -> Response:
        """Return a person's open modals only, which is cheaper than the state."""
        return _json({"views": views_for(self.state, request.query_params.get("user", ""))})

    async def _wait(self, user: str, request: Request) -> None:
        after, wait = (number(request.query_params.get(name), 0) for name in ("after", "wait"))
        if after and wait:
            await self.state.changes.after(user, after, min(wait, _LONGEST_WAIT))

    async def events(self, request: Request) -> Response:
        """Stream a line for every change that this person may see."""
        user = request.query_params.get("user", "")
        headers = {"Cache-Control": "no-store"}
        stream = self._changes(user, request)
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    async def _changes(self, user: str, request: Request) -> AsyncIterator[str]:
        changes, seen = self.state.changes, -1
        while not changes.closed and not await request.is_disconnected():
            version = await changes.after(user, seen, _HEARTBEAT)
            if version > seen:
                seen = version
                yield f'event: change\ndata: {{"version": {seen}}}\n\n'
            else:
                yield ": still here\n\n"

    async def traffic(self, request: Request) -> Response:
        """Return the exchanges after a given number."""
        after = number(request.query_params.get("after"), 0) or 0
        return _json({"entries": self.state.traffic.after(after)})

    async def record(self, _: Request) -> Response:
        """Return every message that chat.postMessage ever accepted."""
        return _json({"messages": self.state.record})

    async def upload(self, request: Request) -> Response:
        """Keep the raw body as a file that a person has chosen."""
        query, content = request.query_params, await request.body()
        name = query.get("name", "file")
        return await _done(
            lambda _: self.client_actions.upload(query.get("user", ""), name, content), {}
        )

    def clock(self, given: dict[str, Any]) -> dict[str, Any]:
        """Move the clock on by seconds or to a moment."""
        try:
            if "to" in given:
                self.state.clock.move_to(datetime.fromisoformat(str(given["to"])))
            else:
                self.state.clock.advance(float(given["advance_seconds"]))
        except (KeyError, ValueError, TypeError, OverflowError):
            words = "Give advance_seconds, or to as an ISO 8601 time with its zone."
            raise PersonError(words) from None
        self.state.touch_all()
        return {"now": self.state.clock.now().isoformat()}

    def faults(self, given: dict[str, Any]) -> dict[str, Any]:
        """Change the switches for what goes wrong."""
        wanted = dict(given)
        how = wanted.pop("break_connection", None)
        if wanted.pop("forced_disconnect", False):
            how = Break.DISCONNECT
        try:
            if how is not None:
                self.client_actions.delivery.start(
                    self.client_actions.delivery.hub.break_all(Break(how))
                )
            self.state.faults.change(wanted)
        except ValueError as error:
            raise PersonError(str(error)) from None
        self.state.touch_all()
        return {"faults": self.state.faults.as_dict()}


def _well_formed(given: dict[str, Any]) -> bool:
    """Whether names hold strings and the two structures are objects."""
    return all(
        isinstance(value, _EXPECTED.get(name, object))
        for name, value in given.items()
        if value is not None
    ) and all(isinstance(inner, dict) for inner in (given.get("state") or {}).values())


def _deed(call: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            given = json.loads(await request.body() or b"{}")
        except ValueError:
            return _refused("The request is not JSON.")
        if not isinstance(given, dict) or not _well_formed(given):
            return _refused("The request is not of the form that it should have.")
        return await _done(call, given)

    return endpoint


async def _done(call: Deed, given: dict[str, Any]) -> Response:
    try:
        result = call(given)
        body = await result if isawaitable(result) else result
    except PersonError as refusal:
        return _refused(str(refusal), rewritten=isinstance(refusal, RewrittenError))
    return _json({"ok": True, **body})


def _refused(words: str, rewritten: bool = False) -> Response:
    return _json({"ok": False, "error": words, "rewritten": rewritten})


def _json(body: Any) -> Response:
    return JSONResponse(body)
