"""Rotating keys: what rests sealed under an older key is sealed again under the newest one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, and_, select, update

from bot.desk.core.context import DeskContext
from bot.desk.core.references import reference
from bot.domain.cases.case import mask_number
from bot.errors import PortingError
from bot.store.encryption import Unreadable
from bot.store.models.base import Base, table_of
from bot.store.models.cases import Case, Document
from bot.store.models.desk_settings import DeskSetting

SEALED = "sealed"
# What a row is called, and the condition that finds it.
_Place = tuple[str, ColumnElement[bool]]
# Short texts. Of files each has a transaction of its own: a hundred of them would hold the writer's
# lock for longer than a person at the desk can wait.
CHUNK = 100


class WrongKey(PortingError):
    """No key opens anything of what is stored."""

    def __init__(self) -> None:
        super().__init__(
            "PORTDESK_SECRET_KEY opens nothing of what is stored in this database. Put back the "
            "key that the desk had (of several, newest first), or check DATABASE_URL."
        )


@dataclass
class Looked:
    """How many sealed values were opened, and the names of those that no key opens."""

    opened: int = 0
    unreadable: list[str] = field(default_factory=list)


class KeyRotation:
    """Tries whether the keys open what is stored, and seals it anew under the newest."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def look(self) -> Looked:
        """Try the oldest and the newest value of each sealed column.

        Raises `WrongKey` where there are some and none opens: whatever was stored under such a
        key could not be read by the right one later.
        """
        found = Looked()
        with self._context.transaction() as work:
            for table, column in _sealed_columns():
                keys = list(table.primary_key.columns)
                for order in (keys, [key.desc() for key in keys]):
                    query = select(*keys, column).where(column.is_not(None)).order_by(*order)
                    if (row := work.execute(query.limit(1)).first()) is not None:
                        self._try(found, _name(table, row), row[-1])
        if found.unreadable and not found.opened:
            raise WrongKey
        return found

    def _try(self, found: Looked, name: str, sealed: str | bytes) -> None:
        if self._context.cipher.opens(sealed):
            found.opened += 1
        elif name not in found.unreadable:
            found.unreadable.append(name)

    def rotate(self) -> Looked:
        """Seal everything again under the newest key; what no key opens stays as it is.

        Works beside a running desk: a value that somebody changes meanwhile stays as they left
        it, since it has the newest key already. Raises `Busy` where the database is busy:
        what was renewed until then stays so, and one may simply call again.
        """
        found = Looked()
        for table, column in _sealed_columns():
            self._column(found, table, column)
        return found

    def _column(self, found: Looked, table: Table, column: Column[Any]) -> None:
        keys = list(table.primary_key.columns)
        with self._context.transaction() as work:
            rows = work.execute(select(*keys).where(column.is_not(None))).all()
        places = [
            (_name(table, row), and_(*(key == v for key, v in zip(keys, row, strict=True))))
            for row in rows
        ]
        size = 1 if isinstance(column.type, LargeBinary) else CHUNK
        chunks = (places[start : start + size] for start in range(0, len(places), size))
        for chunk in chunks:
            self._chunk(found, column, chunk)

    def _chunk(self, found: Looked, column: Column[Any], places: list[_Place]) -> None:
        """Seal a few values outside of any transaction, and only then take the writer's lock."""
        with self._context.transaction() as work:
            olds = [(*place, work.scalar(select(column).where(place[1]))) for place in places]
        renewed = []
        for name, here, old in olds:
            try:
                renewed += [] if old is None else [(here, old, self._renewed(old))]
            except Unreadable:
                found.unreadable.append(name)
        with self._context.transaction() as work:
            for here, old, new in renewed:
                mine = update(column.table).where(here, column == old)
                work.execute(mine.values({column.name: new}))
        found.opened += len(renewed)

    def _renewed(self, old: str | bytes) -> str | bytes:
        renew: Callable[[Any], str | bytes] = self._context.cipher.renew
        return renew(old) if isinstance(old, str) else self._context.cipher.renew_bytes(old)


def _name(table: Table, row: Any) -> str:
    """Name a row for whoever runs the desk; a telephone number is not told whole."""
    if table is table_of(Case):
        return reference(row[0])
    if table is table_of(DeskSetting):
        return f"the setting {row.name}"
    return f"{table.name} {mask_number(row[0]) if isinstance(row[0], str) else row[0]}"


def _sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column with a name like `sealed…`, and the content of documents."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name.startswith(SEALED):
                yield table, column
    content = table_of(Document)
    yield content, content.columns["content"]
