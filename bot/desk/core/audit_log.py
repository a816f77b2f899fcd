"""The audit: lines are added, never changed; the database itself refuses anything else."""

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from bot.desk.core.case_facts import find_case, reference
from bot.desk.core.context import DeskContext
from bot.domain.cases.case import Event
from bot.store.models.cases import CaseNumber
from bot.store.models.port_out import Audit


def note_audit(
    session: Session,
    context: DeskContext,
    who: str,
    kind: str,
    case_id: int | None,
    e164: str = "",
    **facts: str,
) -> None:
    """Add a line about a case, a number, or both.

    `facts` never hold a secret, nor which part of one was right.
    """
    session.add(
        Audit(at=context.clock(), who=who, kind=kind, case_id=case_id, e164=e164, facts=facts)
    )


def audit_of(session: Session, context: DeskContext, case_id: int) -> tuple[Event, ...]:
    """Return the lines about a case and about its numbers, oldest first."""
    case = find_case(session, context, case_id)
    numbers = select(CaseNumber.e164).where(CaseNumber.case_id == case.id)
    return _lines(session, or_(Audit.case_id == case.id, Audit.e164.in_(numbers)))


def audit_of_number(session: Session, e164: str) -> tuple[Event, ...]:
    """Return the lines about one number, oldest first."""
    return _lines(session, Audit.e164 == e164)


def whole_audit(session: Session) -> tuple[Event, ...]:
    """Return every line, oldest first."""
    return _lines(session, true())


def _lines(session: Session, about: ColumnElement[bool]) -> tuple[Event, ...]:
    rows = session.scalars(select(Audit).where(about).order_by(Audit.id))
    return tuple(
        Event(row.id, row.at, row.who, row.kind, None, None, "", _shown(row)) for row in rows
    )


def _shown(row: Audit) -> dict[str, str]:
    about = {"case": reference(row.case_id) if row.case_id else "", "number": row.e164}
    return {name: value for name, value in about.items() if value} | row.facts
