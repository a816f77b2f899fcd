"""Puts a port-out before the rule book, and says what its case keeps of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import Any, Final

from bot.desk.core.context import DeskContext
from bot.desk.core.refusal import Refused
from bot.desk.core.work import Work
from bot.desk.numbers.holdings import holdings
from bot.desk.validation.validator import Validator, drafted_numbers, taken_numbers
from bot.domain.findings.rules import found
from bot.domain.intake.intake import NotAnIntake, Platform, PortOut, read_intake
from bot.domain.numbers.number_list import read_numbers
from bot.domain.numbers.phone_number import TelephoneNumber
from bot.domain.port_out.pins import make_pin
from bot.domain.rulebook.rulebook import Report, check
from bot.domain.text.dates import read_day, read_zone
from bot.errors import PortOutRefusal
from bot.store.models.cases import Case

MORNING: Final = time(9)
_KEPT: Final = (
    "platform",
    "winning_carrier",
    "contact_email",
    "requested_date",
    "time_zone",
    "postal_code",
    "instance_arn",
    "region",
    "instance_name",
)


@dataclass(frozen=True)
class ValidatedPortOut:
    """A request that nothing speaks against: what may be read of it, and its secrets."""

    numbers: tuple[TelephoneNumber, ...]
    public: Mapping[str, str]
    secret: Mapping[str, str] = field(repr=False)
    pin_made: bool

    def write(self, context: DeskContext, case: Case) -> None:
        """Make a case say this, but for its numbers; what the form does not ask stays."""
        zone = self.public["time_zone"] or case.time_zone or context.time_zone
        case.platform = Platform(self.public["platform"])
        case.fields = {**(case.fields or {}), **self.public}
        case.sealed = context.cipher.seal(dict(self.secret))
        case.requested_at = _morning_of(self.public["requested_date"], zone)
        case.time_zone = zone


class PortOutValidator:
    """Checks port-outs against the rule book and what the desk holds."""

    def __init__(self, context: DeskContext, validator: Validator) -> None:
        self._context = context
        self._validator = validator

    def check(
        self, work: Work, who: str, fields: Mapping[str, Any], own_case: int | None = None
    ) -> tuple[PortOut, Report]:
        """Return the request and what the rule book says of it.

        `own_case` is the case that the request changes: its numbers are not taken.
        """
        intake = as_port_out(fields)
        e164 = [number.e164 for number in read_numbers(intake.numbers).numbers]
        by_hand = dict.fromkeys(e164, "") if fields.get("declared") else {}
        held = holdings(work, e164)
        brought = {number: holding.reference for number, holding in held.items()}
        around = replace(
            self._validator.check_context(),
            taken=taken_numbers(work, e164, own_case),
            drafts=drafted_numbers(work, e164, who),
            inventory=by_hand | brought,
            platforms={number: holding.platform for number, holding in held.items()},
        )
        return intake, self._with_date(check(intake, around), fields)

    def _with_date(self, report: Report, fields: Mapping[str, Any]) -> Report:
        """A wish for a day that has passed is a slip of the finger."""
        day = read_day(str(fields.get("requested_date") or ""))
        if day is None or day >= self._context.today(str(fields.get("time_zone") or "")):
            return report
        return replace(report, findings=(*report.findings, found("requested_date_past", slots="")))

    def passed(
        self, work: Work, who: str, fields: Mapping[str, Any], own_case: int | None = None
    ) -> ValidatedPortOut:
        """Return what a case keeps of a request. Raises `Refused` for what speaks against it."""
        intake, report = self.check(work, who, fields, own_case)
        if not report.ok:
            raise Refused("has_faults", report)
        if not intake.account_id:
            raise PortOutRefusal("account_id_needed", "account_id")
        e164 = [number.e164 for number in report.numbers]
        by_hand = sorted(set(e164) - holdings(work, e164).keys())
        public = {name: str(fields.get(name) or "") for name in _KEPT}
        public |= {"country": report.numbers[0].country, "by_hand": ", ".join(by_hand)}
        secret = {"account_id": intake.account_id, "pin": intake.pin or make_pin()}
        return ValidatedPortOut(report.numbers, public, secret, pin_made=not intake.pin)


def as_port_out(fields: Mapping[str, Any]) -> PortOut:
    """Return what was typed as a port-out; what is no text is left aside."""
    typed = {name: value for name, value in fields.items() if isinstance(value, str)}
    intake = read_intake(typed | {"kind": "port_out"})
    if not isinstance(intake, PortOut):
        raise NotAnIntake("not_a_port_out")
    return intake


def _morning_of(day_text: str, zone_text: str) -> datetime | None:
    day, zone = read_day(day_text), read_zone(zone_text)
    return datetime.combine(day, MORNING, zone).astimezone(UTC) if day and zone else None
