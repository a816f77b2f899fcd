"""What has to be true on porting day, by platform (S1 §5, S2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.intake.intake import Platform
from bot.domain.intake.platforms import Service, of_service


class Team(StrEnum):
    """Who does an item: the requester's team, or the porting desk."""

    TEAM = "team"
    DESK = "desk"


@dataclass(frozen=True)
class Item:
    """One line of the checklist; its sentence is `templates/checklist.toml`."""

    key: str
    team: Team
    platforms: frozenset[Platform]
    source: str
    per_number: bool = False


@dataclass(frozen=True)
class Tick:
    """Somebody's word that an item is done; `e164` is empty but for items of each number."""

    item: str
    e164: str
    by: str


_CONNECT, _CHIME = of_service(Service.CONNECT), of_service(Service.CHIME)
_ALL = frozenset(Platform)

ITEMS: tuple[Item, ...] = (
    Item("numbers_visible", Team.TEAM, _CHIME, "S2"),
    Item("flows_assigned", Team.TEAM, _CONNECT, "S1", per_number=True),
    Item("numbers_assigned", Team.TEAM, _CHIME, "S2", per_number=True),
    Item("quotas_in_place", Team.TEAM, _CONNECT, "S1"),
    Item("old_traffic_stopped", Team.TEAM, _CONNECT, "S1"),
    Item("test_calls_reach_flows", Team.TEAM, _CONNECT, "S1"),
    Item("test_calls_both_ways", Team.TEAM, _CHIME, "S2"),
    Item("agents_logged_in", Team.TEAM, _CONNECT, "S1"),
    Item("expected_traffic", Team.TEAM, _ALL, "S1, S2"),
    Item("port_confirmed", Team.DESK, _ALL, "S1"),
    Item("final_test", Team.DESK, _ALL, "S1"),
    Item("customer_told", Team.DESK, _ALL, "S1"),
    Item("customer_verified", Team.DESK, _ALL, "S1"),
)


def items_for(platform: Platform) -> tuple[Item, ...]:
    """Return the items of a platform in the order of the day."""
    return tuple(item for item in ITEMS if platform in item.platforms)


@dataclass(frozen=True)
class Progress:
    """How far one item is: `done` of `total` (1, or how many numbers), and who ticked it last."""

    item: Item
    done: int
    total: int
    ticks: tuple[Tick, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing of the item is left to do."""
        return self.done >= self.total


def progress(
    items: Iterable[Item], numbers: Iterable[str], ticks: Iterable[Tick]
) -> tuple[Progress, ...]:
    """Count the ticks of each item; ticks for numbers that left the case do not count."""
    wanted = set(numbers)
    given = tuple(ticks)
    return tuple(_one(item, wanted, given) for item in items)


def _one(item: Item, numbers: set[str], ticks: tuple[Tick, ...]) -> Progress:
    targets = numbers if item.per_number else {""}
    mine = tuple(tick for tick in ticks if tick.item == item.key and tick.e164 in targets)
    return Progress(item, len({tick.e164 for tick in mine}), len(targets), mine)
