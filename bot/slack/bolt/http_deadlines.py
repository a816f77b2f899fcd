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
# A part of this size is nothing to make room for.
_SMALL: Final = 64 * 1024
_COMING: Final = (h11.IDLE, h11.SEND_BODY)


class DeadlineProtocol(H11Protocol):
    """Speaks HTTP with one client, for as long as its request keeps coming in."""

    def __init__(self, *facts: Any, **named: Any) -> None:
        super().__init__(*facts, **named)
        self._timer: asyncio.TimerHandle | None = None
        self.began: float | None = None
        self.received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._begin()
        self._make_room()

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request."""
        if self.began is None:
            self._begin()
        self.received += len(data)
        super().data_received(data)
        if self.conn.their_state not in _COMING:
            self._end()
        elif self.received > _SMALL:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._end()
        super().connection_lost(exc)

    def give_way(self) -> None:
        """End the connection; nobody is owed an answer."""
        self._end()
        self.transport.abort()

    def _begin(self) -> None:
        self.began, self.received = self.loop.time(), 0
        self._timer = self.loop.call_later(WHOLE_REQUEST, self.give_way)

    def _end(self) -> None:
        self.began = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _make_room(self) -> None:
        waiting = [other for other in self.connections if isinstance(other, DeadlineProtocol)]
        under_way = sorted((w for w in waiting if w.began is not None), key=_age)
        held = sum(other.received for other in under_way)
        while len(under_way) > MOST_UNFINISHED or held > MOST_UNFINISHED_BYTES:
            oldest = under_way.pop(0)
            held -= oldest.received
            oldest.give_way()


def _age(connection: DeadlineProtocol) -> float:
    return connection.began or 0.0
