"""The platforms: one row for each, with all in which they differ (S1, S2, S3, K)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.intake.intake import Platform


class Service(StrEnum):
    """The service of AWS that a platform belongs to: who is asked, and what has to be done."""

    CONNECT = "connect"
    CHIME = "chime"


@dataclass(frozen=True, kw_only=True)
class PlatformRow:
    """One platform.

    `toll_free` and `abroad` (outside the United States) numbers it takes or not; `closed` where
    its service has ended; `dated` where a request within the United States names date and time;
    `usage_abroad` where one from abroad must estimate its usage.
    """

    service: Service
    toll_free: bool = True
    abroad: bool = True
    closed: bool = False
    dated: bool = True
    usage_abroad: bool = False


# The source documents differ on Business Calling: S3 speaks of "toll-free" in general, S2 and S4
# exclude it by name, and the service's own guide (K) does too.
PLATFORMS: Final[Mapping[Platform, PlatformRow]] = {
    Platform.CONNECT: PlatformRow(service=Service.CONNECT, dated=False),
    Platform.BUSINESS_CALLING: PlatformRow(
        service=Service.CHIME, toll_free=False, abroad=False, closed=True
    ),
    Platform.VOICE_CONNECTOR: PlatformRow(service=Service.CHIME, abroad=False),
    Platform.SIP_MEDIA_APPLICATION: PlatformRow(service=Service.CHIME, usage_abroad=True),
}


def of_service(service: Service) -> frozenset[Platform]:
    """Return the platforms of a service."""
    return frozenset(name for name, row in PLATFORMS.items() if row.service is service)


def row_of(platform: str) -> PlatformRow | None:
    """Return the row of a platform as an intake names it, None where there is none."""
    return PLATFORMS[Platform(platform)] if platform in set(Platform) else None


def is_connect(platform: str) -> bool:
    """Tell whether a platform, as an intake names it, is Amazon Connect's."""
    row = row_of(platform)
    return row is not None and row.service is Service.CONNECT
