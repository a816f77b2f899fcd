"""The signed Letter of Authorization: its date and its signature (S1)."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import PortIn
from bot.domain.rulebook.context import Facts
from bot.domain.text.dates import read_day

WARN_DAYS: Final = 3


class Signature(StrEnum):
    """How the letter was signed."""

    INK = "ink"
    ELECTRONIC = "electronic"


def check_letter(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Check date and kind of the signature; before it is signed there is nothing to check."""
    intake = facts.intake
    signed_on = read_day(intake.loa_signed_on)
    if signed_on is not None:
        yield from _age(facts, signed_on)
    elif intake.loa_signed_on:
        yield found("loa_signed_on_invalid")
    yield from _signature(facts)


def _age(facts: Facts[PortIn], signed_on: date) -> Iterator[Finding]:
    """A letter holds for 15 days, the day of signing not counted (S1; some carriers 30, B)."""
    age, most = (facts.around.today - signed_on).days, facts.around.loa_days
    if age < 0:
        yield found("loa_signed_on_future")
        return
    if age > most:
        yield found("loa_too_old", age=age, most=most)
        return
    if most - age <= WARN_DAYS:
        yield found("loa_expires_soon", left=most - age)
    requested_on = read_day(facts.intake.requested_date)
    if requested_on and (requested_on - signed_on).days > most:
        yield found("loa_old_on_the_day", age=(requested_on - signed_on).days, most=most)


def _signature(facts: Facts[PortIn]) -> Iterator[Finding]:
    kind = facts.intake.signature
    if kind and kind not in set(Signature):
        yield found("signature_invalid")
    elif kind == Signature.ELECTRONIC:
        carrier = facts.intake.losing_carrier
        if facts.around.policy_of(carrier).signature != kind:
            yield found("signature_electronic", carrier=carrier or "the carrier")
