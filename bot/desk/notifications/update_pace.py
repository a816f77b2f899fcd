"""The pace of Slack's `chat.update`: one for the workspace, which all replicas share."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import REFRESHES
from bot.store.models.deliveries import Delivery, PostedMessage
from bot.store.models.slack_pace import CallPace

UPDATE = "chat.update"
# Slack takes 50 in a minute. So many at once and so many a minute are never more.
BURST = 10
UPDATES_PER_MINUTE = 40.0
# A turn that was not taken for so long is given back.
_KEPT = timedelta(seconds=5)


class UpdatePace:
    """Gives turns to updates, one after the other; `per_minute` None lifts the limit."""

    def __init__(self, per_minute: float | None) -> None:
        self._each = timedelta(seconds=60 / per_minute) if per_minute else None

    def waits(self, work: Work, row: Delivery, now: datetime) -> datetime | None:
        """Return the moment that an update has to wait for; None when it is its turn.

        A delivery asked for its turn already when it comes back at that moment.
        """
        kept, row.slot_at = row.slot_at, None
        if self._each is None or not _is_update(work, row):
            return None
        if kept is not None and kept <= now < kept + _KEPT:
            return None
        row.slot_at = self._turn(work, now, self._each)
        return row.slot_at if row.slot_at > now else None

    def _turn(self, work: Work, now: datetime, each: timedelta) -> datetime:
        pace = _pace(work)
        ahead = max(pace.next_at, now)
        pace.next_at = ahead + each
        return max(now, ahead - (BURST - 1) * each)

    def hold(self, work: Work, row: Delivery, until: datetime) -> None:
        """Let all updates rest until then: Slack asked for it after this one."""
        if self._each is None or row.kind not in REFRESHES:
            return
        pace = _pace(work)
        pace.next_at = max(pace.next_at, until + (BURST - 1) * self._each)


def _pace(work: Work) -> CallPace:
    return work.get_one(CallPace, (UPDATE, work.workspace_id), with_for_update=True)


def _is_update(work: Work, row: Delivery) -> bool:
    """Say whether a delivery changes a message that stands already."""
    place = REFRESHES.get(row.kind)
    if place is None:
        return False
    query = select(PostedMessage.ts).where(
        PostedMessage.case_id == row.case_id, PostedMessage.place == place
    )
    return work.scalar(query) is not None
