"""Hands files to one person: uploaded, taken by Slack, and seen where they belong, once."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.desk.letters.letters import File
from bot.desk.notifications.deliveries import (
    ClaimedDelivery,
    PermanentError,
    Receipt,
    TemporaryError,
)
from bot.slack.delivery import files
from bot.slack.delivery.files import Seen

# Slack shows a file mostly within a second, and sometimes never.
PATIENCE = timedelta(seconds=60)
# Seconds before the first looks; the next ones leave the worker's thread alone.
_LOOKS = (0.1, 0.4)
_LONGEST_PAUSE = 10.0
# Files that Slack took and did not show are made anew so often.
MOST_LOST = 3


class LetterDelivery:
    """Gives files to a channel. Each attempt looks at what earlier ones have left there."""

    def __init__(self, desk: Desk, client: WebClient, patience: timedelta = PATIENCE) -> None:
        self._desk = desk
        self._client = client
        self._patience = patience

    def give(
        self,
        claimed: ClaimedDelivery,
        channel: str,
        comment: str,
        render: Callable[[], Sequence[File]],
    ) -> Receipt:
        """Show files in a channel; done when Slack shows them, not when it says that it will.

        Raises `TemporaryError` while that is open, `PermanentError` when it took them again and
        again for nothing.
        """
        seen = files.look(self._client, claimed.uploads, channel)
        missing = {n: file for n, file in claimed.uploads.items() if seen[n] is not Seen.SHOWN}
        if seen and not missing:
            return Receipt(channel)
        # Where one of them is shown already, so is the comment.
        said = comment if len(missing) == len(seen) else ""
        if missing and not self._is_lost(claimed, missing, seen):
            if claimed.completed_at is not None:
                raise self._not_yet(claimed)
            if self._is_taken(claimed, missing, channel, said):
                return self._watch(claimed, missing, channel)
        wanted = [file for file in render() if not seen or file.name in missing]
        fresh = files.upload(self._client, wanted)
        self._desk.claims.uploaded(claimed, {**claimed.uploads, **fresh})
        if not files.complete(self._client, fresh, channel, said):
            raise TemporaryError("upload discarded", unsent=True)
        self._desk.claims.completed(claimed)
        return self._watch(claimed, fresh, channel)

    def _is_lost(
        self, claimed: ClaimedDelivery, missing: Mapping[str, str], seen: Mapping[str, Seen]
    ) -> bool:
        """Say whether files that Slack took will not be shown any more: they are made anew."""
        deleted = all(seen[name] is Seen.DELETED for name in missing)
        if claimed.completed_at is None or (self._left(claimed) > 0 and not deleted):
            return False
        if claimed.lost >= MOST_LOST:
            raise PermanentError("never shown")
        # Should they be shown after all, they must not stand beside the new ones.
        files.delete(self._client, missing)
        return True

    def _is_taken(
        self, claimed: ClaimedDelivery, missing: Mapping[str, str], channel: str, comment: str
    ) -> bool:
        """Complete uploads of an earlier attempt; False where Slack has discarded them.

        It completes an upload once: an earlier attempt may have done so and not heard of it.
        """
        try:
            taken = files.complete(self._client, missing, channel, comment)
        except PermanentError:
            taken = False
        seen = {} if taken else files.look(self._client, missing, channel)
        if taken or {Seen.SHOWN, Seen.HIDDEN} & set(seen.values()):
            self._desk.claims.completed(claimed)
            return True
        return False

    def _watch(self, claimed: ClaimedDelivery, uploads: Mapping[str, str], channel: str) -> Receipt:
        for pause in _LOOKS:
            time.sleep(pause)
            if set(files.look(self._client, uploads, channel).values()) == {Seen.SHOWN}:
                return Receipt(channel)
        raise self._not_yet(claimed)

    def _left(self, claimed: ClaimedDelivery) -> float:
        """Return for how many seconds more a share may come."""
        now = self._desk.context.wall()
        return (self._patience - (now - (claimed.completed_at or now))).total_seconds()

    def _not_yet(self, claimed: ClaimedDelivery) -> TemporaryError:
        """Look again when as much time has passed as until now, soon at first."""
        left = self._left(claimed)
        waited = self._patience.total_seconds() - left
        return TemporaryError(
            "not shown yet", wait=min(max(waited, 1.0), _LONGEST_PAUSE, max(left, 0.1))
        )
