"""Inserts new rows past SQLAlchemy's unit of work.

To link, sort and watch rows that nobody has read yet took a fifth of the time of a filing.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, insert
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.sql.schema import ScalarElementColumnDefault as Constant

from bot.store.models.base import Base, table_of
from bot.store.workspace_session import RememberingSession


def insert_now(session: RememberingSession, rows: Sequence[Base]) -> None:
    """Insert rows of one class; from then on they are as if they had just been read."""
    _insert(session, rows)
    for row in rows:
        make_transient_to_detached(row)
        session.add(row)


def insert_later(session: RememberingSession, row: Base) -> None:
    """Insert a row when the transaction ends, with all that it says by then."""
    session.left.setdefault(type(row), []).append(row)


def insert_waiting(session: RememberingSession) -> None:
    """Insert the rows that were left for later, class by class: they have their ids then.

    At the end of a transaction only: what is changed of them afterwards is not written.
    """
    left, session.left = session.left, {}
    for rows in left.values():
        _insert(session, rows)


def _insert(session: RememberingSession, rows: Sequence[Base]) -> None:
    mapped = type(rows[0])
    for row in rows:
        session.own(row)
    values = [_values(row) for row in rows]
    # A single row spares the way of the many.
    added = session.execute(_statement(mapped), values if len(values) > 1 else values[0])
    key = table_of(mapped).autoincrement_column
    if key is not None:
        for row, given in zip(rows, added.scalars(), strict=True):
            vars(row)[key.key] = given


def _values(row: Base) -> dict[str, Any]:
    """Return what the columns of a row say; the row learns the defaults of the others."""
    said = vars(row)
    return {name: said.setdefault(name, blank) for name, blank in _blank(type(row)).items()}


@cache
def _blank(mapped: type[Base]) -> dict[str, Any]:
    """Return what the columns of a row say that nobody filled in; not the id it is given."""
    table = table_of(mapped)
    return {
        column.key: column.default.arg if isinstance(column.default, Constant) else None
        for column in table.columns
        if column is not table.autoincrement_column
    }


@cache
def _statement(mapped: type[Base]) -> Executable:
    table = table_of(mapped)
    key = table.autoincrement_column
    if key is None:
        return insert(table)
    return insert(table).returning(key, sort_by_parameter_order=True)
