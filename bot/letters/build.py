"""Makes a letter out of the fields of a request."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.findings.finding import FindingRefusal
from bot.domain.intake.fields import names
from bot.domain.numbers.phone_number import TelephoneNumber, parse_number
from bot.letters.letter import Letter, account_hint

# The carrier of a letter is that of its numbers, not the one of the whole request.
_COPIED = names(lambda field: field.printed and field.name != "losing_carrier")


def build_letter(
    fields: Mapping[str, Any],
    numbers: Sequence[TelephoneNumber],
    losing_carrier: str,
    reference: str = "",
    version: int = 1,
) -> Letter:
    """Return the letter for these numbers; of the account number only its end is taken."""
    first = numbers[0] if numbers else None
    country = first.country if first else str(fields.get("country") or "US")
    toll_free = first is not None and first.number_type == "toll_free"
    return Letter(
        reference=reference,
        version=version,
        number_type=first.number_type if first else "local",
        country=country,
        losing_carrier=losing_carrier,
        # Toll-free numbers have no BTN (B 7385).
        btn="" if toll_free else _e164(fields.get("btn"), country),
        new_btn="" if toll_free else _e164(fields.get("new_btn"), country),
        account_hint=account_hint(str(fields.get("account_number") or "")),
        numbers=tuple(number.e164 for number in numbers),
        requested_on=_day(fields.get("requested_date")),
        platform=str(fields.get("platform") or ""),
        **{name: str(fields.get(name) or "") for name in _COPIED},
    )


def _e164(text: object, country: str) -> str:
    """Return a number as E.164; what cannot be read stays as it was typed."""
    try:
        return parse_number(str(text), country).e164 if text else ""
    except FindingRefusal:
        return str(text)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
