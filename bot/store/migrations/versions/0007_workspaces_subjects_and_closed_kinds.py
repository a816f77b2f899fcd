"""Whose a row is, what it is about besides cases, and a CHECK for every closed set"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KINDS = {
    "delivery": (
        "headline", "card", "note", "word", "reminder", "checklist", "checklist_update", "alert",
        "alarm", "refused", "shut", "unseen", "letter", "fetch", "handover",
    ),
    "history": (
        "filed", "opened", "status", "dismissed", "changed", "date_confirmed", "letter",
        "letter_blocked", "letter_refused", "signed", "handed_over", "revealed", "link", "ticked",
        "unticked", "request", "request_half_approved", "request_approved", "request_rejected",
        "locked", "not_own", "owner_ordered", "owner_not_ordered", "pin_set", "pin_ask_removal",
        "pin_confirm_removal",
    ),
    "audit": (
        "revealed", "compared", "locked", "half_approved", "approved", "rejected",
        "secrets_changed", "setting_set", "setting_unset", "owner_ordered", "owner_not_ordered",
        "pin_chosen", "pin_made", "pin_set", "pin_changed", "pin_ask_removal",
        "pin_confirm_removal",
    ),
    "document": ("bill", "csr_copy", "signed_loa"),
}  # fmt: skip
_SUBJECTS = ("case", "number", "request", "workspace")
_ONE_SUBJECT = (
    "((subject = 'case') = (case_id IS NOT NULL)) AND ((subject = 'number') = (e164 IS NOT NULL)) "
    "AND ((subject = 'request') = (request_id IS NOT NULL))"
)
# Tables whose rows have no other key than what they are about.
_KEYED = {
    "pin_protection": "e164",
    "pin_guesses": "e164",
    "address": "person",
    "shut_channel": "channel",
    "call_pace": "method",
}
_OWNED = ("draft", "port_case", "case_number", "delivery", "history", "audit")
_IS_OPEN: dict[str, Any] = {
    "sqlite_where": sa.text("is_held = 1"),
    "postgresql_where": sa.text("is_held"),
}
# What PostgreSQL calls the constraints to which the first schema gave no name.
_NAMED = {"uq": "%(table_name)s_%(column_0_name)s_key", "pk": "%(table_name)s_pkey"}


def upgrade() -> None:
    _add_workspaces()
    for table in ("delivery", "history"):
        _open_to_subjects(table)
    for table in ("audit", "document"):
        _close(table, f"{table}_kind", "kind", _KINDS[table])
    _close("loa", "loa_signature", "signature", ("", "ink", "electronic"))
    _close("case_number", "number_type", "number_type", ("local", "toll_free"))
    _make_agenda_of_subjects()
    _index_by("workspace_id")


def _add_workspaces() -> None:
    workspace = op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id"),
    )
    op.bulk_insert(workspace, [{"id": 1}])
    for table in _OWNED:
        op.add_column(table, _workspace())
    for table, key in _KEYED.items():
        with op.batch_alter_table(table, naming_convention=_NAMED) as batch:
            batch.add_column(_workspace())
            _key(batch, table, [key, "workspace_id"])
    with op.batch_alter_table("carrier", naming_convention=_NAMED) as batch:
        batch.add_column(_workspace())
        batch.drop_constraint("carrier_folded_key", type_="unique")
        batch.create_unique_constraint("uq_carrier_folded", ["workspace_id", "folded"])


def _workspace() -> sa.Column[int]:
    # A replica of the older release still adds rows: it does not know the column.
    return sa.Column("workspace_id", sa.Integer(), nullable=False, server_default="1")


def _key(batch: BatchOperations, table: str, columns: list[str]) -> None:
    batch.drop_constraint(f"{table}_pkey", type_="primary")
    batch.create_primary_key(f"{table}_pkey", columns)


def _open_to_subjects(table: str) -> None:
    with op.batch_alter_table(table) as batch:
        for column in _subject():
            batch.add_column(column)
        batch.create_foreign_key("fk_request", "carrier_request", ["request_id"], ["id"])
        batch.alter_column("case_id", existing_type=sa.Integer(), nullable=True)
        _check(batch, f"{table}_kind", "kind", _KINDS[table])
        _check_subject(batch)


def _subject() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("subject", sa.String(32), nullable=False, server_default="case"),
        sa.Column("e164", sa.String(20), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
    )


def _check_subject(batch: BatchOperations) -> None:
    _check(batch, "subject_kind", "subject", _SUBJECTS)
    batch.create_check_constraint("one_subject", _ONE_SUBJECT)


def _close(table: str, name: str, column: str, words: Iterable[str]) -> None:
    with op.batch_alter_table(table) as batch:
        _check(batch, name, column, words)


def _check(batch: BatchOperations, name: str, column: str, words: Iterable[str]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    batch.create_check_constraint(name, f"{column} IN ({listed})")


def _make_agenda_of_subjects() -> None:
    op.rename_table("agenda", "agenda_of_cases")
    op.drop_index("ix_agenda_look_at", "agenda_of_cases")
    op.create_table(
        "agenda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        _workspace(),
        *_subject(),
        sa.ForeignKeyConstraint(["case_id"], ["port_case.id"]),
        sa.ForeignKeyConstraint(["request_id"], ["carrier_request.id"], name="fk_request"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda"),
        sa.UniqueConstraint("case_id", name="uq_agenda_case"),
        sa.UniqueConstraint("workspace_id", "e164", name="uq_agenda_number"),
        sa.UniqueConstraint("request_id", name="uq_agenda_request"),
        sa.CheckConstraint(f"subject IN {_SUBJECTS}", name="subject_kind"),
        sa.CheckConstraint(_ONE_SUBJECT, name="one_subject"),
    )
    op.create_index("ix_agenda_look_at", "agenda", ["look_at"])
    op.execute(
        "INSERT INTO agenda (case_id, look_at, turn) "
        "SELECT case_id, look_at, turn FROM agenda_of_cases"
    )
    op.drop_table("agenda_of_cases")


def _index_by(*first: str) -> None:
    for name, columns in (
        ("ix_case_open", ["is_open", "id"]),
        ("ix_case_requester", ["requester", "is_open", "id"]),
        ("ix_case_carrier", ["carrier_folded", "id"]),
    ):
        op.drop_index(name, "port_case")
        op.create_index(name, "port_case", [*first, *columns])
    held = "uq_number_in_one_open_case"
    op.drop_index(held, "case_number")
    op.create_index(held, "case_number", [*first, "e164"], unique=True, **_IS_OPEN)


def downgrade() -> None:
    _index_by()
    _make_agenda_of_cases()
    _open_again("case_number", "number_type")
    _open_again("loa", "loa_signature")
    for table in ("audit", "document"):
        _open_again(table, f"{table}_kind")
    for table in ("delivery", "history"):
        _close_to_subjects(table)
    _drop_workspaces()


def _make_agenda_of_cases() -> None:
    op.rename_table("agenda", "agenda_of_subjects")
    op.drop_index("ix_agenda_look_at", "agenda_of_subjects")
    op.create_table(
        "agenda",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["port_case.id"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("ix_agenda_look_at", "agenda", ["look_at"])
    op.execute(
        "INSERT INTO agenda (case_id, look_at, turn) "
        "SELECT case_id, look_at, turn FROM agenda_of_subjects WHERE case_id IS NOT NULL"
    )
    op.drop_table("agenda_of_subjects")


def _open_again(table: str, check: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(check, type_="check")


def _close_to_subjects(table: str) -> None:
    # An older release knows nothing but cases.
    op.execute(f"DELETE FROM {table} WHERE case_id IS NULL")
    with op.batch_alter_table(table) as batch:
        for check in (f"{table}_kind", "subject_kind", "one_subject"):
            batch.drop_constraint(check, type_="check")
        batch.drop_constraint("fk_request", type_="foreignkey")
        for column in ("subject", "e164", "request_id"):
            batch.drop_column(column)
        batch.alter_column("case_id", existing_type=sa.Integer(), nullable=False)


def _drop_workspaces() -> None:
    with op.batch_alter_table("carrier") as batch:
        batch.drop_constraint("uq_carrier_folded", type_="unique")
        batch.create_unique_constraint("carrier_folded_key", ["folded"])
        batch.drop_column("workspace_id")
    for table, key in _KEYED.items():
        with op.batch_alter_table(table, naming_convention=_NAMED) as batch:
            _key(batch, table, [key])
            batch.drop_column("workspace_id")
    for table in _OWNED:
        op.drop_column(table, "workspace_id")
    op.drop_table("workspace")
