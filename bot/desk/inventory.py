"""The numbers that the team holds: brought by a completed port-in, and not gone since."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.desk.port_out.holdings import holdings, protections
from bot.desk.room import Room
from bot.store.tables import CaseNumber, Outcome

MOST_LISTED = 40


@dataclass(frozen=True)
class Held:
    """A number of the inventory, the case it came with, and whether a PIN protects it."""

    e164: str
    reference: str
    protected: bool


@dataclass(frozen=True)
class Listed:
    """The first numbers that a person may see, and how many there are in all."""

    shown: tuple[Held, ...]
    total: int


class Inventory:
    """Lists the inventory."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def held_for(self, who: str) -> Listed:
        """List the numbers: all of them for an agent, one's own for a requester."""
        with self._room.transaction() as session:
            came = select(CaseNumber.e164).where(CaseNumber.outcome == Outcome.PORTED).distinct()
            found = holdings(session, list(session.scalars(came)))
            mine = {
                e164: holding
                for e164, holding in sorted(found.items())
                if self._room.is_agent(who) or holding.owner == who
            }
            guarded = protections(session, list(mine)[:MOST_LISTED])
            shown = [
                Held(e164, holding.reference, e164 in guarded)
                for e164, holding in list(mine.items())[:MOST_LISTED]
            ]
            return Listed(tuple(shown), len(mine))
