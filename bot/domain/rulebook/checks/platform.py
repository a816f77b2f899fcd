"""Which platform takes which numbers (S2, S3, K)."""

from collections.abc import Iterator

from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import Intake
from bot.domain.intake.platforms import PLATFORMS, PlatformRow, row_of
from bot.domain.rulebook.context import Facts


def check_platform(facts: Facts[Intake]) -> Iterator[Finding]:
    """Check the platform itself and whether it can take these numbers."""
    name = facts.intake.platform
    if not name:
        yield found("platform_required")
    elif row := row_of(name):
        yield from _limits(facts, row)
    else:
        yield found("platform_invalid", choices=", ".join(PLATFORMS))


def _limits(facts: Facts[Intake], takes: PlatformRow) -> Iterator[Finding]:
    types = {number.number_type for number in facts.numbers}
    if takes.closed:
        yield found("platform_closed")
    if not takes.toll_free and facts.only_toll_free:
        yield found("platform_no_toll_free")
    elif not takes.toll_free and "toll_free" in types:
        yield found("platform_mixed_types")
    if not takes.abroad and _abroad(facts):
        yield found("platform_us_only")


def _abroad(facts: Facts[Intake]) -> bool:
    return facts.country != "US" or any(number.country != "US" for number in facts.numbers)
