"""Sends payloads to the app, over a socket or HTTP, and waits for the acknowledgement."""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.delivery.http_mode import HttpDelivery, body_of
from slack_sandbox.delivery.socket_mode import SocketHub
from slack_sandbox.spec.limits import ACK_SECONDS
from slack_sandbox.state.state import State

COMMAND, INTERACTIVE, EVENT = "slash_commands", "interactive", "events_api"
_WITH_ANSWER = frozenset({"slash_commands", "view_submission", "block_suggestion"})
_LOGGED_AS = {COMMAND: "command", INTERACTIVE: "interactive", EVENT: "event"}
_SHUFFLE_SECONDS = 0.05


@dataclass(frozen=True)
class Answer:
    """What came back; `failure` is Slackbot's word for what went wrong, None if acknowledged.

    `sent` is all that the app said, `body` what Slack listens to.
    """

    failure: str | None
    body: Any = None
    sent: Any = None

    @property
    def sentence(self) -> str:
        """What a person is told about a failure."""
        return _SENTENCES[self.failure or ""]


_SENTENCES = {
    "": "",
    "operation_timeout": "the app did not answer within 3 seconds.",
    "dispatch_failed": "the app could not be reached or refused the request.",
}


@dataclass
class Delivery:
    """Knows the way to the app; `retry_delays` are Slack's waits before each repeat of an event."""

    state: State
    hub: SocketHub
    retry_delays: Sequence[float] = (0.0, 60.0, 300.0)
    door: HttpDelivery | None = None
    challenge_answered: bool = False
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def connected(self) -> bool:
        """Whether there is anybody to deliver to."""
        return self.door is not None or bool(self.hub.sockets)

    async def send(self, kind: str, name: str, payload: dict[str, Any]) -> Answer:
        """Deliver a command or an interaction and return the acknowledgement."""
        if self.state.faults.duplicate_delivery:
            self.start(self._once(kind, name, payload))
        return await self._once(kind, name, payload)

    def send_event(self, name: str, payload: dict[str, Any]) -> None:
        """Deliver an event in the background, again and again until it is acknowledged."""
        self.start(self._with_retries(name, payload))
        if self.state.faults.duplicate_delivery:
            self.start(self._once(EVENT, name, payload, 1, "http_timeout"))

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run something in the background."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Drop what is still under way."""
        for task in tuple(self._tasks):
            task.cancel()
        if self.door is not None:
            self.door.pool.shutdown(wait=False, cancel_futures=True)

    async def _with_retries(self, name: str, payload: dict[str, Any]) -> None:
        if self.door is not None and not self.challenge_answered:
            self.challenge_answered = await self.verify_url()
            if not self.challenge_answered:
                return
        reason = ""
        for attempt, delay in enumerate((0.0, *self.retry_delays)):
            await asyncio.sleep(delay)
            answer = await self._once(EVENT, name, payload, attempt, reason)
            if answer.failure is None:
                return
            reason = "http_timeout" if answer.failure == "operation_timeout" else "http_error"

    async def verify_url(self) -> bool:
        """Ask the request URL to repeat a challenge, as Slack does when it is entered."""
        challenge = {"type": "url_verification", "token": "sandbox", "challenge": "repeat-me"}
        answer = await self._once(EVENT, "url_verification", challenge)
        body = answer.body
        return body == "repeat-me" or (
            isinstance(body, dict) and body.get("challenge") == "repeat-me"
        )

    async def _once(
        self, kind: str, name: str, payload: dict[str, Any], attempt: int = 0, reason: str = ""
    ) -> Answer:
        if self.state.faults.shuffle_delivery:
            await asyncio.sleep(random.uniform(0, _SHUFFLE_SECONDS))
        started = time.perf_counter()
        way = self._over_http if self.door is not None else self._over_socket
        answer = await _caught(lambda: way(kind, payload, attempt, reason))
        ms = (time.perf_counter() - started) * 1000
        shown = answer.sent if answer.failure is None else {"error": answer.failure}
        logged = _LOGGED_AS[kind]
        self.state.traffic.note("to_app", logged, name, payload, shown, ms, answer.failure is None)
        return answer

    async def _over_socket(
        self, kind: str, payload: dict[str, Any], attempt: int, reason: str
    ) -> Answer:
        accepts = kind in _WITH_ANSWER or payload.get("type") in _WITH_ANSWER
        envelope = {"type": kind, "payload": payload, "accepts_response_payload": accepts}
        if kind == EVENT:
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        body = await self.hub.send(envelope, ACK_SECONDS)
        return Answer(None, body if accepts else None, body)

    async def _over_http(
        self, kind: str, payload: dict[str, Any], attempt: int, reason: str
    ) -> Answer:
        door, faults = self.door, self.state.faults
        assert door is not None
        body, content_type = body_of(kind, payload)
        extra = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        facts = (body, content_type, ACK_SECONDS, extra if attempt else None)
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(
            door.pool, door.post, *facts, faults.bad_signature, faults.old_timestamp
        )
        status, answer = await asyncio.wait_for(work, ACK_SECONDS)
        return Answer(None if status == 200 else "dispatch_failed", answer, answer)


async def _caught(work: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
    try:
        return await work()
    except TimeoutError:
        return Answer("operation_timeout")
    except OSError:
        return Answer("dispatch_failed")
