"""The door of the rule book: one intake in, one report out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from bot.domain.findings.finding import Finding, Severity
from bot.domain.findings.rules import RULES, rules_as_markdown
from bot.domain.intake.intake import Intake, PortIn
from bot.domain.numbers.number_list import TelephoneNumber, read_numbers
from bot.domain.numbers.phone_number import known_country
from bot.domain.rulebook.case_split import (
    by_country,
    request_of_group,
    split_into_cases,
    with_btn,
)
from bot.domain.rulebook.checks.address import check_address
from bot.domain.rulebook.checks.btn import btn_is_ported, check_btn
from bot.domain.rulebook.checks.carrier_record import check_record
from bot.domain.rulebook.checks.connect import check_connect, check_connect_port_out
from bot.domain.rulebook.checks.country import check_country, check_port_out_blocks
from bot.domain.rulebook.checks.dates import check_dates
from bot.domain.rulebook.checks.letter import check_letter
from bot.domain.rulebook.checks.numbers import (
    check_holdings,
    check_numbers,
    check_port_out_holdings,
)
from bot.domain.rulebook.checks.people import check_people, check_port_out_people
from bot.domain.rulebook.checks.platform import check_platform
from bot.domain.rulebook.context import CaseGroup, CheckContext, Facts

__all__ = [
    "RULES",
    "CaseGroup",
    "CheckContext",
    "Report",
    "btn_among_numbers",
    "check",
    "facts_of",
    "report_as_json",
    "requests_of",
    "rules_as_markdown",
]

Check = Callable[[Facts[Any]], Iterator[Finding]]


def in_each_country(rule: Check) -> Check:
    """Judge the numbers of every country by its own rules, as the linked cases will be."""
    return lambda facts: (finding for part in by_country(facts) for finding in rule(part))


def where_the_btn_is(rule: Check) -> Check:
    """Judge the numbers that hang on the BTN; those of other countries have none."""
    return lambda facts: rule(with_btn(facts))


PORT_IN: Final[tuple[Check, ...]] = (
    in_each_country(check_platform),
    check_numbers,
    check_holdings,
    in_each_country(check_country),
    where_the_btn_is(check_btn),
    check_people,
    check_address,
    check_record,
    in_each_country(check_dates),
    check_letter,
    check_connect,
)
PORT_OUT: Final[tuple[Check, ...]] = (
    check_platform,
    check_numbers,
    check_port_out_holdings,
    check_port_out_blocks,
    check_port_out_people,
    check_connect_port_out,
)


@dataclass(frozen=True)
class Report:
    """Everything the rule book has to say about one intake."""

    findings: tuple[Finding, ...]
    numbers: tuple[TelephoneNumber, ...]
    split: tuple[CaseGroup, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing would be refused."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def check(intake: Intake, around: CheckContext) -> Report:
    """Judge an intake by every rule of its kind; pure and complete, it never raises for input."""
    facts = facts_of(intake, around)
    checks = PORT_IN if isinstance(intake, PortIn) else PORT_OUT
    findings = (finding for rule in checks for finding in rule(facts))
    # Two countries may come to the same remark; it is made once.
    return Report(_once(findings), facts.numbers, facts.groups)


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def facts_of(intake: Intake, around: CheckContext) -> Facts[Any]:
    """Read an intake's numbers and settle its country and day."""
    if intake.today is not None:
        around = replace(around, today=intake.today, now=None)
    chosen = known_country(intake.country)
    listed = read_numbers(intake.numbers, chosen or "US")
    country = chosen or next((number.country for number in listed.numbers), "US")
    return Facts(intake, around, listed, country, split_into_cases(intake, listed.numbers, country))


def requests_of(intake: PortIn) -> tuple[PortIn, ...]:
    """Return what each case of a request asks for, in the order of the report's `split`."""
    # Which numbers belong together does not depend on the day.
    facts = facts_of(intake, CheckContext(today=date.min))
    return tuple(request_of_group(facts, group) for group in facts.groups)


def btn_among_numbers(intake: Intake) -> bool:
    """Say whether the BTN itself is to be ported, so that a BTN option must be chosen (S2)."""
    if not isinstance(intake, PortIn):
        return False
    country = known_country(intake.country) or "US"
    listed = read_numbers(intake.numbers, country)
    return btn_is_ported(intake.btn, country, frozenset(n.e164 for n in listed.numbers))


def report_as_json(report: Report, say: Callable[[Finding], str]) -> dict[str, Any]:
    """Return the answer of `check` as plain data; `say` words a finding."""
    return {
        "ok": report.ok,
        "findings": [_finding_as_json(finding, say) for finding in report.findings],
        "numbers": [number.e164 for number in report.numbers],
        "split": [_lot_as_json(group) for group in report.split],
    }


def _finding_as_json(finding: Finding, say: Callable[[Finding], str]) -> dict[str, str]:
    return {
        "field": finding.field,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": say(finding),
        "source": finding.source,
    }


def _lot_as_json(group: CaseGroup) -> dict[str, Any]:
    return {
        "losing_carrier": group.losing_carrier,
        "country": group.country,
        "number_type": group.number_type,
        "numbers": [number.e164 for number in group.numbers],
    }
