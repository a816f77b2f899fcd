"""What every table is made on."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Table
from sqlalchemy.orm import DeclarativeBase

from bot.store.models.column_types import UtcDateTime


class Base(DeclarativeBase):
    """Base of all tables; subclasses are the rows."""

    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it from the class)
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
    }


def table_of(mapped: type[Base]) -> Table:
    """Return the table behind a class, for statements that need no objects.

    Such a statement, made once, spares what takes longer than SQLite needs to execute it.
    """
    return mapped.metadata.tables[mapped.__tablename__]
