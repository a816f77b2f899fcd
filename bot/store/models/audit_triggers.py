"""Makes the audit a table that can only grow, by triggers that no statement gets around."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, inspect, text

# Alembic compares tables and columns only, so these are laid on anew at every migration.
_SQLITE: Final = tuple(
    f"CREATE TRIGGER IF NOT EXISTS audit_no_{verb.lower()} BEFORE {verb} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
_POSTGRESQL: Final = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$",
    "CREATE OR REPLACE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)
_BY_DIALECT: Final[Mapping[str, tuple[str, ...]]] = {
    "sqlite": _SQLITE,
    "postgresql": _POSTGRESQL,
}


def make_append_only(connection: Connection) -> None:
    """Lay the triggers on the audit, in the transaction of the migration."""
    if not inspect(connection).has_table("audit"):
        return
    for statement in _BY_DIALECT[connection.dialect.name]:
        connection.execute(text(statement))
