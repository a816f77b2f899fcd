"""Puts the parts together: every address of the sandbox and what answers there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from slack_sandbox.client.client_actions import ClientActions
from slack_sandbox.client.client_api import ClientApi
from slack_sandbox.client.view_actions import ViewActions
from slack_sandbox.delivery.delivery import Delivery
from slack_sandbox.loopback_only import LoopbackOnly
from slack_sandbox.spec.arguments import multipart
from slack_sandbox.spec.methods import SlackError
from slack_sandbox.state.state import State
from slack_sandbox.web_api import blocks, chat, conversations, files, users, views
from slack_sandbox.web_api.response_urls import ResponseUrls
from slack_sandbox.web_api.web_api import Arguments, Handler, WebApi

_LOGIN_PAGE = "<!DOCTYPE html><title>Sign in</title><p>Sign in to see this file.</p>"
_TICK_SECONDS = 0.2


@dataclass(frozen=True)
class AsgiApp:
    """Builds the ASGI app; `hang_up` closes the connection of a request without an answer."""

    state: State
    delivery: Delivery
    hang_up: Callable[[Request], None]
    page: Path | None
    tips: tuple[str, ...]

    def app(self, started: Callable[[], None]) -> Starlette:
        """Return the app; `started` is called on its event loop."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            started()
            self.delivery.start(self._send_scheduled())
            yield
            self.delivery.close()

        return Starlette(
            routes=self._routes(), middleware=[Middleware(LoopbackOnly)], lifespan=lifespan
        )

    def _routes(self) -> list[BaseRoute]:
        response_urls = ResponseUrls(self.state)
        client_actions = ClientActions(self.state, self.delivery, response_urls)
        human = ClientApi(self.state, client_actions, ViewActions(client_actions), self.tips)
        web_api = WebApi(self.state, self._handlers(), self.hang_up)
        return [
            Route("/api/{method}", web_api.answer, methods=["GET", "POST"]),
            WebSocketRoute("/link", self.delivery.hub.serve),
            Route("/response/{token}", response_urls.answer, methods=["POST"]),
            Route("/upload/{ticket}", self._upload, methods=["POST"]),
            Route("/files/{file_id}/{name}", self._download),
            *human.routes(),
            *self._page_routes(),
        ]

    def _handlers(self) -> dict[str, Handler]:
        def connections_open(_: State, __: Arguments) -> dict[str, Any]:
            return {"url": self.delivery.hub.ticket_url()}

        return {
            "apps.connections.open": connections_open,
            **blocks.HANDLERS,
            **chat.HANDLERS,
            **views.HANDLERS,
            **conversations.HANDLERS,
            **users.HANDLERS,
            **files.HANDLERS,
        }

    def _page_routes(self) -> list[BaseRoute]:
        if self.page is None:
            return []
        index = self.page / "index.html"

        async def show(_: Request) -> Response:
            if not index.exists():
                return PlainTextResponse("The page is not here.", 404)
            return FileResponse(index, headers={"Cache-Control": "no-store"})

        static = StaticFiles(directory=self.page, check_dir=False)
        return [Route("/", show), Mount("/static", static)]

    async def _upload(self, request: Request) -> Response:
        content, kind = await request.body(), request.headers.get("content-type", "")
        if kind.startswith("multipart/form-data"):
            content = next(iter(multipart(kind, content).values()), "").encode("latin-1")
        now = self.state.clock.now().timestamp()
        fault = self.state.faults.take("upload")
        if fault not in (None, "drop_answer"):
            return PlainTextResponse("upload failed", 429 if fault == "rate_limit" else 500)
        file = self.state.uploads.receive(request.path_params["ticket"], content, now)
        size = len(content)
        request_facts = {"bytes": size}
        answer = f"OK - {size}" if file else "unknown ticket, or not the announced length"
        ok = file is not None
        self.state.traffic.note("from_app", "upload", "upload", request_facts, answer, 0, ok)
        if fault:
            self.hang_up(request)
        return PlainTextResponse(answer, 200 if ok else 400)

    async def _download(self, request: Request) -> Response:
        file = self.state.uploads.files.get(request.path_params["file_id"])
        if file is None or file.content is None:
            return PlainTextResponse("file_not_found", 404)
        if not (self._is_app(request, file) or self._is_person(request)):
            # Slack shows its sign-in page with status 200, a trap for clients without a token.
            return HTMLResponse(_LOGIN_PAGE)
        kind = file.as_slack("")["mimetype"]
        headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment"}
        return Response(file.content, headers=headers, media_type=kind)

    def _is_app(self, request: Request, file: Any) -> bool:
        expected = f"Bearer {self.state.secrets.bot_token}"
        allowed = "files:read" in self.state.scopes() and files.may_see(self.state, file)
        allowed = allowed and not self.state.faults.revoke_token
        return request.headers.get("authorization") == expected and allowed

    def _is_person(self, request: Request) -> bool:
        return request.query_params.get("user") in self.state.workspace.by_id

    async def _send_scheduled(self) -> None:
        while not self.state.changes.closed:
            now = self.state.clock.now().timestamp()
            due = [row for row in self.state.scheduled if row[0] <= now]
            if due:
                self.state.scheduled = [row for row in self.state.scheduled if row[0] > now]
            for _, arguments in due:
                self._post_quietly(arguments)
            await asyncio.sleep(_TICK_SECONDS)

    def _post_quietly(self, arguments: dict[str, Any]) -> None:
        try:
            chat.post_message(self.state, arguments)
        except SlackError as refusal:
            name = "chat.scheduleMessage"
            self.state.traffic.note("from_app", "web_api", name, arguments, refusal.error, 0, False)
