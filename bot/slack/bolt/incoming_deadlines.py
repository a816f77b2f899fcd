"""One HTTP connection that is not waited for for ever, and that makes room for others."""

import asyncio
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds from the first byte of a request to its last; Slack sends its own at once.
WHOLE_REQUEST: Final = 10.0
# Requests that are under way, and what came of them: whoever began first gives way. Slack's own
# are whole within milliseconds, so they are never the oldest for long.
MOST_UNFINISHED: Final = 256
MOST_UNFINISHED_BYTES: Final = 16 * 1024 * 1024
_COMING: Final = (h11.IDLE, h11.SEND_BODY)


class Unfinished:
    """The requests under way of one server, the oldest first, and how many bytes each has sent."""

    def __init__(self) -> None:
        self._sent: dict[DeadlineProtocol, int] = {}
        self._bytes = 0

    def add(self, connection: "DeadlineProtocol", sent: int = 0) -> None:
        """Note a request that begins, or more bytes of one that goes on."""
        self._sent[connection] = self._sent.get(connection, 0) + sent
        self._bytes += sent

    def drop(self, connection: "DeadlineProtocol") -> None:
        """Forget a request that is whole, or whose connection is gone."""
        self._bytes -= self._sent.pop(connection, 0)

    def __contains__(self, connection: object) -> bool:
        return connection in self._sent

    def make_room(self) -> None:
        """End the oldest while there are too many, or too much of them."""
        while len(self._sent) > MOST_UNFINISHED or self._bytes > MOST_UNFINISHED_BYTES:
            next(iter(self._sent)).give_way()


class DeadlineProtocol(H11Protocol):
    """Speaks HTTP with one client, for as long as its request keeps coming in."""

    def __init__(self, unfinished: Unfinished, *facts: Any, **named: Any) -> None:
        super().__init__(*facts, **named)
        self._timer: asyncio.TimerHandle | None = None
        self._unfinished = unfinished

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._begin()
        self._unfinished.make_room()

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request."""
        if self not in self._unfinished:
            self._begin()
        self._unfinished.add(self, len(data))
        super().data_received(data)
        if self.conn.their_state not in _COMING:
            self._end()
        else:
            self._unfinished.make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._end()
        super().connection_lost(exc)

    def give_way(self) -> None:
        """End the connection; nobody is owed an answer."""
        self._end()
        self.transport.abort()

    def _begin(self) -> None:
        self._unfinished.add(self)
        self._timer = self.loop.call_later(WHOLE_REQUEST, self.give_way)

    def _end(self) -> None:
        self._unfinished.drop(self)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
