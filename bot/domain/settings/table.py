"""The settings of a desk: one row for each, with all that holds for it anywhere.

A new setting is a row here and its sentence in `templates/settings.toml`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bot.domain.intake.intake import Platform
from bot.domain.intake.platforms import PLATFORMS
from bot.domain.settings.kinds import (
    ACCOUNT_ID,
    CARRIER_NAME,
    CHANNEL_ID,
    COUNT,
    HOURS,
    PEOPLE,
    RESP_ORG_ID,
    ZONE,
    Kind,
)

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, kw_only=True)
class Setting(Generic[T_co]):
    """One setting.

    `variable` names the variable of the environment that counts where nobody set it, and `default`
    is what counts without that. What is `secret` is sealed at rest and masked where it is listed.
    """

    name: str
    kind: Kind[T_co]
    default: T_co
    source: str
    variable: str = ""
    secret: bool = False
    platform: Platform | None = None

    @property
    def sentence(self) -> str:
        """The row of `templates/settings.toml` that says what it is."""
        return self.name.partition(".")[0]


CHANNEL: Final = Setting(
    name="channel", kind=CHANNEL_ID, default="", source="I", variable="PORTDESK_CHANNEL"
)
ALERTS_CHANNEL: Final = Setting(name="alerts_channel", kind=CHANNEL_ID, default="", source="I")
AGENTS: Final = Setting(
    name="agents", kind=PEOPLE, default="", source="I", variable="PORTDESK_AGENTS"
)
TIME_ZONE: Final = Setting(
    name="time_zone",
    kind=ZONE,
    default="America/New_York",
    source="I",
    variable="PORTDESK_TIME_ZONE",
)
DESK_HOURS: Final = Setting(
    name="desk_hours", kind=HOURS, default=HOURS.parse("Mon-Fri 09:00-17:00"), source="I"
)
INVENTORY_LIMIT: Final = Setting(name="inventory_limit", kind=COUNT, default=25, source="S4")

_ByPlatform = Mapping[Platform, Setting[str | None]]


def _by_platform(
    name: str, kind: Kind[str], source: str, platforms: Iterable[Platform], secret: bool = False
) -> _ByPlatform:
    """Return a setting for each platform; what nobody set is not known."""
    return {
        platform: Setting(
            name=f"{name}.{platform}", kind=kind, default=None, source=source,
            secret=secret, platform=platform,
        )
        for platform in platforms
    }  # fmt: skip


_OPEN: Final = [platform for platform, row in PLATFORMS.items() if not row.closed]
WINNING_CARRIER: Final = _by_platform("winning_carrier", CARRIER_NAME, "F", _OPEN)
RESP_ORG: Final = _by_platform(
    "resp_org", RESP_ORG_ID, "F", [platform for platform in _OPEN if PLATFORMS[platform].toll_free]
)
# Numbers still leave a platform that has closed, and the carrier names its account.
AWS_ACCOUNT: Final = _by_platform("aws_account", ACCOUNT_ID, "S3", PLATFORMS, secret=True)

_ROWS: Final[tuple[Setting[object], ...]] = (
    CHANNEL,
    ALERTS_CHANNEL,
    AGENTS,
    TIME_ZONE,
    DESK_HOURS,
    INVENTORY_LIMIT,
    *WINNING_CARRIER.values(),
    *RESP_ORG.values(),
    *AWS_ACCOUNT.values(),
)
SETTINGS: Final[Mapping[str, Setting[object]]] = {row.name: row for row in _ROWS}
