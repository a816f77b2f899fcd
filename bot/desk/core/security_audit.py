"""The audit: lines are added, never changed; the database itself refuses anything else."""

from sqlalchemy import ColumnElement, or_, select, true

from bot.desk.core.case_facts import find_case
from bot.desk.core.references import reference
from bot.desk.core.work import Work
from bot.domain.cases.case import Event
from bot.domain.cases.kinds import AuditKind
from bot.store.models.cases import CaseNumber
from bot.store.models.security_audit import Audit


def note_audit(
    work: Work,
    who: str,
    kind: AuditKind,
    case_id: int | None,
    e164: str = "",
    **facts: str,
) -> None:
    """Add a line about a case, a number, or both.

    `facts` never hold a secret, nor which part of one was right.
    """
    work.add(
        Audit(at=work.context.clock(), who=who, kind=kind, case_id=case_id, e164=e164, facts=facts)
    )


def audit_of(work: Work, case_id: int) -> tuple[Event, ...]:
    """Return the lines about a case and about its numbers, oldest first."""
    case = find_case(work, case_id)
    numbers = select(CaseNumber.e164).where(CaseNumber.case_id == case.id)
    return _lines(work, or_(Audit.case_id == case.id, Audit.e164.in_(numbers)))


def audit_of_number(work: Work, e164: str) -> tuple[Event, ...]:
    """Return the lines about one number, oldest first."""
    return _lines(work, Audit.e164 == e164)


def whole_audit(work: Work) -> tuple[Event, ...]:
    """Return every line, oldest first."""
    return _lines(work, true())


def _lines(work: Work, about: ColumnElement[bool]) -> tuple[Event, ...]:
    rows = work.scalars(select(Audit).where(about).order_by(Audit.id))
    return tuple(
        Event(row.id, row.at, row.who, row.kind, None, None, "", _shown(row)) for row in rows
    )


def _shown(row: Audit) -> dict[str, str]:
    about = {"case": reference(row.case_id) if row.case_id else "", "number": row.e164}
    return {name: value for name, value in about.items() if value} | row.facts
