"""Which numbers can travel together in one case."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from bot.domain.intake.intake import Intake, PortIn
from bot.domain.numbers.number_list import NumberList, TelephoneNumber, read_numbers
from bot.domain.numbers.phone_number import known_country
from bot.domain.rulebook.checks.btn import btn_is_ported
from bot.domain.rulebook.context import AnIntake, CaseGroup, Facts
from bot.domain.text.matching import plain_name


def split_into_cases(
    intake: Intake, numbers: tuple[TelephoneNumber, ...], country: str
) -> tuple[CaseGroup, ...]:
    """Sort numbers by losing carrier, country and type, in the order of their first number (S1)."""
    named = _carriers(intake, country)
    default = intake.losing_carrier if isinstance(intake, PortIn) else ""
    groups: dict[tuple[str, str, str], list[TelephoneNumber]] = {}
    for number in numbers:
        carrier = named.get(number.e164, default)
        groups.setdefault((carrier, number.country, number.number_type), []).append(number)
    return tuple(CaseGroup(*key, tuple(members)) for key, members in groups.items())


def _carriers(intake: Intake, country: str) -> dict[str, str]:
    """Return the losing carrier of each number for which a file named one."""
    spelled: dict[str, str] = {}
    typed_for: dict[str, list[str]] = {}
    for typed, carrier in getattr(intake, "carriers", {}).items():
        # The same carrier in other letters is the same carrier; the first spelling stays.
        folded = plain_name(carrier)
        spelled.setdefault(folded, " ".join(carrier.split()))
        typed_for.setdefault(folded, []).append(typed)
    return {
        number.e164: spelled[folded]
        for folded, typed in typed_for.items()
        if folded
        for number in read_numbers(typed, country).numbers
    }


def by_country(facts: Facts[AnIntake]) -> tuple[Facts[AnIntake], ...]:
    """Part a request for several countries, so that each is judged by its own rules (S1)."""
    countries = tuple(dict.fromkeys(number.country for number in facts.numbers))
    if len(countries) < 2:
        return (facts,)
    return tuple(_part(facts, country) for country in countries)


def _part(facts: Facts[AnIntake], country: str) -> Facts[AnIntake]:
    here = tuple(number for number in facts.numbers if number.country == country)
    return replace(
        facts,
        listed=NumberList(here),
        country=country,
        groups=tuple(group for group in facts.groups if group.country == country),
        elsewhere=facts.e164s - {number.e164 for number in here},
    )


def with_btn(facts: Facts[AnIntake]) -> Facts[AnIntake]:
    """Return the part of a request that hangs on the BTN: local numbers, the US before others.

    Only US accounts must have one (S2); which part else has it is the country that was chosen (I).
    """

    def rank(part: Facts[AnIntake]) -> tuple[bool, bool, bool]:
        return part.only_toll_free, part.country != "US", part.country != facts.country

    return min(by_country(facts), key=rank)


BTN_FIELDS: Final = ("btn", "btn_option", "new_btn")


def fields_of_group(facts: Facts[PortIn], group: CaseGroup) -> dict[str, str]:
    """Return what the intake's fields are in the case of one lot, where there are several.

    Numbers are written as ranges; the BTN goes with the local numbers of its country, and its
    option only with the BTN itself.
    """
    home = with_btn(facts).country
    address = known_country(facts.intake.address_country) or facts.country
    near = group.number_type == "local" and group.country == home
    ports = btn_is_ported(facts.intake.btn, home, frozenset(n.e164 for n in group.numbers))
    kept = {"btn": near, "btn_option": near and ports, "new_btn": near and ports}
    return {
        "country": group.country,
        "number_type": group.number_type,
        "losing_carrier": group.losing_carrier,
        "numbers": as_ranges(group.numbers),
        "address_country": "" if group.country == address else address,
        **{name: getattr(facts.intake, name) if kept[name] else "" for name in BTN_FIELDS},
    }


def request_of_group(facts: Facts[PortIn], group: CaseGroup) -> PortIn:
    """Return what the case of one lot asks for: the request, or its own part of several.

    What only sorted the numbers into lots is settled by then and falls away. An address lies in a
    country that there is, or in that of the numbers, as it was judged.
    """
    intake = facts.intake
    settled: dict[str, Any] = {
        "numbers": as_ranges(group.numbers),
        "losing_carrier": group.losing_carrier,
        "address_country": known_country(intake.address_country),
        "carriers": {},
        "split": "",
        "today": None,
    }
    own = fields_of_group(facts, group) if len(facts.groups) > 1 else {}
    return intake.model_copy(update=settled | own)


def as_ranges(numbers: Iterable[TelephoneNumber]) -> str:
    """Write numbers as short as they can be read again: neighbours as one range."""
    return ", ".join(ranges(number.e164 for number in numbers))


def ranges(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return E.164 numbers in their order, neighbours as one range."""
    return tuple(f"+{a}" if a == z else f"+{a} to +{z}" for a, z in _runs(numbers))


def national_ranges(numbers: Iterable[TelephoneNumber], most: int) -> str:
    """Write the first `most` ranges as people of the country write numbers."""
    written = {int(number.e164): number.national for number in numbers}
    runs = _runs(map(str, written))
    shown = [written[a] if a == z else f"{written[a]} to {written[z]}" for a, z in runs[:most]]
    return ", ".join(shown) + (" …" if len(runs) > most else "")


def _runs(numbers: Iterable[str]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for value in sorted(map(int, numbers)):
        if runs and value == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], value)
        else:
            runs.append((value, value))
    return runs
