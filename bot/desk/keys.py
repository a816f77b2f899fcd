"""Rotating keys: what rests sealed under an older key is sealed again under the newest one."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, Table, select, update

from bot.desk.room import Room
from bot.store.base import Base, table_of
from bot.store.tables import Document

SEALED = "sealed"
CHUNK = 100


class Keys:
    """Looks after what is sealed."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def rotate(self) -> int:
        """Seal everything again under the newest key; returns how many values.

        Works beside a running desk: a value that somebody changes meanwhile stays as they left
        it, since it has the newest key already. Raises `PortingError` where no key fits.
        """
        return sum(self._column(table, column) for table, column in _sealed_columns())

    def _column(self, table: Table, column: Column[Any]) -> int:
        keys = list(table.primary_key.columns)
        with self._room.transaction() as session:
            rows = session.execute(select(*keys).where(column.is_not(None))).all()
        chunks = (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
        return sum(self._chunk(column, keys, [tuple(row) for row in chunk]) for chunk in chunks)

    def _chunk(
        self, column: Column[Any], keys: list[Column[Any]], rows: list[tuple[Any, ...]]
    ) -> int:
        count = 0
        with self._room.transaction() as session:
            for row in rows:
                here = [key == value for key, value in zip(keys, row, strict=True)]
                old = session.scalar(select(column).where(*here))
                if old is None:
                    continue
                mine = update(column.table).where(*here, column == old)
                session.execute(mine.values({column.name: self._renewed(old)}))
                count += 1
        return count

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
