"""The sweep: what is due and has no job any more is queued again."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.desk.core.context import DeskContext
from bot.desk.notifications.deliveries import FIRST_OF_STREAM, claimable, queue_job
from bot.store.models.deliveries import Delivery

# Replicas that sweep within this time use the same names for their jobs.
SWEEP_PERIOD = timedelta(seconds=10)
# A row younger than this still has its own job on the way.
SWEEP_AFTER = timedelta(seconds=3)


def sweep(context: DeskContext) -> int:
    """Queue again what is due and has no job any more; returns how many.

    Every replica that sweeps within one period uses the same job names, so a delivery is queued
    once.
    """
    now = context.wall()
    jobs = _overdue(context, now)
    # Asked between two transactions: whoever holds a connection never waits for another one.
    busy = context.dispatcher.waiting(list(jobs.values())) if jobs else set()
    return _queue_again(context, [key for key, job in jobs.items() if job not in busy], now)


def _overdue(context: DeskContext, now: datetime) -> dict[str, str]:
    """Return the jobs, by key, of what is due for a while already, the oldest first."""
    query = select(Delivery.key, Delivery.job).where(*claimable(now), FIRST_OF_STREAM)
    stale = query.where(Delivery.created_at < now - SWEEP_AFTER)
    oldest = stale.order_by(Delivery.created_at, Delivery.id).limit(200)
    with context.transaction() as work:
        return {row.key: row.job for row in work.execute(oldest)}


def _queue_again(context: DeskContext, keys: list[str], now: datetime) -> int:
    if not keys:
        return 0
    period = int(now.timestamp() // SWEEP_PERIOD.total_seconds())
    query = select(Delivery).where(Delivery.key.in_(keys), *claimable(now))
    with context.transaction() as work:
        rows = work.scalars(query.where(FIRST_OF_STREAM).order_by(Delivery.id)).all()
        for row in rows:
            queue_job(work, row, f"{row.key}~sweep{period}")
        return len(rows)
