"""The numbers as a whole: how many, of which country and type, and who has them already."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, get_args

from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import PortIn, PortOut
from bot.domain.numbers.phone_number import NumberType, named
from bot.domain.rulebook.context import Facts

MOST_RANGES: Final = 10  # more of them are a project of their own (C)
TYPES: Final = frozenset(get_args(NumberType))
SPLIT: Final = "yes"  # the person agrees to one linked case for each country (S1)


def check_numbers(facts: Facts[Any]) -> Iterator[Finding]:
    """Check what was read: something, of one country, of the type that was chosen."""
    if not facts.numbers and not facts.listed.problems:
        yield found("numbers_required")
    yield from facts.listed.problems
    if facts.listed.vanity:
        pairs = [f"{typed} → {e164}" for typed, e164 in facts.listed.vanity]
        yield found("number_vanity", pairs=named(pairs))
    if (count := _ranges(facts)) > MOST_RANGES:
        yield found("numbers_project", count=count, most=MOST_RANGES)
    yield from _countries(facts)
    yield from _types(facts)


def _ranges(facts: Facts[Any]) -> int:
    """Count the ranges, those typed as ranges or those that a plain list amounts to."""
    values = sorted(int(number.e164) for number in facts.numbers)
    steps = [right - left == 1 for left, right in pairwise(values)]
    starts = sum(now and not before for before, now in zip([False, *steps], steps, strict=False))
    return max(facts.listed.ranges, starts)


def _countries(facts: Facts[Any]) -> Iterator[Finding]:
    countries = sorted({number.country for number in facts.numbers})
    strangers = [number.e164 for number in facts.numbers if number.country != facts.country]
    agreed = getattr(facts.intake, "split", "") == SPLIT
    if len(countries) > 1 and not agreed:
        yield found("numbers_many_countries", countries=", ".join(countries))
    elif strangers and facts.country not in countries:
        yield found(
            "numbers_other_country",
            typed=named(strangers),
            theirs=", ".join(countries),
            country=facts.country,
        )
    elif len(facts.groups) > 1 and isinstance(facts.intake, PortIn):
        yield found("numbers_split", count=len(facts.groups))


def _types(facts: Facts[Any]) -> Iterator[Finding]:
    chosen = getattr(facts.intake, "number_type", "")
    actual = {number.number_type for number in facts.numbers}
    if chosen and chosen not in TYPES:
        yield found("number_type_invalid")
    elif chosen and actual and chosen not in actual:
        yield found("number_type_differs", chosen=chosen.replace("_", "-"))


def check_holdings(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Check that no other case and not the inventory has a number already."""
    yield from _held("numbers_in_case", facts, facts.around.taken)
    yield from _held("numbers_in_draft", facts, facts.around.drafts)
    yield from _held("numbers_in_inventory", facts, facts.around.inventory or {})
    room = facts.around.inventory_room
    if room is not None and len(facts.numbers) > room:
        yield found("inventory_full", count=len(facts.numbers), room=max(room, 0))


def check_port_out_holdings(facts: Facts[PortOut]) -> Iterator[Finding]:
    """Check that the numbers are the team's to give away, and in no other open case."""
    yield from _held("numbers_in_case", facts, facts.around.taken)
    yield from _held("numbers_in_draft", facts, facts.around.drafts)
    inventory = facts.around.inventory
    missing = [] if inventory is None else sorted(facts.e164s - inventory.keys())
    if missing:
        yield found("numbers_not_in_inventory", typed=named(missing))
    came = {facts.around.platforms.get(e164) for e164 in facts.e164s} - {None}
    if facts.intake.platform and came - {facts.intake.platform}:
        yield found("platform_differs")


def _held(code: str, facts: Facts[Any], holders: Mapping[str, str]) -> Iterator[Finding]:
    taken = [number.e164 for number in facts.numbers if number.e164 in holders]
    if taken:
        holder = sorted({holders[e164] for e164 in taken} - {""})
        yield found(code, typed=named(taken), holder=named(holder))
