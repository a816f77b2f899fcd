"""The tables of port-out: protected numbers, carriers' requests, guesses, and the audit."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.cases.kinds import AuditKind
from bot.domain.port_out.requests import Answer, Reason
from bot.store.models.base import Base, InWorkspace, KeyedInWorkspace
from bot.store.models.column_types import enum_column


class Protection(KeyedInWorkspace, Base):
    """A PIN set for a number before anybody asks for it (S3); removing it takes two people.

    The account ID is what a carrier has to name beside the PIN, if somebody gave it.
    """

    __tablename__ = "pin_protection"
    e164: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int] = mapped_column()
    sealed: Mapped[str] = mapped_column(Text)
    sealed_account: Mapped[str | None] = mapped_column(Text)
    set_by: Mapped[str] = mapped_column(String(32))
    set_at: Mapped[datetime]
    removal_by: Mapped[str] = mapped_column(String(32), default="")
    removal_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it here)


class FailedPins(KeyedInWorkspace, Base):
    """How often a number was asked for with a wrong secret; the version keeps replicas in step."""

    __tablename__ = "pin_guesses"
    e164: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int] = mapped_column()
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it here)


class CarrierRequest(Base):
    """A winning carrier's request and its answer; what the carrier sent is not kept, only judged.

    `entry_key` is the form that it was typed into: sent twice, it is one request. `seen` is the
    version that the last decision was made from.
    """

    __tablename__ = "carrier_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    case_id: Mapped[int] = mapped_column(ForeignKey("port_case.id"), index=True)
    entry_key: Mapped[str] = mapped_column(String(64), unique=True)
    carrier: Mapped[str] = mapped_column(String(200))
    numbers: Mapped[list[str]] = mapped_column(JSON)
    found: Mapped[list[str]] = mapped_column(JSON)
    locked: Mapped[bool]
    entered_by: Mapped[str] = mapped_column(String(32))
    entered_at: Mapped[datetime]
    received_at: Mapped[datetime]
    answer_by: Mapped[datetime]
    answer: Mapped[Answer] = mapped_column(
        enum_column(Answer, "request_answer"), default=Answer.OPEN
    )
    reason: Mapped[Reason | None] = mapped_column(enum_column(Reason, "request_reason"))
    first_agent: Mapped[str] = mapped_column(String(32), default="")
    answered_by: Mapped[str] = mapped_column(String(32), default="")
    answered_at: Mapped[datetime | None]
    seen: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it here)
    # One request of a case waits at a time: two agents who enter one at once make one guess.
    __table_args__ = (
        Index(
            "uq_one_waiting_request",
            "case_id",
            unique=True,
            sqlite_where=text("answer IN ('open', 'half_approved')"),
            postgresql_where=text("answer IN ('open', 'half_approved')"),
        ),
    )


class Audit(InWorkspace, Base):
    """Every look at a secret, comparison, lock and approval. The database refuses to change it."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(32))
    kind: Mapped[AuditKind] = mapped_column(enum_column(AuditKind, "audit_kind"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("port_case.id"), index=True)
    e164: Mapped[str] = mapped_column(String(20), default="", index=True)
    facts: Mapped[dict[str, Any]]
