"""Puts a request before the rule book, together with what only the database knows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import bindparam, select

from bot.desk.core.case_facts import all_fields
from bot.desk.core.context import DeskContext
from bot.desk.core.form_fields import intake_fields
from bot.desk.core.references import reference
from bot.desk.core.work import Work
from bot.domain.intake.intake import NotAnIntake, PortIn, read_intake
from bot.domain.numbers.number_list import read_numbers
from bot.domain.rulebook.case_split import ranges
from bot.domain.rulebook.rulebook import CheckContext, Report, check
from bot.letters.fonts.fonts import unprintable
from bot.store.models.base import table_of
from bot.store.models.cases import Case, CaseNumber, Draft, DraftNumber

_CHUNK = 500
_NUMBERS = table_of(CaseNumber).c
_HOLDERS = select(_NUMBERS.e164, _NUMBERS.case_id).where(
    _NUMBERS.workspace_id == bindparam("here"),
    _NUMBERS.e164.in_(bindparam("numbers", expanding=True)),
    _NUMBERS.is_held.is_(True),
)


class Validator:
    """Checks requests against the rule book and the desk's own cases."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def check(
        self,
        work: Work,
        intake: PortIn,
        who: str,
        own_case: int | None = None,
        advise: bool = True,
    ) -> Report:
        """Return what the rule book says of a request.

        `own_case` is the case that the request changes: its numbers are not taken. Without
        `advise` nobody else's drafts are looked at, which only give a warning.
        """
        e164 = [number.e164 for number in read_numbers(intake.numbers, intake.country).numbers]
        around = replace(
            self.check_context(),
            taken=taken_numbers(work, e164, own_case),
            drafts=drafted_numbers(work, e164, who) if advise else {},
        )
        return check(intake, around)

    def check_context(self) -> CheckContext:
        """Return what the rule book needs of the time and place."""
        return CheckContext(
            today=self._context.today(), now=self._context.clock(), unprintable=unprintable
        )


def as_intake(fields: Mapping[str, Any]) -> PortIn:
    """Return what was typed as a port-in; files and other extras are left aside."""
    intake = read_intake({"country": "US"} | intake_fields(fields) | {"kind": "port_in"})
    if not isinstance(intake, PortIn):
        raise NotAnIntake("not_a_port_in")
    return intake


def request_of(context: DeskContext, case: Case) -> PortIn:
    """Return what a port-in asks for, its secrets included: for rules and letters only."""
    intake = as_intake(all_fields(context, case))
    return intake.model_copy(update={"numbers": held_ranges(case)})


def held_ranges(case: Case) -> str:
    """Write the numbers of a case as a request has them."""
    return ", ".join(ranges(row.e164 for row in case.numbers))


def wanted_moment(intake: PortIn, zone: str) -> datetime | None:
    """Return the moment that was asked for, in UTC; without a time, the start of the day's work."""
    try:
        day = date.fromisoformat(intake.requested_date)
        at = time.fromisoformat(intake.requested_time) if intake.requested_time else time(9)
        return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, ZoneInfoNotFoundError):
        return None


def chunks(e164: Sequence[str]) -> Iterable[Sequence[str]]:
    """A database takes only so many values in one question."""
    return (e164[start : start + _CHUNK] for start in range(0, len(e164), _CHUNK))


def taken_numbers(work: Work, e164: Sequence[str], own_case: int | None = None) -> dict[str, str]:
    """Return which open case holds which of these numbers."""
    found: dict[str, str] = {}
    for chunk in chunks(e164):
        rows = work.execute(_HOLDERS, {"numbers": chunk, "here": work.workspace_id})
        found |= {number: reference(case) for number, case in rows if case != own_case}
    return found


def drafted_numbers(work: Work, e164: Sequence[str], who: str) -> dict[str, str]:
    """Return who else has which of these numbers in a draft."""
    found: dict[str, str] = {}
    for chunk in chunks(e164):
        query = select(DraftNumber.e164, Draft.requester).join(Draft)
        mine = query.where(DraftNumber.e164.in_(chunk), Draft.requester != who)
        rows = work.execute(mine.where(Draft.case_id.is_(None)))
        found |= {row.e164: row.requester for row in rows}
    return found
