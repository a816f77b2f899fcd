"""Rotating keys: what rests sealed under an older key is sealed again under the newest one."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, and_, select, update

from bot.desk.room import Room
from bot.store.base import Base, table_of
from bot.store.tables import Document

SEALED = "sealed"
# Short texts. Of files each has a transaction of its own: a hundred of them would hold the writer's
# lock for longer than a person at the desk can wait.
CHUNK = 100


class Keys:
    """Looks after what is sealed."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def rotate(self) -> int:
        """Seal everything again under the newest key; returns how many values.

        Works beside a running desk: a value that somebody changes meanwhile stays as they left
        it, since it has the newest key already. Raises `PortingError` where no key fits, or where
        the database is busy: what was renewed until then stays so, and one may simply call again.
        """
        return sum(self._column(table, column) for table, column in _sealed_columns())

    def _column(self, table: Table, column: Column[Any]) -> int:
        keys = list(table.primary_key.columns)
        with self._room.transaction() as session:
            rows = session.execute(select(*keys).where(column.is_not(None))).all()
        places = [
            and_(*(key == value for key, value in zip(keys, row, strict=True))) for row in rows
        ]
        size = 1 if isinstance(column.type, LargeBinary) else CHUNK
        chunks = (places[start : start + size] for start in range(0, len(places), size))
        return sum(self._chunk(column, chunk) for chunk in chunks)

    def _chunk(self, column: Column[Any], places: list[ColumnElement[bool]]) -> int:
        """Seal a few values outside of any transaction, and only then take the writer's lock."""
        with self._room.transaction() as session:
            olds = [session.scalar(select(column).where(here)) for here in places]
        found = [(here, old) for here, old in zip(places, olds, strict=True) if old is not None]
        renewed = [(here, old, self._renewed(old)) for here, old in found]
        with self._room.transaction() as session:
            for here, old, new in renewed:
                mine = update(column.table).where(here, column == old)
                session.execute(mine.values({column.name: new}))
        return len(renewed)

    def _renewed(self, old: str | bytes) -> str | bytes:
        renew: Callable[[Any], str | bytes] = self._room.cipher.renew
        return renew(old) if isinstance(old, str) else self._room.cipher.renew_bytes(old)


def _sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column with a name like `sealed…`, and the content of documents."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name.startswith(SEALED):
                yield table, column
    content = table_of(Document)
    yield content, content.columns["content"]
