"""Socket Mode: tickets, open sockets, and envelopes with their acknowledgements."""

import asyncio
import json
import struct
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from slack_sandbox.spec.ids import new_secret
from slack_sandbox.spec.limits import LIMITS
from slack_sandbox.state.state import State


class Break(StrEnum):
    """How a connection ends: by Slack's word, by a frame, by a reset, or without any sign."""

    DISCONNECT = "disconnect"
    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"


@dataclass
class SocketHub:
    """Sends each envelope to exactly one socket, in turn.

    `transports` has what carries each connection, by the address of its client.
    """

    state: State
    transports: Mapping[Any, asyncio.BaseTransport] = field(default_factory=dict)
    sockets: list[WebSocket] = field(default_factory=list)
    # Breaks the connections as soon as the next envelope is out, before its acknowledgement.
    break_next: Break | None = None
    _silent: list[Any] = field(default_factory=list)
    _unnoticed: bool = False
    _tickets: set[str] = field(default_factory=set)
    _pending: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _turn: int = 0

    def ticket_url(self) -> str:
        """Return an address that lets one socket in, once."""
        ticket = new_secret()
        self._tickets.add(ticket)
        return f"ws{self.state.base_url.removeprefix('http')}link?ticket={ticket}"

    async def serve(self, socket: WebSocket) -> None:
        """Greet a socket and read its acknowledgements until it leaves."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self.sockets) >= LIMITS["sockets"]:
            await socket.close(1008)
            return
        self._tickets.discard(ticket)
        while self.state.faults.silent_handshake:
            if (await socket.receive())["type"] == "websocket.disconnect":
                return
        await socket.accept()
        self.sockets.append(socket)
        self._unnoticed = False
        self.state.touch_all()
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
            self.state.touch_all()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {"host": "sandbox", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.state.workspace.app_id},
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
        if not self.sockets and not self._unnoticed:
            raise ConnectionError("No socket is open.")
        name = str(uuid.uuid4())
        future = self._pending[name] = asyncio.get_running_loop().create_future()
        try:
            await self._post(json.dumps({"envelope_id": name, **envelope}))
            return await asyncio.wait_for(future, timeout)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise ConnectionError("The socket was closed.") from error
        finally:
            self._pending.pop(name, None)

    async def _post(self, text: str) -> None:
        if not self.sockets:
            return  # Slack does not know yet that nobody hears it.
        self._turn += 1
        await self.sockets[self._turn % len(self.sockets)].send_text(text)
        if how := self.break_next:
            self.break_next = None
            await self.break_all(how)

    async def break_all(self, how: Break) -> None:
        """End every connection in this way; the app may come back with a new ticket."""
        for socket in tuple(self.sockets):
            self._leave(socket)
            try:
                await _BREAKS[how](self, socket)
            except (WebSocketDisconnect, RuntimeError):
                continue

    async def _disconnect(self, socket: WebSocket) -> None:
        message = {"type": "disconnect", "reason": "refresh_requested"}
        await socket.send_text(json.dumps({**message, "debug_info": {"host": "sandbox"}}))
        await socket.close()

    async def _close(self, socket: WebSocket) -> None:
        await socket.close(1001)

    async def _reset(self, socket: WebSocket) -> None:
        transport = self._transport(socket)
        # Not lingering is what makes the system answer with a reset.
        no_linger = struct.pack("ii", 1, 0)
        carrier = transport.get_extra_info("socket")
        carrier.setsockopt(SOL_SOCKET, SO_LINGER, no_linger)
        transport.abort()

    async def _fall_silent(self, socket: WebSocket) -> None:
        # A second handle keeps the connection open when ours is closed; nobody reads it.
        transport = self._transport(socket)
        self._silent.append(transport.get_extra_info("socket").dup())
        self._unnoticed = True
        transport.abort()

    def _transport(self, socket: WebSocket) -> asyncio.WriteTransport:
        transport = self.transports[tuple(socket.client or ())]
        assert isinstance(transport, asyncio.WriteTransport)
        return transport

    def close(self) -> None:
        """Let go of the connections that fell silent."""
        for carrier in self._silent:
            carrier.close()


_BREAKS = {
    Break.DISCONNECT: SocketHub._disconnect,
    Break.CLOSE: SocketHub._close,
    Break.RESET: SocketHub._reset,
    Break.SILENCE: SocketHub._fall_silent,
}
