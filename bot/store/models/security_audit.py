"""The audit: every look at a secret, comparison, lock and approval."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.cases.kinds import AuditKind
from bot.store.models.base import Base, InWorkspace
from bot.store.models.column_types import enum_column


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
