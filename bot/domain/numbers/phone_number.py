"""One telephone number: read as people write it, kept as E.164."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from bot.domain.findings.finding import Finding, FindingRefusal
from bot.domain.findings.rules import found
from bot.domain.numbers.number_text import clean, has_extension, keypad

NumberType = Literal["local", "toll_free"]

NORTH_AMERICA: Final = 1
_E164: Final = re.compile(r"\+[1-9]\d{6,14}")
# Numbers that cost the caller extra; no carrier moves them to these platforms.
PREMIUM: Final = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})
PREMIUM_EXCHANGE: Final = "976"  # of every North American area code
# Numbers that are no telephone line of a customer (I), or stand in no country's plan.
NOT_A_LINE: Final = frozenset(
    {
        PhoneNumberType.UNKNOWN,
        PhoneNumberType.PERSONAL_NUMBER,
        PhoneNumberType.PAGER,
        PhoneNumberType.VOICEMAIL,
        PhoneNumberType.UAN,
    }
)
SHORTEST_SUBSCRIBER: Final = 7
NAMED: Final = 5
REMEMBERED: Final = 16384  # numbers; each page of a form asks for the same list again


@dataclass(frozen=True)
class TelephoneNumber:
    """A number that exists in its country's plan, local or toll-free (mobile counts as local)."""

    e164: str
    country: str
    number_type: NumberType

    @property
    def national(self) -> str:
        """The number as people of its country write it."""
        number = phonenumbers.parse(self.e164)
        return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)

    def __str__(self) -> str:
        return self.e164


def is_e164(number: str) -> bool:
    """Tell whether the number has the form +12065550100, in ASCII digits."""
    return bool(number.isascii() and _E164.fullmatch(number))


def parse_number(text: str, country: str = "US") -> TelephoneNumber:
    """Read one number; `country` (ISO 3166, two letters) is meant where no +code is written.

    Raises `FindingRefusal` with the rule that refuses it.
    """
    result = examine(text, country)
    if isinstance(result, Finding):
        raise FindingRefusal(result)
    return result


def examine(text: str, country: str = "US") -> TelephoneNumber | Finding:
    """Read one number, or say by which rule it is refused (S1, S2, I)."""
    typed = clean(text)
    if has_extension(typed):
        return _refused("number_extension", text)
    digits = keypad(typed)
    if digits is None:
        return _refused("number_unreadable", text)
    return _short(digits, text) or _classified(typed, digits, text, country)


def known_country(text: str) -> str:
    """Return the two letters of a country that has telephone numbers, "" for any other text."""
    letters = text.upper()
    return letters if letters in phonenumbers.SUPPORTED_REGIONS else ""


def _classified(typed: str, digits: str, text: str, country: str) -> TelephoneNumber | Finding:
    dialled = ("+" if typed.startswith("+") else "") + digits
    result = _in_plan(dialled, known_country(country) or "US")
    return _refused(result, text) if isinstance(result, str) else result


@lru_cache(maxsize=REMEMBERED)
def _in_plan(dialled: str, home: str) -> TelephoneNumber | str:
    """Return the number that these digits are, or the code of the rule that refuses them."""
    try:
        number = phonenumbers.parse(dialled, home)
    except phonenumbers.NumberParseException:
        return "number_impossible"
    kind, region = phonenumbers.number_type(number), phonenumbers.region_code_for_number(number)
    if kind in PREMIUM or _is_premium_exchange(number):
        return "number_premium"
    if kind in NOT_A_LINE or region in (None, "001"):
        return "number_impossible"
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if kind != PhoneNumberType.TOLL_FREE:
        return TelephoneNumber(e164, region, "local")
    shared = number.country_code == NORTH_AMERICA
    return TelephoneNumber(e164, _toll_free_home(home) if shared else region, "toll_free")


def _is_premium_exchange(number: PhoneNumber) -> bool:
    national = phonenumbers.national_significant_number(number)
    return number.country_code == NORTH_AMERICA and national[3:6] == PREMIUM_EXCHANGE


def _toll_free_home(country: str) -> str:
    # North American toll-free numbers belong to no single country of the plan (I).
    in_plan = phonenumbers.country_code_for_region(country) == NORTH_AMERICA
    return country if in_plan else "US"


def _short(digits: str, text: str) -> Finding | None:
    if len(digits) == 3 and digits.endswith("11") and digits[0] not in "01":
        return _refused("number_n11", text)
    if len(digits) < SHORTEST_SUBSCRIBER:
        return _refused("number_short_code", text)
    return None


def _refused(code: str, text: str) -> Finding:
    return refusal(code, [text])


def refusal(code: str, typed: Sequence[str]) -> Finding:
    """Return one finding on the numbers that names the first few texts it is about."""
    return found(code, typed=named(typed), count=len(typed))


def named(texts: Sequence[str]) -> str:
    """Return the first few texts, and how many more there are."""
    first = ", ".join(shown(text) for text in texts[:NAMED])
    return first if len(texts) <= NAMED else f"{first} and {len(texts) - NAMED} more"


def shown(text: str, longest: int = 40) -> str:
    """Return what was typed, short enough to be quoted in a sentence."""
    line = " ".join(text.split())
    printable = "".join(letter for letter in line if letter.isprintable())
    return printable if len(printable) <= longest else printable[: longest - 1] + "…"
