"""Makes a letter out of a request."""

from collections.abc import Sequence

from bot.domain.findings.finding import FindingRefusal
from bot.domain.intake.fields import names
from bot.domain.intake.intake import PortIn
from bot.domain.numbers.phone_number import TelephoneNumber, parse_number
from bot.domain.text.dates import read_day
from bot.letters.letter import Letter, account_hint

_COPIED = names(lambda field: field.printed)


def build_letter(
    request: PortIn,
    numbers: Sequence[TelephoneNumber],
    reference: str = "",
    version: int = 1,
) -> Letter:
    """Return the letter of one case's request, for its numbers.

    Of the account number only its end is taken.
    """
    first = numbers[0] if numbers else None
    country = first.country if first else request.country or "US"
    toll_free = first is not None and first.number_type == "toll_free"
    return Letter(
        reference=reference,
        version=version,
        number_type=first.number_type if first else "local",
        country=country,
        # Toll-free numbers have no BTN (B 7385).
        btn="" if toll_free else _e164(request.btn, country),
        new_btn="" if toll_free else _e164(request.new_btn, country),
        account_hint=account_hint(request.account_number),
        numbers=tuple(number.e164 for number in numbers),
        requested_on=read_day(request.requested_date),
        platform=request.platform,
        **{name: getattr(request, name) for name in _COPIED},
    )


def _e164(text: str, country: str) -> str:
    """Return a number as E.164; what cannot be read stays as it was typed."""
    try:
        return parse_number(text, country).e164 if text else ""
    except FindingRefusal:
        return text
