"""What has to be done when numbers leave, and what must not be left behind (S0, S2, S3, C)."""

from collections.abc import Iterable
from typing import Final

from bot.domain.checklists.port_in import Item, Progress, Team
from bot.domain.intake.intake import Platform

_ALL: Final = frozenset(Platform)

PORT_OUT_ITEMS: Final = (
    Item("winner_told", Team.TEAM, _ALL, "S2, S3"),
    Item("request_seen", Team.DESK, _ALL, "S3"),
    Item("request_approved", Team.DESK, _ALL, "S3"),
    Item("ported_away", Team.DESK, _ALL, "S2"),
    Item("nothing_routed", Team.TEAM, _ALL, "I"),
    Item("unassigned", Team.DESK, _ALL, "S2, S3", per_number=True),
    Item("deleted", Team.DESK, _ALL, "S2, S3", per_number=True),
    Item("billing_stopped", Team.TEAM, _ALL, "I"),
)
# A case waits for these after the port; only an agent's reason completes it without them.
AFTERWARDS: Final = ("unassigned", "deleted")


def left_to_clear(
    progress: Iterable[Progress], numbers: Iterable[str], stayed: Iterable[str]
) -> tuple[str, ...]:
    """Return the numbers that left and are still assigned or in the inventory here."""
    gone = set(numbers) - set(stayed)
    return tuple(
        sorted(
            {
                e164
                for item in progress
                if item.item.key in AFTERWARDS
                for e164 in gone - {tick.e164 for tick in item.ticks}
            }
        )
    )
