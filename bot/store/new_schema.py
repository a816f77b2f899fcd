"""The schema of a new database, made at once: the way through all revisions takes four times that.

Tests hold both ways against each other.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, insert

from bot.store.models.base import FIRST_WORKSPACE, Base
from bot.store.models.slack_pace import CallPace
from bot.store.models.subjects import Workspace

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def make_at_once(connection: Connection) -> None:
    """Make all tables with the rows that they begin with, in the caller's transaction."""
    Base.metadata.create_all(connection)
    connection.execute(insert(Workspace), [{"id": FIRST_WORKSPACE}])
    pace = {"method": "chat.update", "workspace_id": FIRST_WORKSPACE, "next_at": LONG_AGO}
    connection.execute(insert(CallPace), [pace])
