"""A channel of the desk when Slack does not let it post there: mostly, nobody has invited it.

One delivery at a time tries it again, every few seconds; all others rest until one got through.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, or_, select, update

from bot.desk.core.context import DeskContext
from bot.desk.core.references import subject_name
from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import (
    FIRST_OF_STREAM,
    ClaimedDelivery,
    TemporaryError,
    add_delivery,
    queue_job,
)
from bot.domain.cases.kinds import DeliveryKind
from bot.domain.cases.subjects import WORKSPACE
from bot.store.locks import lock_case
from bot.store.models.cases import Case
from bot.store.models.deliveries import Delivery, PostedMessage
from bot.store.models.slack_pace import ShutChannel

PROBE_SECONDS = 5.0
# Nobody waits that long: whoever gets through wakes the others.
_REST = timedelta(days=1)
# So many are queued at once when the channel opens; the sweep queues the others.
_MOST_WOKEN = 200
_OPENED = (
    delete(ShutChannel)
    .where(ShutChannel.channel == bindparam("channel_id"))
    .returning(ShutChannel.channel)
    .execution_options(synchronize_session=False)
)


class ChannelAccess:
    """Knows which of the desk's channels is shut, and whose turn it is to try it."""

    def __init__(self, context: DeskContext, slow_retry: float) -> None:
        self._context = context
        self.pause = min(PROBE_SECONDS, slow_retry)

    def is_shut(self, claimed: ClaimedDelivery, reason: TemporaryError) -> bool:
        """Say whether this failure means that a channel of the desk is shut."""
        return reason.shut and claimed.channel in self._context.channels

    def rests(self, work: Work, row: Delivery, now: datetime) -> datetime | None:
        """Return how long a delivery to a shut channel rests; None for whoever may go on."""
        ours = row.channel in self._context.channels
        shut = self._found(work, row.channel) if ours else None
        if shut is None:
            return None
        if shut.probe_at > now:
            row.failed = shut.why
            return now + _REST
        shut.probe_at = now + timedelta(seconds=self.pause)
        return None

    def _found(self, work: Work, channel: str) -> ShutChannel | None:
        # Whoever looks while somebody opens the channel waits for that: it must not rest then.
        return work.get(ShutChannel, (channel, work.workspace_id), with_for_update=True)

    def shut(self, work: Work, row: Delivery, why: str, agents: Sequence[str]) -> None:
        """Note that the channel is shut; the agents hear of it in private, once."""
        now = self._context.wall()
        probe_at = now + timedelta(seconds=self.pause)
        shut = self._found(work, row.channel)
        if shut is not None:
            shut.why, shut.probe_at = why, probe_at
            return
        work.add(ShutChannel(channel=row.channel, since=now, why=why, probe_at=probe_at))
        work.flush()
        facts = {"reference": subject_name(row.about), "why": why, "shut": row.channel}
        for agent in agents:
            about = f"{row.channel}:{now.timestamp():.3f}:{agent}"
            add_delivery(work, WORKSPACE, DeliveryKind.SHUT, about, agent, **facts)

    def tell_requester(self, case_id: int) -> None:
        """Tell whoever filed a case that the desk does not see it yet, once."""
        self._context.again(lambda: self._tell_requester(case_id))

    def _tell_requester(self, case_id: int) -> None:
        with self._context.transaction() as work:
            lock_case(work, case_id)
            posted = work.get(PostedMessage, (case_id, DeliveryKind.HEADLINE))
            told = select(Delivery.id).where(
                Delivery.case_id == case_id, Delivery.kind == DeliveryKind.UNSEEN
            )
            if posted is None and work.scalar(told) is None:
                case = work.get_one(Case, case_id)
                add_delivery(work, case, DeliveryKind.UNSEEN, "once", case.requester)

    def opened(self, work: Work, channel: str) -> None:
        """Wake what rested, if this channel was shut; the last step of a transaction."""
        work.flush()
        if work.scalar(_OPENED, {"channel_id": channel}) is None:
            return
        now = self._context.wall()
        resting = _open(channel), Delivery.not_before > now + _REST / 2
        # What somebody has in hand just now goes on by itself.
        free = select(Delivery.id).where(*resting).with_for_update(skip_locked=True)
        woken = work.scalars(free).all()
        work.execute(update(Delivery).where(Delivery.id.in_(woken)).values(not_before=now))
        heads = select(Delivery).where(Delivery.id.in_(woken), FIRST_OF_STREAM)
        for row in work.scalars(heads.order_by(Delivery.id).limit(_MOST_WOKEN)):
            queue_job(work, row, f"{row.key}~open{now.timestamp():.3f}")

    def probe(self) -> None:
        """Send somebody to try a shut channel when whoever should have done so did not."""
        now = self._context.wall()
        late = ShutChannel.probe_at < now - timedelta(seconds=2 * self.pause)
        ours = ShutChannel.channel.in_(self._context.channels)
        with self._context.transaction() as work:
            for channel in work.scalars(select(ShutChannel.channel).where(late, ours)).all():
                _probe(work, channel, now)


def _open(channel: str) -> ColumnElement[bool]:
    return (Delivery.channel == channel) & Delivery.done_at.is_(None)


def _probe(work: Work, channel: str, now: datetime) -> None:
    free = or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)
    heads = select(Delivery).where(_open(channel), free, FIRST_OF_STREAM)
    oldest = heads.order_by(Delivery.id).limit(1)
    head = work.scalars(oldest.with_for_update(skip_locked=True)).first()
    if head is not None:
        head.not_before = now
        queue_job(work, head, f"{head.key}~probe{now.timestamp():.0f}")


def desk_addresses(context: DeskContext) -> tuple[str, ...]:
    """Return where the desk hears of trouble: its channel for that, or its agents if it is shut."""
    channel = context.alerts_channel
    with context.transaction() as work:
        shut = work.get(ShutChannel, (channel, work.workspace_id))
    agents = tuple(context.agents()) if shut else ()
    return agents or (channel,)
