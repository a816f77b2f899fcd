"""The ledger: claims what is owed to Slack, marks what is delivered, sweeps up what was lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.desk.deliveries import Claimed, Sent, TryLater, first_of_stream, head_of, queue_job
from bot.desk.room import Room
from bot.store.locks import lock_case
from bot.store.tables import Address, Delivery, Posted

# Longer than the calls of one attempt take when each of them waits for its answer.
LEASE = timedelta(seconds=60)
# Replicas that sweep within this time use the same names for their jobs.
SWEEP_PERIOD = timedelta(seconds=10)
# A row younger than this still has its own job on the way.
SWEEP_AFTER = timedelta(seconds=3)
# What is drawn from the case as it is at that moment, in place.
REFRESHES = ("headline", "card", "checklist_update")
SLOW_RETRY = 300.0
_BACKOFF = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class Ledger:
    """Claims, marks and sweeps deliveries. `owner` names this process among the replicas."""

    def __init__(
        self, room: Room, owner: str, slow_retry: float = SLOW_RETRY, lease: timedelta = LEASE
    ) -> None:
        self._room = room
        self._owner = owner
        self._slow_retry = slow_retry
        self._lease = lease

    def claim(self, key: str) -> Claimed | None:
        """Take a delivery for the length of a lease; None when it is not ours to try now."""
        now = self._room.wall()
        with self._room.transaction() as session:
            query = (
                update(Delivery)
                .where(Delivery.key == key, *self._claimable(now), first_of_stream())
                .values(
                    lease_until=now + self._lease,
                    lease_owner=self._owner,
                    attempts=Delivery.attempts + 1,
                )
                .returning(Delivery)
            )
            row = session.scalar(query.execution_options(synchronize_session=False))
            if row is None:
                self._come_back(session, key, now)
                return None
            row.first_tried_at = row.first_tried_at or now
            return _claimed(row)

    def _claimable(self, now: datetime) -> tuple[ColumnElement[bool], ...]:
        free = or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)
        return (Delivery.done_at.is_(None), free, Delivery.not_before <= now)

    def _come_back(self, session: Session, key: str, now: datetime) -> None:
        """A job that came before its row was due is queued again for that moment."""
        row = session.scalar(select(Delivery).where(Delivery.key == key))
        if row is None or row.done_at or row.not_before <= now:
            return
        wait = (row.not_before - now).total_seconds()
        queue_job(session, self._room, row, f"{key}~due{row.not_before.timestamp():.0f}", wait)

    def uploaded(self, claimed: Claimed, uploads: Mapping[str, str]) -> None:
        """Keep the ids of uploaded files before they are shared, so that a retry can ask.

        Uploading may have taken most of a lease, so another one begins. Raises `TryLater` for
        whoever outlived its lease: somebody else uploads already.
        """
        lease_until = self._room.wall() + self._lease
        with self._room.transaction() as session:
            kept = update(Delivery).where(*self._mine(claimed))
            kept = kept.values(uploads=uploads, lease_until=lease_until).returning(Delivery.id)
            if session.scalar(kept.execution_options(synchronize_session=False)) is None:
                raise TryLater("outlived its lease", unsent=True)

    def met(self, person: str, channel: str) -> None:
        """Remember a person's private channel as soon as it is known."""
        with self._room.transaction() as session:
            session.merge(Address(person=person, channel=channel))

    def done(self, claimed: Claimed, sent: Sent, failed: str = "") -> None:
        """Mark a delivery, remember where it stands, and let the next of its stream go.

        `failed` names why Slack will never take it; the stream goes on without it.
        """
        with self._room.transaction() as session:
            lock_case(session, claimed.case_id)
            row = session.scalars(select(Delivery).where(Delivery.key == claimed.key)).one()
            if row.done_at is not None:
                return
            row.done_at = self._room.wall()
            row.ts, row.failed = sent.ts, failed[:200]
            _remember(session, row, sent)
            session.flush()
            self._queue_next(session, row)

    def _queue_next(self, session: Session, row: Delivery) -> None:
        self._drop_overtaken(session, row.stream)
        head = head_of(session, row.stream)
        if head is not None:
            following = session.get_one(Delivery, head)
            queue_job(session, self._room, following, f"{following.key}~after{row.id}")

    def _drop_overtaken(self, session: Session, stream: str) -> None:
        """A card shows the case as it is: of several updates that wait, the last one is enough."""
        newer = aliased(Delivery)
        overtaken = exists().where(
            newer.stream == Delivery.stream,
            newer.kind == Delivery.kind,
            newer.id > Delivery.id,
            newer.done_at.is_(None),
        )
        session.execute(
            update(Delivery)
            .where(
                Delivery.stream == stream,
                Delivery.kind.in_(REFRESHES),
                Delivery.done_at.is_(None),
                Delivery.attempts == 0,
                overtaken,
            )
            .values(done_at=self._room.wall(), failed="overtaken")
            .execution_options(synchronize_session=False)
        )

    def defer(self, claimed: Claimed, reason: TryLater) -> None:
        """Try again later: when Slack says, or after a pause that grows.

        Slack limits a channel, not a message: its `Retry-After` holds back the whole channel.
        Whoever outlived its lease has no say any more: another one tries already.
        """
        wait = self._pause(claimed, reason)
        moment = self._room.wall() + timedelta(seconds=wait)
        with self._room.transaction() as session:
            row = session.scalar(
                update(Delivery)
                .where(*self._mine(claimed))
                .values(lease_until=None, not_before=moment, failed=str(reason)[:200])
                .returning(Delivery)
            )
            if row is None:
                return
            row.refused += reason.unsent
            if reason.retry_after is not None:
                _hold_back(session, row.channel, moment)
            queue_job(session, self._room, row, f"{row.key}~try{claimed.attempt + 1}", wait)

    def _mine(self, claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
        return (
            Delivery.key == claimed.key,
            Delivery.done_at.is_(None),
            Delivery.lease_owner == self._owner,
            Delivery.attempts == claimed.attempt,
        )

    def _pause(self, claimed: Claimed, reason: TryLater) -> float:
        if reason.retry_after is not None:
            return reason.retry_after
        return (
            self._slow_retry if reason.slow else _BACKOFF[min(claimed.attempt, len(_BACKOFF)) - 1]
        )

    def sweep(self) -> int:
        """Queue again what is due and has no job any more; returns how many.

        Every replica that sweeps within one period uses the same job names, so a delivery is
        queued once.
        """
        now = self._room.wall()
        jobs = self._overdue(now)
        # Asked between two transactions: whoever holds a connection never waits for another one.
        busy = self._room.dispatcher.waiting(list(jobs.values())) if jobs else set()
        return self._queue_again([key for key, job in jobs.items() if job not in busy], now)

    def _overdue(self, now: datetime) -> dict[str, str]:
        """Return the jobs, by key, of what is due for a while already, the oldest first."""
        query = select(Delivery.key, Delivery.job).where(*self._claimable(now), first_of_stream())
        stale = query.where(Delivery.created_at < now - SWEEP_AFTER)
        oldest = stale.order_by(Delivery.created_at, Delivery.id).limit(200)
        with self._room.transaction() as session:
            return {row.key: row.job for row in session.execute(oldest)}

    def _queue_again(self, keys: list[str], now: datetime) -> int:
        if not keys:
            return 0
        period = int(now.timestamp() // SWEEP_PERIOD.total_seconds())
        query = select(Delivery).where(Delivery.key.in_(keys), *self._claimable(now))
        with self._room.transaction() as session:
            rows = session.scalars(query.where(first_of_stream()).order_by(Delivery.id)).all()
            for row in rows:
                queue_job(session, self._room, row, f"{row.key}~sweep{period}")
            return len(rows)


def _hold_back(session: Session, channel: str, moment: datetime) -> None:
    """Let a channel rest until then, but for what somebody else has in hand just now."""
    held = and_(Delivery.channel == channel, Delivery.done_at.is_(None))
    free = select(Delivery.id).where(held, Delivery.not_before < moment)
    found = session.scalars(free.order_by(Delivery.id).with_for_update(skip_locked=True)).all()
    later = update(Delivery).where(Delivery.id.in_(found)).values(not_before=moment)
    session.execute(later.execution_options(synchronize_session="fetch"))


def _claimed(row: Delivery) -> Claimed:
    return Claimed(
        key=row.key,
        case_id=row.case_id,
        channel=row.channel,
        kind=row.kind,
        facts=dict(row.facts),
        attempt=row.attempts,
        first_tried_at=row.first_tried_at or row.created_at,
        uploads=dict(row.uploads or {}),
        in_doubt=row.attempts - 1 > row.refused,
    )


def _remember(session: Session, row: Delivery, sent: Sent) -> None:
    if sent.place and sent.ts:
        session.merge(
            Posted(case_id=row.case_id, place=sent.place, channel=sent.channel, ts=sent.ts)
        )
    if row.channel.startswith(("U", "W")) and sent.channel:
        session.merge(Address(person=row.channel, channel=sent.channel))
