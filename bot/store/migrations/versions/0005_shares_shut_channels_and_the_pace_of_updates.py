"""Whether a file was shown, which channel is shut, and when a message may be updated"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", _moment("completed_at", nullable=True))
    # A replica of the older release still adds deliveries: it does not know the column.
    op.add_column("delivery", sa.Column("lost", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("delivery", _moment("slot_at", nullable=True))
    op.create_table(
        "shut_channel",
        sa.Column("channel", sa.String(32), nullable=False),
        _moment("since"),
        sa.Column("why", sa.String(80), nullable=False),
        _moment("probe_at"),
        sa.PrimaryKeyConstraint("channel"),
    )
    pace = op.create_table(
        "call_pace",
        sa.Column("method", sa.String(40), nullable=False),
        _moment("next_at"),
        sa.PrimaryKeyConstraint("method"),
    )
    op.bulk_insert(pace, [{"method": "chat.update", "next_at": datetime(2000, 1, 1, tzinfo=UTC)}])


def _moment(name: str, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def downgrade() -> None:
    op.drop_table("call_pace")
    op.drop_table("shut_channel")
    for name in ("slot_at", "lost", "completed_at"):
        op.drop_column("delivery", name)
