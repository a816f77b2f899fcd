"""What a country allows: porting at all, only whole ranges, and which papers (C, K, S3)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.domain.countries.portability import documents_needed, portability
from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import PortIn, PortOut
from bot.domain.intake.platforms import row_of
from bot.domain.numbers.phone_number import known_country
from bot.domain.rulebook.context import Facts

BLOCK: Final = 10  # numbers; Singapore lets go of nothing smaller (C)


def check_country(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Check that numbers of this country can be ported, and what it asks for."""
    if facts.intake.country and not known_country(facts.intake.country):
        yield found("country_invalid")
        return
    yield from _POSSIBLE[portability(facts.country)](facts)
    if facts.country != "US":
        yield from _volume(facts)
        number_type = "toll_free" if facts.only_toll_free else "local"
        papers = "; ".join(documents_needed(facts.country, number_type))
        yield found("country_documents", country=facts.country, papers=papers)


def _possible(_: Facts[PortIn]) -> Iterator[Finding]:
    return iter(())


def _not_possible(facts: Facts[PortIn]) -> Iterator[Finding]:
    yield found("country_not_portable", country=facts.country)


def _ranges(facts: Facts[PortIn]) -> Iterator[Finding]:
    """A number without a neighbour is no range; how large one must be the carrier knows (I)."""
    ported = {int(e164) for e164 in facts.e164s}
    lonely = sorted(value for value in ported if not ported & {value - 1, value + 1})
    if lonely:
        yield found("country_ranges_only", country=facts.country, typed=f"+{lonely[0]}")
    elif ported:
        yield found("country_whole_ranges", country=facts.country)


def _ask(facts: Facts[PortIn]) -> Iterator[Finding]:
    yield found("country_ask_first", country=facts.country)


def _unlisted(facts: Facts[PortIn]) -> Iterator[Finding]:
    yield found("country_unlisted", country=facts.country)


_POSSIBLE: Final[Mapping[str, Callable[[Facts[PortIn]], Iterator[Finding]]]] = {
    "yes": _possible,
    "no": _not_possible,
    "ranges": _ranges,
    "ask": _ask,
    "unlisted": _unlisted,
}


def _volume(facts: Facts[PortIn]) -> Iterator[Finding]:
    """The Chime form asks for the volume (S3); for Connect it only helps."""
    if not facts.intake.usage_volume:
        row = row_of(facts.intake.platform)
        must = row is not None and row.usage_abroad
        yield found("usage_volume_required" if must else "usage_volume_missing")


def check_port_out_blocks(facts: Facts[PortOut]) -> Iterator[Finding]:
    """Singapore lets numbers go only in whole blocks ending 0 to 9 (C)."""
    ported = {int(number.e164) for number in facts.numbers if number.country == "SG"}
    whole = all(
        first + step in ported for first in {n - n % BLOCK for n in ported} for step in range(BLOCK)
    )
    if not whole:
        yield found("port_out_blocks")
