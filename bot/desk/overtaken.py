"""A card shows its case as it is: of several deliveries that draw it, one answers the others."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from bot.desk.deliveries import REFRESHES
from bot.store.tables import Delivery

# Of these Slack has surely taken nothing, and nobody has them in hand.
_UNSENT = Delivery.attempts == Delivery.refused


def newest_alike(session: Session, row: Delivery) -> int:
    """Return the last delivery that draws the same message; what comes later is drawn anew."""
    if row.kind not in REFRESHES:
        return row.id
    alike = select(func.max(Delivery.id)).where(Delivery.stream == row.stream)
    return session.scalar(alike.where(Delivery.kind == row.kind)) or row.id


def answer_alike(session: Session, row: Delivery, newest: int) -> None:
    """Mark what waited already when a message was drawn: it has shown all that they tell of."""
    if row.kind not in REFRESHES:
        return
    alike = Delivery.stream == row.stream, Delivery.kind == row.kind, Delivery.done_at.is_(None)
    _mark(session, row.done_at, *alike, Delivery.id <= newest)


def drop_overtaken(session: Session, stream: str, at: datetime) -> None:
    """Of several that wait in a stream, leave the last one."""
    newer = aliased(Delivery)
    overtaken = exists().where(
        newer.stream == Delivery.stream,
        newer.kind == Delivery.kind,
        newer.id > Delivery.id,
        newer.done_at.is_(None),
    )
    waiting = Delivery.stream == stream, Delivery.kind.in_(REFRESHES), Delivery.done_at.is_(None)
    _mark(session, at, *waiting, overtaken)


def _mark(session: Session, at: datetime | None, *which: ColumnElement[bool]) -> None:
    marked = update(Delivery).where(*which, _UNSENT).values(done_at=at, failed="overtaken")
    session.execute(marked.execution_options(synchronize_session=False))
