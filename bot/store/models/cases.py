"""Drafts, cases and all that belongs to a case: numbers, letters, documents, ticks, history."""

from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from bot.domain.cases.kinds import DocumentKind, EventKind, Kind, Outcome
from bot.domain.cases.workflow import Status
from bot.domain.intake.intake import Platform
from bot.domain.numbers.phone_number import NumberType
from bot.domain.rulebook.checks.letter import Signature
from bot.domain.text.matching import plain_name
from bot.store.models.base import Base, InWorkspace
from bot.store.models.carrier_requests import CarrierRequest
from bot.store.models.column_types import enum_column, words_column
from bot.store.models.subjects import AboutSubject, one_subject


class Draft(InWorkspace, Base):
    """What somebody typed and has not filed yet; sealed, since it may hold a PIN."""

    __tablename__ = "draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    view_id: Mapped[str] = mapped_column(String(64), unique=True)
    requester: Mapped[str] = mapped_column(String(32), index=True)
    kind: Mapped[Kind] = mapped_column(enum_column(Kind, "draft_kind"), default=Kind.PORT_IN)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("port_case.id"))
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("port_case.id"))
    amends_version: Mapped[int] = mapped_column(default=0)
    sealed: Mapped[str] = mapped_column(Text)
    step: Mapped[str] = mapped_column(String(32))
    saved_at: Mapped[datetime]
    typed_at: Mapped[float] = mapped_column(default=0.0)
    settled_hash: Mapped[str] = mapped_column(String(64), default="")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it here)


class DraftNumber(Base):
    """A number in somebody's draft: worth a warning to others, not a refusal."""

    __tablename__ = "draft_number"
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), primary_key=True)
    e164: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class Carrier(InWorkspace, Base):
    """A carrier seen before, for the type-ahead."""

    __tablename__ = "carrier"
    id: Mapped[int] = mapped_column(primary_key=True)
    folded: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    seen: Mapped[int] = mapped_column(default=0)
    __table_args__ = (UniqueConstraint("workspace_id", "folded", name="uq_carrier_folded"),)


class Case(InWorkspace, Base):
    """One port: one losing carrier, one country."""

    __tablename__ = "port_case"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[Kind] = mapped_column(enum_column(Kind, "case_kind"))
    platform: Mapped[Platform] = mapped_column(enum_column(Platform, "case_platform"))
    status: Mapped[Status | None] = mapped_column(enum_column(Status, "case_status"))
    is_open: Mapped[bool] = mapped_column(default=True)
    requester: Mapped[str] = mapped_column(String(32))
    filing_key: Mapped[str] = mapped_column(String(80), unique=True)
    linked_id: Mapped[int | None] = mapped_column(ForeignKey("port_case.id"), index=True)
    losing_carrier: Mapped[str] = mapped_column(String(200), default="")
    carrier_folded: Mapped[str] = mapped_column(String(200), default="", server_default="")
    fields: Mapped[dict[str, Any]]
    sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    requested_at: Mapped[datetime | None]
    foc_at: Mapped[datetime | None]
    foc_confirmed_at: Mapped[datetime | None]
    time_zone: Mapped[str] = mapped_column(String(64))
    reason_code: Mapped[str] = mapped_column(String(40), default="")
    sealed_link: Mapped[str | None] = mapped_column(Text)
    link_expires_on: Mapped[date | None]
    numbers: Mapped[list["CaseNumber"]] = relationship(
        cascade="all, delete-orphan", order_by="CaseNumber.id"
    )
    documents: Mapped[list["Document"]] = relationship(order_by="Document.id")
    # Read here, added on their own.
    letters: Mapped[list["Loa"]] = relationship(order_by="Loa.version", viewonly=True)
    ticks: Mapped[list["ChecklistTick"]] = relationship(viewonly=True)
    history: Mapped[list["History"]] = relationship(order_by="History.id", viewonly=True)
    carrier_requests: Mapped[list[CarrierRequest]] = relationship(order_by=CarrierRequest.id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it here)
    __table_args__ = (
        Index("ix_case_open", "workspace_id", "is_open", "id"),
        Index("ix_case_requester", "workspace_id", "requester", "is_open", "id"),
        Index("ix_case_carrier", "workspace_id", "carrier_folded", "id"),
    )

    @validates("losing_carrier")
    def _fold_carrier(self, _name: str, carrier: str) -> str:
        """Keep the name also as it is looked up."""
        self.carrier_folded = plain_name(carrier)[:200]
        return carrier


class CaseNumber(InWorkspace, Base):
    """A number of a case. No two open cases hold the same one: the database says so."""

    __tablename__ = "case_number"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("port_case.id"), index=True)
    e164: Mapped[str] = mapped_column(String(20), index=True)
    backwards: Mapped[str] = mapped_column(String(20), index=True)
    country: Mapped[str] = mapped_column(String(2))
    number_type: Mapped[NumberType] = mapped_column(
        words_column(get_args(NumberType), "number_type", 16)
    )
    is_held: Mapped[bool] = mapped_column(default=True)
    outcome: Mapped[Outcome] = mapped_column(
        enum_column(Outcome, "number_outcome"), default=Outcome.PENDING
    )
    __table_args__ = (
        Index(
            "uq_number_in_one_open_case",
            "workspace_id",
            "e164",
            unique=True,
            sqlite_where=text("is_held = 1"),
            postgresql_where=text("is_held"),
        ),
    )


class Loa(Base):
    """One version of a case's letter, tied by its fingerprint to the fields it was made from."""

    __tablename__ = "loa"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("port_case.id"))
    version: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    snapshot: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    stale_at: Mapped[datetime | None]
    signed_on: Mapped[date | None]
    signature: Mapped[str] = mapped_column(
        words_column(("", *Signature), "loa_signature", 16), default=""
    )
    __table_args__ = (UniqueConstraint("case_id", "version", name="uq_loa_version"),)


class Document(Base):
    """A file from a person; its content rests sealed once the desk has fetched it."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("port_case.id"))
    kind: Mapped[DocumentKind] = mapped_column(enum_column(DocumentKind, "document_kind"))
    slack_file: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    given_by: Mapped[str] = mapped_column(String(32))
    given_at: Mapped[datetime]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    __table_args__ = (UniqueConstraint("case_id", "slack_file", name="uq_document_file"),)


class ChecklistTick(Base):
    """An item of the checklist that somebody ticked; `round` is the porting day it belongs to."""

    __tablename__ = "tick"
    case_id: Mapped[int] = mapped_column(ForeignKey("port_case.id"), primary_key=True)
    round: Mapped[str] = mapped_column(String(32), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), primary_key=True)
    e164: Mapped[str] = mapped_column(String(20), primary_key=True, default="")
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class History(InWorkspace, AboutSubject, Base):
    """Who did what, when, and why. Only ever added to."""

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(32))
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind, "history_kind"))
    origin: Mapped[Status | None] = mapped_column(enum_column(Status, "history_origin"))
    target: Mapped[Status | None] = mapped_column(enum_column(Status, "history_target"))
    why: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]]
    __table_args__ = (one_subject(), Index("ix_history_case_id", "case_id"))
