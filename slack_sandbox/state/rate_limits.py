"""Token buckets for the rate limits of the Web API."""

import math
from collections.abc import Callable

from slack_sandbox.spec.limits import POST_BURST, POSTS_PER_SECOND
from slack_sandbox.spec.methods import Method
from slack_sandbox.state.fault_injection import Enforce

# Their tiers count from the start, as the special limit of chat.postMessage does.
_ALWAYS = frozenset({"chat.update"})


class Rates:
    """Counts calls; `now` gives seconds that never run back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait_for(self, method: Method, channel: str | None, enforce: Enforce) -> int:
        """Return 0 if the call may pass, else the seconds of `Retry-After`."""
        if enforce is Enforce.NONE:
            return 0
        if method.name == "chat.postMessage" and channel:
            return self._take(f"post {channel}", POSTS_PER_SECOND, POST_BURST)
        counts = enforce is Enforce.ALL or method.name in _ALWAYS
        if counts and method.per_minute:
            return self._take(method.name, method.per_minute / 60, method.per_minute)
        return 0

    def _take(self, name: str, per_second: float, burst: float) -> int:
        now = self._now()
        left, since = self._buckets.get(name, (burst, now))
        left = min(burst, left + (now - since) * per_second)
        if left < 1:
            self._buckets[name] = (left, now)
            return max(1, math.ceil((1 - left) / per_second))
        self._buckets[name] = (left - 1, now)
        return 0
