"""How the desk stands: open cases, what waits for delivery, and the alarm when that is stuck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, func, select

from bot.desk.core.context import DeskContext
from bot.desk.core.references import subject_name
from bot.desk.core.work import Work
from bot.desk.notifications.channel_access import desk_addresses
from bot.desk.notifications.deliveries import FIRST_OF_STREAM, OUTSIDE, add_delivery
from bot.domain.cases.kinds import DeliveryKind
from bot.domain.cases.subjects import WORKSPACE
from bot.store.models.cases import Case
from bot.store.models.deliveries import Delivery
from bot.store.models.slack_pace import ShutChannel

STUCK_AFTER = timedelta(minutes=10)
# The name of the status before the first one.
PREPARING = "PREPARING"
log = structlog.get_logger()


@dataclass(frozen=True)
class DeskFigures:
    """Open cases by status; how many deliveries wait, and since when the oldest does."""

    cases: Mapping[str, int]
    waiting: int
    oldest_at: datetime | None


class Monitoring:
    """Counts open cases and what waits for delivery, and raises the alarm when that is stuck."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def now(self) -> DeskFigures:
        """Count what is open."""
        with self._context.transaction() as work:
            counted = select(Case.status, func.count()).where(Case.is_open.is_(True))
            cases = work.execute(counted.group_by(Case.status)).all()
            open_rows = select(func.count(), func.min(Delivery.created_at))
            waiting, oldest = work.execute(open_rows.where(*_owed())).one()
            return DeskFigures({status or PREPARING: n for status, n in cases}, waiting, oldest)

    def raise_alarm(self) -> bool:
        """Tell the desk once when a delivery is stuck; say whether it did.

        It hears in its channel for alerts, and the agents in private while that one is shut. Slack
        may be what is stuck, so the log says it too. The alarm counts for everything that waited
        when it was raised, but not for another stream since: what never goes must not hide what is
        stuck later.
        """
        addresses = desk_addresses(self._context)
        return self._context.again(lambda: self._raise_alarm(addresses))

    def _raise_alarm(self, addresses: Sequence[str]) -> bool:
        with self._context.transaction() as work:
            oldest = _oldest_untold(work, self._context.wall() - STUCK_AFTER, addresses)
            if oldest is None:
                return False
            log.error(
                "delivery_stuck",
                subject=subject_name(oldest.about),
                delivery=oldest.key,
                since=oldest.created_at.isoformat(),
                why=oldest.failed,
            )
            facts = {
                "reference": subject_name(oldest.about),
                "since": oldest.created_at.isoformat(),
                "why": oldest.failed,
            }
            for address in addresses:
                about = f"{oldest.id}:{address}"
                add_delivery(work, WORKSPACE, DeliveryKind.ALARM, about, address, **facts)
            return True


def _owed() -> tuple[ColumnElement[bool], ...]:
    return Delivery.done_at.is_(None), Delivery.kind.not_in(OUTSIDE)


def _oldest_untold(work: Work, limit: datetime, addresses: Sequence[str]) -> Delivery | None:
    """Return the oldest head of a stream owed since `limit` of which no alarm has told.

    While an alarm waits itself there is no other one: after an outage they would come in a burst.
    Of what waits for a shut channel one alarm is enough.
    """
    stuck = select(Delivery).where(*_owed(), Delivery.created_at <= limit, FIRST_OF_STREAM)
    oldest = work.scalars(stuck.order_by(Delivery.created_at).limit(1)).first()
    if oldest is None:
        return None
    waiting = select(Delivery.channel).where(
        Delivery.kind == DeliveryKind.ALARM, Delivery.done_at.is_(None)
    )
    if set(work.scalars(waiting)) >= set(addresses):
        return None
    alarms = select(func.max(Delivery.created_at)).where(Delivery.kind == DeliveryKind.ALARM)
    last = work.scalar(alarms)
    if last is None:
        return oldest
    since = stuck.where(Delivery.created_at > last)
    shut = select(ShutChannel.channel).where(ShutChannel.since <= last)
    since = since.where(Delivery.channel.not_in(shut))
    return work.scalars(since.order_by(Delivery.created_at).limit(1)).first()
