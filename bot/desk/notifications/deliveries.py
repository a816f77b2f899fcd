"""Deliveries: what is owed to Slack, written in the transaction of the change that owes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from bot.desk.core.outbox import owe
from bot.desk.core.work import Work, subject_of
from bot.domain.cases.kinds import DeliveryKind
from bot.domain.cases.subjects import Subject
from bot.store.locks import lock_subject
from bot.store.models.cases import Case, History
from bot.store.models.deliveries import Delivery
from bot.store.models.subjects import columns_of

# These wait behind nothing: they speak of what others wait behind, or of what will never come.
OUTSIDE = frozenset({DeliveryKind.ALARM, DeliveryKind.REFUSED, DeliveryKind.SHUT})
# That a delivery is the oldest open one of its stream.
_OLDER = aliased(Delivery)
FIRST_OF_STREAM = ~exists().where(
    _OLDER.stream == Delivery.stream, _OLDER.id < Delivery.id, _OLDER.done_at.is_(None)
)
_HEAD = (
    select(Delivery.id)
    .where(Delivery.stream == bindparam("stream"), Delivery.done_at.is_(None))
    .order_by(Delivery.id)
    .limit(1)
)
# What is drawn from the case as it is at that moment, and where it stands.
REFRESHES: Mapping[DeliveryKind, DeliveryKind] = {
    DeliveryKind.HEADLINE: DeliveryKind.HEADLINE,
    DeliveryKind.CARD: DeliveryKind.CARD,
    DeliveryKind.CHECKLIST_UPDATE: DeliveryKind.CHECKLIST,
}


@dataclass(frozen=True)
class ClaimedDelivery:
    """A delivery that this process alone may try now.

    `in_doubt` says that an earlier attempt may have reached Slack: look before repeating it.
    `uploads` are ids of files by name, `completed_at` when Slack took them to show them, `lost` how
    often it did not show such files. `newest` is the last delivery that a card answers as well.
    """

    key: str
    subject: Subject
    channel: str
    kind: DeliveryKind
    facts: Mapping[str, Any]
    attempt: int
    first_tried_at: datetime
    uploads: Mapping[str, Any]
    in_doubt: bool
    completed_at: datetime | None = None
    lost: int = 0
    newest: int = 0

    @property
    def case_id(self) -> int:
        """The case that it is about. Raises `LookupError` where it is about something else."""
        if self.subject.case_id is None:
            raise LookupError(f"{self.key} is about no case")
        return self.subject.case_id


@dataclass(frozen=True)
class Receipt:
    """What Slack answered: where the message is, and under which name to update it later.

    `fresh` says that it was posted just now, so the channel is open.
    """

    channel: str = ""
    ts: str = ""
    place: str = ""
    fresh: bool = False


class PermanentError(Exception):
    """Slack will not take this message however often it is tried."""


class TemporaryError(Exception):
    """Slack did not take the message now, or did not say whether it did.

    `retry_after` is what Slack asked for, in seconds; `wait` what this delivery alone needs. `slow`
    says that a person has to mend something first, such as a token; `shut` that it is the channel
    that cannot be posted to; `unsent` that Slack refused the call, so that nothing was posted.
    """

    def __init__(
        self,
        why: str,
        retry_after: float | None = None,
        slow: bool = False,
        unsent: bool = False,
        shut: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        self.slow = slow
        self.unsent = unsent
        self.shut = shut
        self.wait = wait


def add_delivery(
    work: Work,
    of: Case | Subject,
    kind: DeliveryKind,
    about: History | str,
    channel: str,
    apart: str = "",
    **facts: Any,
) -> None:
    """Write the intention to post in the transaction of the change, and queue its job.

    `of` is the case, or whatever else it speaks of: one subject's messages come in their order.
    `about` is the line of the history that it tells of, or a name of its own; the same intention
    twice is a conflict that the database refuses, unless `apart` tells one addressee from another.
    """
    subject = subject_of(of)
    lock_subject(work, subject)
    owe(work, partial(_row, work.context.wall(), subject, kind, about, apart, channel, facts))


def _row(
    at: datetime,
    subject: Subject,
    kind: DeliveryKind,
    about: History | str,
    apart: str,
    channel: str,
    facts: dict[str, Any],
) -> dict[str, Any]:
    """Return a row of the ledger, when what it is about has its id."""
    line = about if isinstance(about, History) else None
    name = f"{kind}:{subject}:{line.id if line else about}{apart}"
    return {
        "key": name,
        "job": name,
        **columns_of(subject),
        "stream": f"{kind if kind in OUTSIDE else subject}:{channel}",
        "channel": channel,
        "kind": kind,
        "facts": facts | ({"event": line.id} if line else {}),
        "created_at": at,
        "not_before": at,
    }


def head_of(work: Work, stream: str) -> int | None:
    """Return the oldest open row of a stream."""
    return work.scalar(_HEAD, {"stream": stream})


def claimable(now: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Say that a delivery is due and that nobody has it in hand."""
    free = or_(Delivery.lease_until.is_(None), Delivery.lease_until < now)
    return (Delivery.done_at.is_(None), free, Delivery.not_before <= now)


def queue_job(work: Work, row: Delivery, job: str, delay: float = 0.0) -> None:
    """Hand a delivery to the dispatcher under this job's name."""
    row.job = job
    work.context.dispatcher.enqueue(work, row.key, job, row.channel, delay)
