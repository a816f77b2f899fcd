"""Puts a port-out before the rule book, and says what its case keeps of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any, Final

from bot.desk.core.case_facts import all_fields
from bot.desk.core.context import DeskContext
from bot.desk.core.faulty_request import Refused
from bot.desk.core.new_case import write_request
from bot.desk.core.work import Work
from bot.desk.numbers.holdings import holdings
from bot.desk.validation.validator import (
    Validator,
    drafted_numbers,
    held_ranges,
    taken_numbers,
)
from bot.domain.findings.rules import found
from bot.domain.intake.intake import NotAnIntake, PortOut, read_intake
from bot.domain.numbers.number_list import read_numbers
from bot.domain.numbers.phone_number import TelephoneNumber
from bot.domain.port_out.pins import make_pin
from bot.domain.rulebook.case_split import as_ranges
from bot.domain.rulebook.rulebook import Report, check
from bot.domain.text.dates import read_day, read_zone
from bot.errors import PortOutRefusal
from bot.store.models.cases import Case

MORNING: Final = time(9)


@dataclass(frozen=True)
class ValidatedPortOut:
    """A request that nothing speaks against, as its case keeps it.

    `by_hand` are the numbers (E.164) that are only declared.
    """

    request: PortOut
    numbers: tuple[TelephoneNumber, ...]
    by_hand: tuple[str, ...]
    pin_made: bool

    def write(self, context: DeskContext, case: Case) -> None:
        """Make a case say this, but for its numbers; what the form does not ask stays."""
        beside = {**(case.fields or {}), "by_hand": ", ".join(self.by_hand)}
        write_request(context, case, self.request, beside)
        case.time_zone = self.request.time_zone or case.time_zone or context.time_zone
        case.requested_at = _morning_of(self.request.requested_date, case.time_zone)


class PortOutValidator:
    """Checks port-outs against the rule book and what the desk holds."""

    def __init__(self, context: DeskContext, validator: Validator) -> None:
        self._context = context
        self._validator = validator

    def check(self, work: Work, who: str, request: PortOut, own_case: int | None = None) -> Report:
        """Return what the rule book says of a request.

        `own_case` is the case that the request changes: its numbers are not taken.
        """
        e164 = [number.e164 for number in read_numbers(request.numbers).numbers]
        by_hand = dict.fromkeys(e164, "") if request.declared else {}
        held = holdings(work, e164)
        brought = {number: holding.reference for number, holding in held.items()}
        around = replace(
            self._validator.check_context(),
            taken=taken_numbers(work, e164, own_case),
            drafts=drafted_numbers(work, e164, who),
            inventory=by_hand | brought,
            platforms={number: holding.platform for number, holding in held.items()},
        )
        return self._with_date(check(request, around), request)

    def _with_date(self, report: Report, request: PortOut) -> Report:
        """A wish for a day that has passed is a slip of the finger."""
        day = read_day(request.requested_date)
        if day is None or day >= self._context.today(request.time_zone):
            return report
        return replace(report, findings=(*report.findings, found("requested_date_past", slots="")))

    def passed(
        self, work: Work, who: str, request: PortOut, own_case: int | None = None
    ) -> ValidatedPortOut:
        """Return what a case keeps of a request. Raises `Refused` for what speaks against it."""
        report = self.check(work, who, request, own_case)
        if not report.ok:
            raise Refused("has_faults", report)
        if not request.account_id:
            raise PortOutRefusal("account_id_needed", "account_id")
        e164 = [number.e164 for number in report.numbers]
        by_hand = tuple(sorted(set(e164) - holdings(work, e164).keys()))
        settled = {
            "country": report.numbers[0].country,
            "numbers": as_ranges(report.numbers),
            "declared": bool(by_hand),
            "pin": request.pin or make_pin(),
        }
        kept = request.model_copy(update=settled)
        return ValidatedPortOut(kept, report.numbers, by_hand, pin_made=not request.pin)


def as_port_out(typed: Mapping[str, Any]) -> PortOut:
    """Return what was typed as a port-out; what is no text is left aside, but for a tick."""
    texts = {name: value for name, value in typed.items() if isinstance(value, str)}
    request = read_intake(texts | {"kind": "port_out", "declared": typed.get("declared")})
    if not isinstance(request, PortOut):
        raise NotAnIntake("not_a_port_out")
    return request


def port_out_of(context: DeskContext, case: Case) -> PortOut:
    """Return what a port-out asks for, its secrets included: for rules and comparisons only."""
    fields = all_fields(context, case)
    own = {"numbers": held_ranges(case), "declared": fields.get("by_hand")}
    return as_port_out(fields | own)


def _morning_of(day_text: str, zone_text: str) -> datetime | None:
    day, zone = read_day(day_text), read_zone(zone_text)
    return datetime.combine(day, MORNING, zone).astimezone(UTC) if day and zone else None
