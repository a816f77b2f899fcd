"""How the sandbox listens: its port, its connections, and an end that waits for nobody."""

import asyncio
import socket
from collections.abc import MutableMapping, Sequence
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"
_GRACE_SECONDS = 1.0


class Listening(uvicorn.Server):
    """uvicorn, which ends at once when told: its own loops look every tenth of a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()

    def end(self) -> None:
        """Stop serving; to be called on the event loop."""
        self._told.set()

    async def main_loop(self) -> None:
        """Serve until told."""
        await self.on_tick(0)
        await self._told.wait()

    async def shutdown(self, sockets: Sequence[socket.socket] | None = None) -> None:
        """Close the port, and give requests under way a second."""
        for server in self.servers:
            server.close()
        for carrier in sockets or ():
            carrier.close()
        for connection in tuple(self.server_state.connections):
            connection.shutdown()
        if tasks := tuple(self.server_state.tasks):
            _, late = await asyncio.wait(tasks, timeout=_GRACE_SECONDS)
            for task in late:
                task.cancel()
        await self.lifespan.shutdown()


def tracking(connections: MutableMapping[Any, asyncio.BaseTransport]) -> type[H11Protocol]:
    """Return a protocol that keeps its transport where a request can find it by its client."""

    class Tracking(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the base class has it
            connections[transport.get_extra_info("peername")] = transport
            super().connection_made(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            connections.pop(self.transport.get_extra_info("peername"), None)
            super().connection_lost(exc)

    return Tracking


def take_port(port: int) -> socket.socket:
    """Take a port. Named as TCP, because asyncio turns off Nagle's algorithm only then (40 ms)."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    listener.listen(128)
    return listener
