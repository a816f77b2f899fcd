"""The numbers that the team holds: brought by a completed port-in, and not gone since."""

from dataclasses import dataclass

from bot.desk.core.context import DeskContext
from bot.desk.core.references import reference
from bot.desk.numbers.holdings import held_numbers, protections
from bot.store.models.cases import Case, CaseNumber

MOST_LISTED = 40


@dataclass(frozen=True)
class InventoryNumber:
    """A number of the inventory, the case it came with, and whether a PIN protects it."""

    e164: str
    reference: str
    protected: bool


@dataclass(frozen=True)
class Listed:
    """The first numbers that a person may see, and whether there are more."""

    shown: tuple[InventoryNumber, ...]
    more: bool


class Inventory:
    """Lists the numbers that came in with completed ports, to those who may see them."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def held_for(self, who: str) -> Listed:
        """List the first numbers: of all for an agent, of one's own for a requester."""
        query = held_numbers().order_by(CaseNumber.e164).limit(MOST_LISTED + 1)
        if not self._context.is_agent(who):
            query = query.where(Case.requester == who)
        with self._context.transaction() as work:
            rows = work.execute(query).all()
            guarded = protections(work, [row.e164 for row in rows])
            shown = [
                InventoryNumber(row.e164, reference(row.id), row.e164 in guarded) for row in rows
            ]
            return Listed(tuple(shown[:MOST_LISTED]), len(shown) > MOST_LISTED)
