"""The rule book once more, at every later move: time has passed since the request was filed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.core.context import DeskContext
from bot.desk.core.faulty_request import Refused
from bot.desk.core.work import Work
from bot.desk.validation.validator import Validator, as_intake, request_of
from bot.domain.countries.calendars import last_moment_to_change
from bot.domain.findings.finding import Finding, FindingRefusal, Severity
from bot.domain.rulebook.checks.dates import check_dates
from bot.domain.rulebook.checks.letter import check_letter
from bot.domain.rulebook.rulebook import facts_of
from bot.store.models.cases import Case

# A date that the carrier has confirmed was given with whatever notice it needs.
_OF_A_REQUEST_ONLY: Final = frozenset({"requested_date_too_soon", "requested_date_too_far"})


class Revalidator:
    """Checks a filed case again: before it is submitted, and the date that a carrier confirms."""

    def __init__(self, context: DeskContext, validator: Validator) -> None:
        self._context = context
        self._validator = validator

    def before_submission(self, work: Work, case: Case) -> None:
        """Raise `Refused` for what a carrier would refuse today, though it was fine when filed."""
        request = request_of(self._context, case).model_copy(update=_letter_fields(case))
        report = self._validator.check(work, request, case.requester, own_case=case.id)
        if not report.ok:
            raise Refused("not_fit_any_more", report)

    def against_date(self, case: Case, moment: datetime, zone: str) -> tuple[Finding, ...]:
        """Return what speaks against a confirmed date: past, weekend, holiday, hours (C, F)."""
        local = moment.astimezone(ZoneInfo(zone))
        intake = as_intake(case.fields).model_copy(
            update={
                "requested_date": f"{local:%Y-%m-%d}",
                "requested_time": f"{local:%H:%M}",
                "time_zone": zone,
            }
        )
        facts = facts_of(intake, self._validator.check_context())
        found = (f for f in check_dates(facts) if f.severity is Severity.ERROR)
        return tuple(finding for finding in found if finding.code not in _OF_A_REQUEST_ONLY)

    def against_letter(self, case: Case, signed_on: date, signature: str) -> tuple[Finding, ...]:
        """Return what a carrier would refuse of a signature today: its date, its kind (S1)."""
        intake = as_intake(case.fields).model_copy(
            update={"loa_signed_on": signed_on.isoformat(), "signature": signature}
        )
        today = self._context.today(case.time_zone)
        facts = facts_of(intake, replace(self._validator.check_context(), today=today))
        return tuple(f for f in check_letter(facts) if f.severity is Severity.ERROR)

    def must_hold(self, found: Iterable[Finding]) -> None:
        """Raise the first finding under its field, if there is one."""
        for finding in found:
            raise FindingRefusal(finding)

    def short_of_notice(self, case: Case) -> bool:
        """Say whether a change or cancellation now has less than five business days (C)."""
        if case.foc_at is None or not case.numbers:
            return False
        country = case.numbers[0].country
        return self._context.clock() > last_moment_to_change(country, case.foc_at)


def _letter_fields(case: Case) -> dict[str, str]:
    """The signature that counts is the one on the newest letter, not what the request said."""
    letter = case.letters[-1] if case.letters else None
    if letter is None or letter.signed_on is None:
        return {}
    return {"loa_signed_on": letter.signed_on.isoformat(), "signature": letter.signature}
