"""When the clock has to look at a case next"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["port_case.id"]),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("ix_agenda_look_at", "agenda", ["look_at"])
    # Every open case is looked at once; that look finds the next moment.
    op.execute(
        "INSERT INTO agenda (case_id, look_at, turn) "
        "SELECT id, created_at, 0 FROM port_case WHERE is_open"
    )


def downgrade() -> None:
    op.drop_table("agenda")
