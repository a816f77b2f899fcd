"""The log of what went to the app and what came from it, for the inspector of the page."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

_SECRET = frozenset({"token", "upload_url", "response_url", "app_token"})
_KEPT = 1000
Exchange = dict[str, Any]
Watcher = Callable[[Exchange], None]


class Traffic:
    """Keeps the latest entries; what gives access is masked when it is read, not when noted."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._entries: deque[Exchange] = deque(maxlen=_KEPT)
        self._count = 0
        self.watchers: list[Watcher] = []

    def note(
        self, direction: str, kind: str, name: str, request: Any, response: Any, ms: float, ok: bool
    ) -> None:
        """Add one exchange; `ms` is how long the answer took."""
        self._count += 1
        entry = {
            "n": self._count,
            "at": self._clock().isoformat().replace("+00:00", "Z"),
            "direction": direction,
            "kind": kind,
            "name": name,
            "request": request,
            "response": response,
            "ms": round(ms, 2),
            "ok": ok,
        }
        self._entries.append(entry)
        for watch in self.watchers:
            watch(entry)

    def after(self, number: int) -> list[Exchange]:
        """Return the entries later than `number`, oldest first."""
        fresh = [entry for entry in self._entries if entry["n"] > number]
        return [_masked(entry) for entry in fresh]


def _masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "…" if key in _SECRET else _masked(inner) for key, inner in value.items()}
    if isinstance(value, str) and value.startswith("ws"):
        return value.partition("?ticket=")[0]
    return [_masked(item) for item in value] if isinstance(value, list) else value
