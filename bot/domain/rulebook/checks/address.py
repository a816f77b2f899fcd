"""The service address: complete, a real place, and in its country's form."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.domain.countries.address_requirements import needs_postal_code, needs_state
from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import PortIn
from bot.domain.numbers.phone_number import known_country
from bot.domain.rulebook.context import Facts
from bot.domain.text.csv_tables import by

_GAP: Final = r"[\s.,/_-]*"
# Every spelling of an address where nobody is present; such an address is valid nowhere (C).
PO_BOX: Final = re.compile(
    "|".join(
        [
            rf"\bp{_GAP}[o0]{_GAP}b(?:{_GAP}[o0]{_GAP}x)?(?![a-z])",
            rf"\bp{_GAP}[o0]{_GAP}bx\b",
            rf"\b(?:post|postal|g\.?p\.?o\.?|lock(?:ed)?|private|mail|call){_GAP}(?:office{_GAP})?"
            rf"(?:mail{_GAP})?(?:box|bag)\b",
            rf"\bpost{_GAP}office{_GAP}b[o0]x",
            rf"\bp{_GAP}m{_GAP}b{_GAP}(?:#|no\b)?{_GAP}\d",
            rf"\bp\.?\s?o\.?{_GAP}(?:#|no\b){_GAP}\d",
            r"\bp\.\s?o\.\s*\d",
            rf"^b[o0]x{_GAP}#?{_GAP}\d",
            r"\bgeneral\s+delivery\b",
            r"\b(?:postfach|postbus|postboks|postbox|postilokero|skrytka\s+pocztowa)\b",
            r"\b(?:apartado|apdo\.?|casella|caixa|casilla)\s+(?:postal[e]?|de\s+correos?|\d)",
            r"\bbo[i]te\s+postale\b|\bcase\s+postale\b|\bb\.?p\.?\s*\d",
        ]
    ),
    re.IGNORECASE,
)


def check_address(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Check that the service address is a place, with what its country needs."""
    intake = facts.intake
    for name in ("street_address", "unit"):
        if is_po_box(getattr(intake, name)):
            yield found("po_box", name, label=name)
    country = known_country(intake.address_country) or facts.country
    yield from _state(intake, country)
    yield from _postal_code(intake, country)


def is_po_box(line: str) -> bool:
    """Say whether a line of an address is a mail box in any usual spelling."""
    letters = unicodedata.normalize("NFKD", line)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return PO_BOX.search(plain.strip()) is not None


def _state(intake: PortIn, country: str) -> Iterator[Finding]:
    if not needs_state(country):
        return
    known = {row["code"] for row in by("states", "code").values() if row["country"] == country}
    code = state_code(intake.state, country)
    if not intake.state:
        yield found("state_required")
    elif code not in known:
        yield found("state_invalid", country=country)
    elif code != intake.state:
        yield found("state_spelled_out", code=code)


def state_code(text: str, country: str) -> str:
    """Return the two letters of a state or province written in any usual way."""
    plain = " ".join(text.replace(".", "").casefold().split())
    names = (row for row in by("states", "code").values() if row["country"] == country)
    return next((row["code"] for row in names if row["name"].casefold() == plain), plain.upper())


def _postal_code(intake: PortIn, country: str) -> Iterator[Finding]:
    form = by("postal_codes", "iso2").get(country)
    if not intake.postal_code:
        if needs_postal_code(country):
            yield found("postal_code_required")
    elif form and not re.fullmatch(form["pattern"], intake.postal_code, re.ASCII):
        yield found("postal_code_invalid", country=country, example=form["example"])
