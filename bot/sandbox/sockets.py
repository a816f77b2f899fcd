"""Socket Mode: tickets, open sockets, and envelopes with their acknowledgements."""

import asyncio
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from .ids import new_secret
from .limits import LIMITS
from .world import World


@dataclass
class SocketHub:
    """Sends each envelope to exactly one socket, in turn."""

    world: World
    sockets: list[WebSocket] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _pending: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _turn: int = 0

    def ticket_url(self) -> str:
        """Return an address that lets one socket in, once."""
        ticket = new_secret()
        self._tickets.add(ticket)
        return f"ws{self.world.base_url.removeprefix('http')}link?ticket={ticket}"

    async def serve(self, socket: WebSocket) -> None:
        """Greet a socket and read its acknowledgements until it leaves."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self.sockets) >= LIMITS["sockets"]:
            await socket.close(1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        self.sockets.append(socket)
        self.world.touch_all()
        try:
            await socket.send_text(json.dumps(self._hello()))
            while True:
                self._acknowledge(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._leave(socket)

    def _leave(self, socket: WebSocket) -> None:
        if socket in self.sockets:
            self.sockets.remove(socket)
            self.world.touch_all()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.world.workspace.app_id},
        }

    def _acknowledge(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        future = self._pending.pop(answer.get("envelope_id", ""), None)
        if future is not None and not future.done():
            future.set_result(answer.get("payload"))

    async def send(self, envelope: dict[str, Any], timeout: float) -> Any:
        """Send an envelope and return the payload of its acknowledgement.

        Raises `ConnectionError` without a socket and `TimeoutError` without an answer in time.
        """
        if not self.sockets:
            raise ConnectionError("No socket is open.")
        name = str(uuid.uuid4())
        future = self._pending[name] = asyncio.get_running_loop().create_future()
        self._turn += 1
        socket = self.sockets[self._turn % len(self.sockets)]
        try:
            await socket.send_text(json.dumps({"envelope_id": name, **envelope}))
            return await asyncio.wait_for(future, timeout)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise ConnectionError("The socket was closed.") from error
        finally:
            self._pending.pop(name, None)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask all sockets to come back with a new ticket, then close them."""
        for socket in tuple(self.sockets):
            self._leave(socket)
            message = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
            try:
                await socket.send_text(json.dumps(message))
                await socket.close()
            except (WebSocketDisconnect, RuntimeError):
                continue
