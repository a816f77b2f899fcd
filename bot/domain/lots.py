"""Which numbers can travel together in one case."""

from bot.domain.facts import Lot
from bot.domain.intake import Intake, PortIn
from bot.domain.likeness import plain_name
from bot.domain.numbers import TelephoneNumber, read_numbers


def in_lots(intake: Intake, numbers: tuple[TelephoneNumber, ...], country: str) -> tuple[Lot, ...]:
    """Sort numbers by losing carrier, country and type, in the order of their first number (S1)."""
    named = _carriers(intake, country)
    default = intake.losing_carrier if isinstance(intake, PortIn) else ""
    lots: dict[tuple[str, str, str], list[TelephoneNumber]] = {}
    for number in numbers:
        carrier = named.get(number.e164, default)
        lots.setdefault((carrier, number.country, number.number_type), []).append(number)
    return tuple(Lot(*key, tuple(members)) for key, members in lots.items())


def _carriers(intake: Intake, country: str) -> dict[str, str]:
    """Return the losing carrier of each number for which a file named one."""
    named: dict[str, str] = {}
    spelled: dict[str, str] = {}
    for typed, carrier in getattr(intake, "carriers", {}).items():
        name = " ".join(carrier.split())
        # The same carrier in other letters is the same carrier; the first spelling stays.
        name = spelled.setdefault(plain_name(name), name)
        for number in read_numbers(typed, country).numbers if name else ():
            named[number.e164] = name
    return named
