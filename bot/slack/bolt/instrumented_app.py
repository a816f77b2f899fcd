"""Bolt's app, observed: how long each answer took, and how many are under way."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from anyio.to_thread import current_default_thread_limiter
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.slack.bolt import after_ack
from bot.slack.bolt.payload_shapes import kind_of
from bot.store.wait_budget import REQUEST_WAIT_SECONDS, waiting_once

# Told of each answer: what was asked, and the seconds until the acknowledgement was ready.
Observer = Callable[[str, float], None]
# The moment (of `time.monotonic`) at which this request came, where its door notes it.
arrived_at: ContextVar[float | None] = ContextVar("arrived_at", default=None)
# So many requests may wait for the database at once; whoever only reads is not one of them.
THREADS = 100
log = structlog.get_logger()


class InstrumentedApp(App):
    """Answers in the thread that asks, so that the answer is ready when `dispatch` returns."""

    def __init__(self, observe: Observer, **options: Any) -> None:
        super().__init__(**options)
        self._observe = observe
        self._under_way = 0
        self._changed = threading.Condition()
        self.middleware(_pass_on)

    def _init_middleware_list(self, *_args: Any, **_named: Any) -> None:
        """Add none of Bolt's: the door has checked all that they check, and knows our words.

        Bolt would ask Slack who we are before its first answer, and talk to people in sentences
        of its own where Slack does not say.
        """
        self._init_middleware_list_done = True

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer one request, and tell the observer and the log about it.

        All its waits for the database together, and for a thread, leave Slack's three seconds
        enough.
        """
        structlog.contextvars.clear_contextvars()
        after_ack.pop()
        asked = kind_of(req.body)
        started = time.perf_counter()
        with self._counted(), waiting_once(REQUEST_WAIT_SECONDS, arrived_at.get()):
            answer = self._answered(req)
        seconds = time.perf_counter() - started
        self._observe(asked, seconds)
        log.info("answered", asked=asked, status=answer.status, ms=round(seconds * 1000, 1))
        return answer

    def _answered(self, req: BoltRequest) -> BoltResponse:
        try:
            return super().dispatch(req)
        except Exception:
            # Bolt's own handling of an error may fail; a server would print all that it held.
            log.error("not_answered", exc_info=True)
            return BoltResponse(status=500, body="")

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._changed:
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def under_way(self) -> int:
        """Return how many requests wait for their answer."""
        return self._under_way

    def wait_until_idle(self, timeout: float) -> bool:
        """Wait until no request is under way; False when `timeout` seconds were not enough."""
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way == 0, timeout)


def _pass_on(next: Callable[[], None]) -> None:
    # Without any middleware Bolt would answer with its own empty response, and lose the listener's.
    next()


class Arrivals:
    """Notes when each request comes, since it may wait for a thread before it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on, to one of enough threads."""
        current_default_thread_limiter().total_tokens = THREADS
        arrived_at.set(time.monotonic())
        await self._app(scope, receive, send)
