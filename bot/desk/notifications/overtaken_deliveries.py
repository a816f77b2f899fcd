"""A card shows its case as it is: of several deliveries that draw it, one answers the others."""

from datetime import datetime

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.orm import aliased

from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import REFRESHES
from bot.store.models.deliveries import Delivery

# Of these Slack has surely taken nothing, and nobody has them in hand.
_UNSENT = Delivery.attempts == Delivery.refused
_NEWEST = select(func.max(Delivery.id)).where(
    Delivery.stream == bindparam("stream"), Delivery.kind == bindparam("kind")
)
# Built once, as they run for each message.
_MARK = (
    update(Delivery)
    .where(Delivery.stream == bindparam("in_stream"), Delivery.done_at.is_(None), _UNSENT)
    .values(done_at=bindparam("at"), failed="overtaken")
    .execution_options(synchronize_session=False)
)
_ANSWER = _MARK.where(Delivery.kind == bindparam("of_kind"), Delivery.id <= bindparam("newest"))
_NEWER = aliased(Delivery)
_DROP = _MARK.where(
    Delivery.kind.in_(REFRESHES),
    exists().where(
        _NEWER.stream == Delivery.stream,
        _NEWER.kind == Delivery.kind,
        _NEWER.id > Delivery.id,
        _NEWER.done_at.is_(None),
    ),
)


def newest_alike(work: Work, row: Delivery) -> int:
    """Return the last delivery that draws the same message; what comes later is drawn anew."""
    if row.kind not in REFRESHES:
        return row.id
    return work.scalar(_NEWEST, {"stream": row.stream, "kind": row.kind}) or row.id


def answer_alike(work: Work, row: Delivery, newest: int) -> None:
    """Mark what waited already when a message was drawn: it has shown all that they tell of."""
    if row.kind not in REFRESHES:
        return
    alike = {"in_stream": row.stream, "of_kind": row.kind, "newest": newest}
    work.execute(_ANSWER, {"at": row.done_at, **alike})


def drop_overtaken(work: Work, stream: str, at: datetime) -> None:
    """Of several that wait in a stream, leave the last one."""
    work.execute(_DROP, {"at": at, "in_stream": stream})
