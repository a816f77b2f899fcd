"""Who works cases: a list of people, or a user group that Slack keeps."""

import threading
import time

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

REFRESH_SECONDS = 300.0
log = structlog.get_logger()


class Staff:
    """Knows the agents. A group is asked for again every five minutes, never twice at once."""

    def __init__(self, agents: str, client: WebClient) -> None:
        self._group = agents if agents.startswith("S") else ""
        self._people = frozenset() if self._group else frozenset(agents.split(","))
        self._client = client
        self._asked_at = float("-inf")
        self._lock = threading.Lock()

    def is_agent(self, person: str) -> bool:
        """Say whether a person works cases."""
        if self._group:
            self._refresh()
        return person in self._people

    def _refresh(self) -> None:
        with self._lock:
            if time.monotonic() - self._asked_at < REFRESH_SECONDS:
                return
            try:
                answer = self._client.usergroups_users_list(usergroup=self._group)
                self._people = frozenset(answer["users"])
                self._asked_at = time.monotonic()
            except (SlackClientError, OSError) as error:
                # The people known so far stay; the next question tries again.
                log.warning("group_unknown", group=self._group, error=type(error).__name__)
