"""What every table is made on."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.models.column_types import UtcDateTime

# The workspace of a database that serves one only.
FIRST_WORKSPACE: Final = 1


class Base(DeclarativeBase):
    """Base of all tables; subclasses are the rows."""

    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it from the class)
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
    }


class InWorkspace:
    """A row of one workspace.

    A session sees and writes those of its own (`bot/store/workspace_session.py`).

    What hangs on such a row, as a letter on its case, is found through it and names none.
    """

    workspace_id: Mapped[int] = mapped_column(
        default=FIRST_WORKSPACE, server_default=str(FIRST_WORKSPACE), sort_order=1
    )


class KeyedInWorkspace:
    """The same, where the workspace is a part of the key."""

    workspace_id: Mapped[int] = mapped_column(
        primary_key=True,
        autoincrement=False,
        default=FIRST_WORKSPACE,
        server_default=str(FIRST_WORKSPACE),
        sort_order=1,
    )


def table_of(mapped: type[Base]) -> Table:
    """Return the table behind a class, for statements that need no objects.

    Such a statement, made once, spares what takes longer than SQLite needs to execute it.
    """
    return mapped.metadata.tables[mapped.__tablename__]
