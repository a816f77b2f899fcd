"""Alembic's entry: runs the revisions on the engine that `bot.store.database` passes in."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, inspect, text

from bot.store.models.audit_triggers import make_append_only
from bot.store.models.base import Base
from bot.store.models.column_types import UtcDateTime
from bot.store.new_schema import make_at_once

# Any number will do, as long as every release has the same.
MIGRATION_LOCK = 7_678_337


def _ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Leave alone the tables of DBOS, which live beside ours on SQLite."""
    return kind != "table" or name in Base.metadata.tables


def _plain_types(kind: str, value: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column types as what they are underneath: revisions outlive our code."""
    if kind == "type" and isinstance(value, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _one_at_a_time(connection: Connection) -> None:
    """Replicas that start together migrate one after the other; the later ones find it done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_empty(connection: Connection) -> bool:
    """Say whether nobody has made a table of ours yet; asked behind the lock."""
    return not set(inspect(connection).get_table_names()) & {"alembic_version", "port_case"}


def _run() -> None:
    with context.config.attributes["engine"].begin() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=_ours,
            render_item=_plain_types,
            render_as_batch=connection.dialect.name == "sqlite",
        )
        with context.begin_transaction():
            _one_at_a_time(connection)
            if context.config.attributes.get("at_once") and _is_empty(connection):
                make_at_once(connection)
                context.get_context().stamp(context.script, "head")
            else:
                context.run_migrations()
        make_append_only(connection)


_run()
