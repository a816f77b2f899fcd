"""The ledger: claims what is owed to Slack, marks what is delivered, sweeps up what was lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select, update

from bot.desk.core.context import DeskContext
from bot.desk.core.work import Work
from bot.desk.notifications.channel_access import ChannelAccess, desk_addresses
from bot.desk.notifications.deliveries import (
    FIRST_OF_STREAM,
    ClaimedDelivery,
    Receipt,
    TemporaryError,
    claimable,
    head_of,
    queue_job,
)
from bot.desk.notifications.overtaken_deliveries import answer_alike, drop_overtaken, newest_alike
from bot.desk.notifications.posted_messages import note_channel, remember_message
from bot.desk.notifications.sweep import sweep
from bot.desk.notifications.undeliverable import tell_refused
from bot.desk.notifications.update_pace import UPDATES_PER_MINUTE, UpdatePace
from bot.domain.cases.kinds import DeliveryKind
from bot.store.locks import lock_subject
from bot.store.models.deliveries import Delivery

# Longer than the calls of one attempt take when each of them waits for its answer.
LEASE = timedelta(seconds=60)
SLOW_RETRY = 300.0
# Statements that run for each message are built once: that takes longer than to run them.
_CLAIM = (
    update(Delivery)
    .where(Delivery.key == bindparam("wanted"), *claimable(bindparam("now")), FIRST_OF_STREAM)
    .values(
        lease_until=bindparam("lease"),
        lease_owner=bindparam("owner"),
        attempts=Delivery.attempts + 1,
    )
    .returning(Delivery)
    .execution_options(synchronize_session=False)
)
_BY_KEY = select(Delivery).where(Delivery.key == bindparam("wanted"))
_BACKOFF = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class Claims:
    """Claims, marks and sweeps deliveries. `owner` names this process among the replicas."""

    def __init__(
        self,
        context: DeskContext,
        owner: str,
        slow_retry: float = SLOW_RETRY,
        lease: timedelta = LEASE,
        updates_per_minute: float | None = UPDATES_PER_MINUTE,
    ) -> None:
        self._context = context
        self._owner = owner
        self._slow_retry = slow_retry
        self._lease = lease
        self._channel_access = ChannelAccess(context, slow_retry)
        self._update_pace = UpdatePace(updates_per_minute)

    def claim(self, key: str) -> ClaimedDelivery | None:
        """Take a delivery for the length of a lease; None when it is not ours to try now."""
        now = self._context.wall()
        unseen = 0
        with self._context.transaction() as work:
            lease = {"lease": now + self._lease, "owner": self._owner}
            row = work.scalar(_CLAIM, {"wanted": key, "now": now, **lease})
            if row is None:
                self._come_back(work, key, now)
                return None
            if rest := self._channel_access.rests(work, row, now):
                _give_back(row, rest)
                unseen = (row.case_id or 0) if row.kind is DeliveryKind.HEADLINE else 0
            elif turn := self._update_pace.waits(work, row, now):
                _give_back(row, turn)
                self._come_back(work, key, now)
            else:
                row.first_tried_at = row.first_tried_at or now
                return _claimed(row, newest_alike(work, row))
        if unseen:
            self._channel_access.tell_requester(unseen)
        return None

    def _come_back(self, work: Work, key: str, now: datetime) -> None:
        """A job that came before its row was due is queued again for that moment."""
        row = work.scalar(_BY_KEY, {"wanted": key})
        if row is None or row.done_at or row.not_before <= now:
            return
        wait = (row.not_before - now).total_seconds()
        queue_job(work, row, f"{key}~due{row.not_before.timestamp():.3f}", wait)

    def uploaded(self, claimed: ClaimedDelivery, uploads: Mapping[str, str]) -> None:
        """Keep the ids of uploaded files before they are shared, so that a retry can ask.

        Where Slack took earlier ones and did not show them, they are lost, which is counted.
        """
        lost = claimed.lost + (claimed.completed_at is not None)
        self._go_on(claimed, uploads=uploads, completed_at=None, lost=lost)

    def completed(self, claimed: ClaimedDelivery) -> None:
        """Note that Slack took the uploads to show them, which it does later."""
        self._go_on(claimed, completed_at=self._context.wall())

    def _go_on(self, claimed: ClaimedDelivery, **values: Any) -> None:
        """Keep what an attempt has reached, and begin another lease: it may have used up this one.

        Raises `TemporaryError` for whoever outlived its lease: somebody else is at it already.
        """
        lease_until = self._context.wall() + self._lease
        with self._context.transaction() as work:
            kept = update(Delivery).where(*self._mine(claimed))
            kept = kept.values(lease_until=lease_until, **values).returning(Delivery.id)
            if work.scalar(kept.execution_options(synchronize_session=False)) is None:
                raise TemporaryError("outlived its lease", unsent=True)

    def met(self, person: str, channel: str) -> None:
        """Remember a person's private channel as soon as it is known."""
        with self._context.transaction() as work:
            note_channel(work, person, channel)

    def done(self, claimed: ClaimedDelivery, sent: Receipt, failed: str = "") -> None:
        """Mark a delivery, remember where it stands, and let the next of its stream go.

        `failed` names why Slack will never take it: the desk is told, and the stream goes on.
        """
        addresses = desk_addresses(self._context) if failed else ()
        with self._context.transaction() as work:
            lock_subject(work, claimed.subject)
            row = work.scalars(_BY_KEY, {"wanted": claimed.key}).one()
            if row.done_at is not None:
                return
            row.done_at = self._context.wall()
            row.ts, row.failed = sent.ts, failed[:200]
            remember_message(work, row, sent)
            if failed:
                tell_refused(work, row, addresses)
            # In doubt it may be an earlier attempt's message that was found, drawn then.
            if sent.ts and not claimed.in_doubt:
                answer_alike(work, row, claimed.newest)
            work.flush()
            self._queue_next(work, row)
            if sent.fresh:
                self._channel_access.opened(work, row.channel)

    def _queue_next(self, work: Work, row: Delivery) -> None:
        drop_overtaken(work, row.stream, self._context.wall())
        head = head_of(work, row.stream)
        if head is not None:
            following = work.get_one(Delivery, head)
            queue_job(work, following, f"{following.key}~after{row.id}")

    def defer(self, claimed: ClaimedDelivery, reason: TemporaryError) -> None:
        """Try again later: when Slack says, or after a pause that grows.

        Slack limits a channel, not a message: its `Retry-After` holds back the whole channel.
        Whoever outlived its lease has no say any more: another one tries already.
        """
        shut = self._channel_access.is_shut(claimed, reason)
        agents = self._context.agents() if shut else ()
        self._context.again(lambda: self._defer(claimed, reason, shut, agents))
        if shut and claimed.kind == DeliveryKind.HEADLINE:
            self._channel_access.tell_requester(claimed.case_id)

    def _defer(
        self, claimed: ClaimedDelivery, reason: TemporaryError, shut: bool, agents: Sequence[str]
    ) -> None:
        wait = self._channel_access.pause if shut else self._pause(claimed, reason)
        moment = self._context.wall() + timedelta(seconds=wait)
        with self._context.transaction() as work:
            if shut:
                lock_subject(work, claimed.subject)
            row = work.scalar(
                update(Delivery)
                .where(*self._mine(claimed))
                .values(lease_until=None, not_before=moment, failed=str(reason)[:200])
                .returning(Delivery)
            )
            if row is None:
                return
            row.refused += reason.unsent
            queue_job(work, row, f"{row.key}~try{claimed.attempt + 1}", wait)
            if reason.retry_after is not None:
                _hold_back(work, row.channel, moment)
                self._update_pace.hold(work, row, moment)
            if shut:
                self._channel_access.shut(work, row, str(reason), agents)

    def _mine(self, claimed: ClaimedDelivery) -> tuple[ColumnElement[bool], ...]:
        return (
            Delivery.key == claimed.key,
            Delivery.done_at.is_(None),
            Delivery.lease_owner == self._owner,
            Delivery.attempts == claimed.attempt,
        )

    def _pause(self, claimed: ClaimedDelivery, reason: TemporaryError) -> float:
        given = reason.wait if reason.retry_after is None else reason.retry_after
        if given is not None:
            return given
        return (
            self._slow_retry if reason.slow else _BACKOFF[min(claimed.attempt, len(_BACKOFF)) - 1]
        )

    def sweep(self) -> int:
        """Queue again what is due and has no job any more; returns how many."""
        self._channel_access.probe()
        return sweep(self._context)


def _hold_back(work: Work, channel: str, moment: datetime) -> None:
    """Let a channel rest until then, but for what somebody else has in hand just now."""
    held = and_(Delivery.channel == channel, Delivery.done_at.is_(None))
    free = select(Delivery.id).where(held, Delivery.not_before < moment)
    found = work.scalars(free.order_by(Delivery.id).with_for_update(skip_locked=True)).all()
    later = update(Delivery).where(Delivery.id.in_(found)).values(not_before=moment)
    work.execute(later.execution_options(synchronize_session="fetch"))


def _give_back(row: Delivery, until: datetime) -> None:
    """Leave a delivery alone until then; this was no attempt."""
    row.lease_until, row.not_before, row.attempts = None, until, row.attempts - 1


def _claimed(row: Delivery, newest: int) -> ClaimedDelivery:
    return ClaimedDelivery(
        key=row.key,
        subject=row.about,
        channel=row.channel,
        kind=row.kind,
        facts=dict(row.facts),
        attempt=row.attempts,
        first_tried_at=row.first_tried_at or row.created_at,
        uploads=dict(row.uploads or {}),
        in_doubt=row.attempts - 1 > row.refused,
        completed_at=row.completed_at,
        lost=row.lost,
        newest=newest,
    )
