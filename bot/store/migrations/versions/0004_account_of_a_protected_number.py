"""A protected number may name the account that a carrier has to give"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pin_protection", sa.Column("sealed_account", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("pin_protection", "sealed_account")
