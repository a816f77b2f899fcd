"""Keeps the sandbox to this computer: other hosts and other origins are refused."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class LoopbackOnly:
    """An ASGI middleware that checks Host and Origin, so that no web page elsewhere gets in."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on or refuse it with 403."""
        if scope["type"] in ("http", "websocket") and not _is_local(scope):
            if scope["type"] == "http":
                await PlainTextResponse("This is for this computer only.", 403)(
                    scope, receive, send
                )
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)


def _is_local(scope: Scope) -> bool:
    headers = dict(scope["headers"])
    host = urlsplit(f"//{headers.get(b'host', b'').decode('latin-1')}")
    origin = headers.get(b"origin")
    if host.hostname not in _LOOPBACK:
        return False
    if origin is None:
        return True
    came_from = urlsplit(origin.decode("latin-1"))
    return came_from.hostname in _LOOPBACK and came_from.port == scope["server"][1]
