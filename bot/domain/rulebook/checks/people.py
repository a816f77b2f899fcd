"""Names, people and how to reach them; what must be filled and what carriers cut."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

import phonenumbers

from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.fields import Needed, names
from bot.domain.intake.intake import PortIn, PortOut
from bot.domain.intake.platforms import is_connect
from bot.domain.rulebook.context import Facts

MANDATORY: Final = names(lambda field: field.needed is Needed.ALWAYS)
WISHED: Final = names(lambda field: field.needed is Needed.WISHED)
# What is printed, or sent to a carrier; the numbers are read by rules of their own.
FREE_TEXT: Final = names(lambda field: field.free_text)
PRINTED: Final = names(lambda field: field.printed and field.free_text)
LONGEST: Final = 200  # characters that fit on the letter
CUT_AT: Final[Mapping[str, int]] = {"customer_name": 25, "authorized_person": 15}
PIN: Final = re.compile(r"[0-9A-Za-z]{4,10}")
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])"
)
_LONGEST_EMAIL: Final = 254
_EMPTY_WORDS: Final = frozenset(
    {"n/a", "na", "none", "unknown", "tbd", "tba", "todo", "test", "xxx", "not known", "same"}
)
# Joiners that Persian and Indic names need; other invisible characters have no place in a name.
_JOINERS: Final = frozenset("\u200c\u200d")


def check_people(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Check the customer, the person who signs, the contact and the PIN."""
    intake = facts.intake
    for name in MANDATORY:
        yield from _missing(intake, name)
    for name in WISHED:
        if not getattr(intake, name):
            yield found(f"{name}_missing")
    yield from check_text(intake)
    yield from _on_paper(facts)
    for name, length in CUT_AT.items():
        if len(getattr(intake, name)) > length:
            yield found(f"{name}_cut", length=length, kept=getattr(intake, name)[:length])
    yield from _reachable(intake, facts.country)
    if intake.service_pin and not PIN.fullmatch(intake.service_pin):
        yield found("service_pin_invalid")


def check_port_out_people(facts: Facts[PortOut]) -> Iterator[Finding]:
    """Check who takes the numbers, whom to answer, and the PIN (S2, S3, C)."""
    intake = facts.intake
    connect = is_connect(intake.platform)
    if not intake.winning_carrier:
        yield found("winning_carrier_required" if connect else "winning_carrier_missing")
    if not intake.contact_email and not connect:
        yield found("contact_email_required")
    yield from check_text(intake)
    if intake.contact_email and not is_email(intake.contact_email):
        yield found("contact_email_invalid")
    if intake.pin and not PIN.fullmatch(intake.pin):
        yield found("pin_invalid")


def _missing(intake: PortIn, name: str) -> Iterator[Finding]:
    """Find a mandatory field that is empty or only says that there is nothing (C)."""
    value = getattr(intake, name)
    if not value:
        yield found(f"{name}_required")
    elif value.casefold() in _EMPTY_WORDS or not any(letter.isalnum() for letter in value):
        yield found("placeholder", name, label=name)


def check_text(intake: PortIn | PortOut) -> Iterator[Finding]:
    """Find characters that cannot be printed, and texts that no form takes."""
    for name in FREE_TEXT:
        yield from _as_text(name, getattr(intake, name, ""))


def _as_text(name: str, value: str) -> Iterator[Finding]:
    if any(map(_unprintable, value)):
        yield found("control_characters", name, label=name)
    if len(value) > LONGEST:
        yield found("too_long", name, label=name, length=len(value), most=LONGEST)


def _on_paper(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Find what the letter cannot print; the carriers of a file stand on letters of their own."""
    for name in PRINTED:
        yield from _in_fonts(facts, name, getattr(facts.intake, name))
    for carrier in sorted({group.losing_carrier for group in facts.groups}):
        if carrier != facts.intake.losing_carrier:
            yield from _as_text("losing_carrier", carrier)
            yield from _in_fonts(facts, "losing_carrier", carrier)


def _in_fonts(facts: Facts[PortIn], name: str, value: str) -> Iterator[Finding]:
    """Find what no font of the letter has: a box on paper is a blank to a carrier."""
    bad = facts.around.unprintable(value)
    if bad and not any(map(_unprintable, value)):
        yield found("not_in_fonts", name, label=name, characters=" ".join(bad))


def _unprintable(letter: str) -> bool:
    return letter not in _JOINERS and unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"}


def _reachable(intake: PortIn, country: str) -> Iterator[Finding]:
    if intake.contact_email and not is_email(intake.contact_email):
        yield found("contact_email_invalid")
    if intake.contact_phone and not _is_phone(intake.contact_phone, country):
        yield found("contact_phone_invalid")


def is_email(text: Any) -> bool:
    """Say whether a text has the form of one e-mail address."""
    return len(text) <= _LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None


def _is_phone(text: str, country: str) -> bool:
    """Say whether a telephone can be called; an extension is welcome here."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, country))
    except phonenumbers.NumberParseException:
        return False
