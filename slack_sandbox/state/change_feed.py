"""Tells the people who are watching that something they may see has changed."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable


class Changes:
    """A version number for each person, and a way to wait until it grows.

    To be used on the sandbox's event loop only.
    """

    def __init__(self) -> None:
        self._latest = 1
        self._of: defaultdict[str, int] = defaultdict(lambda: 1)
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)
        self._closed = False

    def version(self, user: str) -> int:
        """Return the version of what this person sees."""
        return self._of[user]

    def touch(self, users: Iterable[str]) -> None:
        """Note a change that these people may see."""
        self._latest += 1
        for user in users:
            self._of[user] = self._latest
            for future in self._waiting.pop(user, ()):
                if not future.done():
                    future.set_result(None)

    def close(self) -> None:
        """Let everybody who waits go home."""
        self._closed = True
        self.touch(list(self._waiting))

    @property
    def closed(self) -> bool:
        """Whether the sandbox is shutting down."""
        return self._closed

    async def after(self, user: str, version: int, timeout: float) -> int:
        """Wait until this person's version is above `version`, or so many seconds; return it."""
        if self._of[user] <= version and not self._closed:
            future = asyncio.get_running_loop().create_future()
            self._waiting[user].add(future)
            try:
                await asyncio.wait_for(future, timeout)
            except TimeoutError:
                self._waiting[user].discard(future)
        return self._of[user]
