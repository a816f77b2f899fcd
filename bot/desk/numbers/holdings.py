"""Which numbers the team holds: those that a completed port-in of this desk brought."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from bot.desk.core.references import reference
from bot.desk.core.work import Work
from bot.desk.validation.validator import chunks
from bot.domain.cases.case import UNASKED
from bot.domain.cases.kinds import Kind, Outcome
from bot.domain.intake.intake import Platform
from bot.store.models.cases import Case, CaseNumber, ChecklistTick
from bot.store.models.number_pins import FailedPins, Protection

Row = TypeVar("Row", Protection, FailedPins)


@dataclass(frozen=True)
class Holding:
    """A number in the inventory: the case that brought it, whose case that was, and where to."""

    case_id: int
    owner: str
    platform: Platform

    @property
    def reference(self) -> str:
        """The name of the case that brought it."""
        return reference(self.case_id)


def held_numbers() -> Select[str, int, str, Platform]:
    """Return the query for numbers that came and have not left since.

    Each with the case that brought it, whose case that was, and the platform it came to.
    """
    newer = aliased(CaseNumber)
    moved_again = exists().where(
        newer.e164 == CaseNumber.e164, newer.id > CaseNumber.id, newer.outcome == Outcome.PORTED
    )
    return (
        select(CaseNumber.e164, Case.id, Case.requester, Case.platform)
        .join(Case, Case.id == CaseNumber.case_id)
        .where(CaseNumber.outcome == Outcome.PORTED, Case.kind == Kind.PORT_IN, ~moved_again)
    )


def holdings(work: Work, e164: Sequence[str]) -> dict[str, Holding]:
    """Return those of the numbers that came and have not left since."""
    found: dict[str, Holding] = {}
    for chunk in chunks(e164):
        rows = work.execute(held_numbers().where(CaseNumber.e164.in_(chunk)))
        found |= {e164: Holding(case_id, owner, to) for e164, case_id, owner, to in rows}
    return found


def _came_in(work: Work, e164: Sequence[str]) -> set[str]:
    """Return those of the numbers that a completed port-in brought, wherever they are now."""
    found: set[str] = set()
    for chunk in chunks(e164):
        query = select(CaseNumber.e164).join(Case, Case.id == CaseNumber.case_id)
        came = query.where(Case.kind == Kind.PORT_IN, CaseNumber.outcome == Outcome.PORTED)
        found |= set(work.scalars(came.where(CaseNumber.e164.in_(chunk))))
    return found


def protections(work: Work, e164: Sequence[str]) -> dict[str, Protection]:
    """Return the PIN protection of those numbers that have one."""
    return rows_of(work, Protection, e164)


def rows_of(work: Work, table: type[Row], e164: Sequence[str]) -> dict[str, Row]:
    """Return the rows of a table that has one for each number, for those that have one."""
    found: dict[str, Row] = {}
    for chunk in chunks(e164):
        rows = work.scalars(select(table).where(table.e164.in_(chunk)))
        found |= {row.e164: row for row in rows}
    return found


def need_two_agents(work: Work, case: Case, e164: Iterable[str], who: str) -> tuple[str, ...]:
    """Return the numbers that are assigned or protected: `who` alone does not let them go.

    That a number is unassigned is the word of a second person: neither of who approves nor of
    the requester (I). That an earlier case was completed is the word of one agent, so a number
    that came in here counts as assigned also after that.
    """
    numbers = list(e164)
    ticked = select(ChecklistTick.e164).where(
        ChecklistTick.case_id == case.id,
        ChecklistTick.item == "unassigned",
        ChecklistTick.by.not_in({who, case.requester}),
    )
    assigned = _came_in(work, numbers) - set(work.scalars(ticked))
    return tuple(sorted(assigned | protections(work, numbers).keys()))


def unguarded(work: Work, case: Case, e164: Sequence[str]) -> int:
    """Count the numbers of a case nobody filed for which no PIN or no account ID is on file."""
    if not case.fields.get(UNASKED):
        return 0
    guards = protections(work, e164)
    whole = [number for number, guard in guards.items() if guard.sealed_account]
    ours = {number.e164 for number in case.numbers} & set(e164)
    return len(ours - set(whole))
