"""Who works cases: a list of people, or a user group that Slack keeps."""

import threading
import time

import structlog
from slack_sdk import WebClient

from bot.desk.notifications.deliveries import PermanentError, TemporaryError
from bot.slack.bolt.api_errors import slack_call

REFRESH_SECONDS = 300.0
# Each attempt at a slow Slack makes somebody wait for ten seconds, of the three that Slack grants.
RETRY_SECONDS = 30.0
log = structlog.get_logger()


class Agents:
    """Knows the agents. A group is asked for again every five minutes, never twice at once."""

    def __init__(
        self, agents: str, client: WebClient, retry_seconds: float = RETRY_SECONDS
    ) -> None:
        self._group = agents if agents.startswith("S") else ""
        self._people = frozenset() if self._group else frozenset(agents.split(","))
        self._client = client
        self._retry_seconds = retry_seconds
        self._ask_again_at = float("-inf")
        self._lock = threading.Lock()

    def agents(self) -> tuple[str, ...]:
        """Return everybody who works cases, as far as Slack tells."""
        if self._group:
            self._refresh()
        return tuple(sorted(self._people))

    def is_agent(self, person: str) -> bool:
        """Say whether a person works cases."""
        return person in self.agents()

    def _refresh(self) -> None:
        # Nobody waits for somebody else's question as long as there are people to go by.
        if not self._lock.acquire(blocking=not self._people):
            return
        try:
            if time.monotonic() >= self._ask_again_at:
                # From the end of the attempt on: whoever waited meanwhile must not ask at once.
                pause = REFRESH_SECONDS if self._learnt() else self._retry_seconds
                self._ask_again_at = time.monotonic() + pause
        finally:
            self._lock.release()

    def _learnt(self) -> bool:
        """Ask Slack; without an answer the people known so far stay."""
        try:
            with slack_call():
                answer = self._client.usergroups_users_list(usergroup=self._group)
        except (PermanentError, TemporaryError) as error:
            log.warning("group_unknown", group=self._group, why=str(error))
            return False
        self._people = frozenset(answer["users"])
        return True
