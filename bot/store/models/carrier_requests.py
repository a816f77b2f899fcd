"""What winning carriers ask for, and how they are answered."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.port_out.requests import Answer, Reason
from bot.store.models.base import Base
from bot.store.models.column_types import enum_column


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
