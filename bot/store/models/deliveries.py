"""What is owed to Slack, where Slack shows it, and how people are reached there."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.cases.kinds import DeliveryKind
from bot.store.models.base import Base, InWorkspace, KeyedInWorkspace
from bot.store.models.column_types import enum_column
from bot.store.models.subjects import AboutSubject, one_subject


class PostedMessage(Base):
    """Where Slack shows something of a case that is updated in place.

    Apart from the case, whose version must not move because of a message.
    """

    __tablename__ = "posted"
    case_id: Mapped[int] = mapped_column(ForeignKey("port_case.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(48), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))


class Delivery(InWorkspace, AboutSubject, Base):
    """The ledger: what is to reach Slack, and whether it has. This row is the truth.

    `stream` orders what belongs together: of one stream only the oldest open row is delivered.
    `not_before` and `lease_until` are moments of the wall clock, whatever the desk's clock says.
    `refused` counts the attempts that Slack has surely not taken; after any other attempt that
    did not end well, nobody knows whether the post is there. `completed_at` is when Slack took
    the uploads to show them, `lost` how often it then did not; `slot_at` is an update's turn.
    """

    __tablename__ = "delivery"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    stream: Mapped[str] = mapped_column(String(80))
    channel: Mapped[str] = mapped_column(String(32))
    kind: Mapped[DeliveryKind] = mapped_column(enum_column(DeliveryKind, "delivery_kind"))
    facts: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    job: Mapped[str] = mapped_column(String(160), default="")
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str] = mapped_column(String(80), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    failed: Mapped[str] = mapped_column(String(200), default="")
    ts: Mapped[str] = mapped_column(String(32), default="")
    uploads: Mapped[dict[str, Any]] = mapped_column(default=dict)
    completed_at: Mapped[datetime | None]
    lost: Mapped[int] = mapped_column(default=0, server_default="0")
    slot_at: Mapped[datetime | None]
    __table_args__ = (
        one_subject(),
        Index("ix_delivery_case_id", "case_id"),
        Index(
            "ix_delivery_open",
            "stream",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_delivery_oldest",
            "created_at",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_delivery_alarm",
            "created_at",
            sqlite_where=text("kind = 'alarm'"),
            postgresql_where=text("kind = 'alarm'"),
        ),
    )


class DirectChannel(KeyedInWorkspace, Base):
    """The direct-message channel of a person, learnt from the first message to them."""

    __tablename__ = "address"
    person: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
