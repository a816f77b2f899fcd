"""A CHECK for every closed set of kinds"""

from alembic import op

revision = "0007"
down_revision = "0005"
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
        "secrets_changed", "owner_ordered", "owner_not_ordered", "pin_chosen", "pin_made",
        "pin_set", "pin_changed", "pin_ask_removal", "pin_confirm_removal",
    ),
    "document": ("bill", "csr_copy", "signed_loa"),
}  # fmt: skip


def upgrade() -> None:
    for table, words in _KINDS.items():
        listed = ", ".join(f"'{word}'" for word in words)
        with op.batch_alter_table(table) as batch:
            batch.create_check_constraint(f"{table}_kind", f"kind IN ({listed})")


def downgrade() -> None:
    for table in _KINDS:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"{table}_kind", type_="check")
