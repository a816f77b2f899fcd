"""Who works cases: a list of people, or a user group that Slack keeps."""

import math
import threading
import time
from collections.abc import Callable

import structlog
from slack_sdk import WebClient

from bot.desk.notifications.deliveries import PermanentError, TemporaryError
from bot.slack.bolt.api_errors import slack_call

REFRESH_SECONDS = 300.0
# Each attempt at a slow Slack makes somebody wait for ten seconds, of the three that Slack grants.
RETRY_SECONDS = 30.0
log = structlog.get_logger()


class Agents:
    """Knows the agents. A group is asked for again every five minutes, never twice at once.

    `named` says who they are by now: people with commas between them, or one group.
    """

    def __init__(
        self, named: Callable[[], str], client: WebClient, retry_seconds: float = RETRY_SECONDS
    ) -> None:
        self._named = named
        self._group = ""
        self._members: frozenset[str] = frozenset()
        self._client = client
        self._retry_seconds = retry_seconds
        self._ask_again_at = -math.inf
        self._lock = threading.Lock()

    def agents(self) -> tuple[str, ...]:
        """Return everybody who works cases, as far as Slack tells."""
        named = self._named()
        people = self._members_of(named) if named.startswith("S") else named.split(",")
        return tuple(sorted(people))

    def is_agent(self, person: str) -> bool:
        """Say whether a person works cases."""
        return person in self.agents()

    def _members_of(self, group: str) -> frozenset[str]:
        known = self._members if group == self._group else frozenset[str]()
        # Nobody waits for somebody else's question as long as there are people to go by.
        if not self._lock.acquire(blocking=not known):
            return known
        try:
            self._turn_to(group)
            if time.monotonic() >= self._ask_again_at:
                # From the end of the attempt on: whoever waited meanwhile must not ask at once.
                pause = REFRESH_SECONDS if self._learnt() else self._retry_seconds
                self._ask_again_at = time.monotonic() + pause
            return self._members
        finally:
            self._lock.release()

    def _turn_to(self, group: str) -> None:
        """Forget who was in another group, before anybody takes them for this one's."""
        if group != self._group:
            self._members, self._ask_again_at = frozenset(), -math.inf
            self._group = group

    def _learnt(self) -> bool:
        """Ask Slack; without an answer the members known so far stay."""
        try:
            with slack_call():
                answer = self._client.usergroups_users_list(usergroup=self._group)
        except (PermanentError, TemporaryError) as error:
            log.warning("group_unknown", group=self._group, why=str(error))
            return False
        self._members = frozenset(answer["users"])
        return True
