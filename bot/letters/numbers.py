"""How a telephone number is written for people."""

import re

import phonenumbers

from bot.domain.numbers.phone_number import is_e164

_NORTH_AMERICAN = re.compile(r"\+1(\d{3})(\d{3})(\d{4})")


def national(number: str) -> str:
    """Write an E.164 number as people of its country do, such as (206) 555-0100.

    A number of a country code that does not exist stays as it is.
    """
    # Most letters are North American; the library takes a hundred times as long.
    if match := _NORTH_AMERICAN.fullmatch(number):
        return "({}) {}-{}".format(*match.groups())
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def national_and_e164(number: str) -> str:
    """Write an E.164 number both ways, and anything else as it is."""
    return f"{national(number)} / {number}" if is_e164(number) else number
