"""Carriers seen before, for the type-ahead."""

from sqlalchemy import bindparam, insert, select, update

from bot.desk.core.context import DeskContext
from bot.desk.core.work import Work
from bot.domain.text.matching import plain_name
from bot.store.models.base import table_of
from bot.store.models.cases import Carrier

MOST_OFFERED = 20
_TABLE = table_of(Carrier)
_HEARD_FIRST = insert(_TABLE)
_HEARD_AGAIN = (
    update(_TABLE)
    .where(_TABLE.c.folded == bindparam("heard"), _TABLE.c.workspace_id == bindparam("here"))
    .values(seen=_TABLE.c.seen + 1)
    .returning(_TABLE.c.id)
)


def fold(name: str) -> str:
    """Return a carrier's name as it is compared: without case and spare spaces."""
    return plain_name(name)[:200]


def remember_carrier(work: Work, name: str) -> None:
    """Count a carrier; the first spelling stays."""
    folded = fold(name)
    if not folded:
        return
    here = work.workspace_id
    if not work.execute(_HEARD_AGAIN, {"heard": folded, "here": here}).all():
        first = {"folded": folded, "name": name.strip()[:200], "seen": 1, "workspace_id": here}
        work.execute(_HEARD_FIRST, first)


class Carriers:
    """Suggests carriers seen before, most used first, to whoever types a name."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def like(self, typed: str) -> tuple[str, ...]:
        """Return the carriers whose name has these letters, the most frequent first."""
        with self._context.transaction() as work:
            query = select(Carrier.name).where(
                Carrier.folded.contains(fold(typed), autoescape=True)
            )
            found = work.scalars(
                query.order_by(Carrier.seen.desc(), Carrier.name).limit(MOST_OFFERED)
            )
            return tuple(found)
