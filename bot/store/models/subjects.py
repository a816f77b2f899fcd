"""Whose the rows are, and what they are about."""

from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.cases.subjects import Subject, SubjectKind
from bot.store.models.base import Base
from bot.store.models.column_types import enum_column

# Of the columns that name a subject, the one of its kind is filled, and no other.
ONE_SUBJECT = " AND ".join(
    f"((subject = '{kind}') = ({column} IS NOT NULL))"
    for kind, column in (
        (SubjectKind.CASE, "case_id"),
        (SubjectKind.NUMBER, "e164"),
        (SubjectKind.REQUEST, "request_id"),
    )
)


class Workspace(Base):
    """A workspace of Slack that the desk serves; its team is learnt when it first connects."""

    __tablename__ = "workspace"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str | None] = mapped_column(String(32), unique=True)


class AboutSubject:
    """The columns of a row that is about a case, a number, a request or the whole workspace."""

    subject: Mapped[SubjectKind] = mapped_column(
        enum_column(SubjectKind, "subject_kind"),
        default=SubjectKind.CASE,
        server_default=SubjectKind.CASE,
        sort_order=2,
    )
    case_id: Mapped[int | None] = mapped_column(ForeignKey("port_case.id"), sort_order=2)
    e164: Mapped[str | None] = mapped_column(String(20), sort_order=2)
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("carrier_request.id", name="fk_request"), sort_order=2
    )

    @property
    def about(self) -> Subject:
        """What the row is about."""
        return Subject(self.subject, self.case_id, self.e164, self.request_id)


def columns_of(subject: Subject) -> dict[str, Any]:
    """Return the columns of a row that is about this subject, by name."""
    return {
        "subject": subject.kind,
        "case_id": subject.case_id,
        "e164": subject.e164,
        "request_id": subject.request_id,
    }


def names(rows: type[AboutSubject], subject: Subject) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a row is about this subject."""
    if subject.case_id is not None:
        return (rows.case_id == subject.case_id,)
    if subject.kind is SubjectKind.REQUEST:
        return (rows.request_id == subject.request_id,)
    if subject.e164 is not None:
        return (rows.e164 == subject.e164,)
    return (rows.subject == subject.kind,)


def one_subject() -> CheckConstraint:
    """Return the CHECK of such a table that exactly one subject is named."""
    return CheckConstraint(ONE_SUBJECT, name="one_subject")
