"""Which platform takes which numbers (S2, S3, K)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import Intake, Platform
from bot.domain.rulebook.context import Facts


@dataclass(frozen=True)
class Takes:
    """What one platform can receive; `closed` where its service has ended."""

    toll_free: bool = True
    abroad: bool = True
    closed: bool = False


# The source documents differ on Business Calling: S3 speaks of "toll-free" in general, S2 and S4
# exclude it by name, and the service's own guide (K) does too.
PLATFORMS: Final[Mapping[Platform, Takes]] = {
    Platform.CONNECT: Takes(),
    Platform.BUSINESS_CALLING: Takes(toll_free=False, abroad=False, closed=True),
    Platform.VOICE_CONNECTOR: Takes(abroad=False),
    Platform.SIP_MEDIA_APPLICATION: Takes(),
}


def check_platform(facts: Facts[Intake]) -> Iterator[Finding]:
    """Check the platform itself and whether it can take these numbers."""
    name = facts.intake.platform
    if not name:
        yield found("platform_required")
    elif name not in PLATFORMS:
        yield found("platform_invalid", choices=", ".join(PLATFORMS))
    else:
        yield from _limits(facts, PLATFORMS[Platform(name)])


def _limits(facts: Facts[Intake], takes: Takes) -> Iterator[Finding]:
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
