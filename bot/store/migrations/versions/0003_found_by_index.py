"""Cases and deliveries are found without reading all of them"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CASES = sa.table("port_case", sa.column("losing_carrier"), sa.column("carrier_folded"))


def upgrade() -> None:
    # A replica of the older release may still add cases: it does not know the column.
    op.add_column(
        "port_case",
        sa.Column("carrier_folded", sa.String(200), nullable=False, server_default=""),
    )
    _fold_carriers()
    op.create_index("ix_case_carrier", "port_case", ["carrier_folded", "id"])
    op.drop_index("ix_port_case_requester", "port_case")
    op.drop_index("ix_case_requester", "port_case")
    op.create_index("ix_case_requester", "port_case", ["requester", "is_open", "id"])
    _add_partial("ix_delivery_oldest", ["created_at", "id"], "done_at IS NULL")
    _add_partial("ix_delivery_alarm", ["created_at"], "kind = 'alarm'")


def _add_partial(name: str, columns: list[str], where: str) -> None:
    rows = sa.text(where)
    op.create_index(name, "delivery", columns, sqlite_where=rows, postgresql_where=rows)


def _fold_carriers() -> None:
    connection = op.get_bind()
    names = connection.scalars(sa.select(_CASES.c.losing_carrier).distinct()).all()
    for name in names:
        folded = " ".join(name.casefold().split())[:200]
        chosen = sa.update(_CASES).where(_CASES.c.losing_carrier == name)
        connection.execute(chosen.values(carrier_folded=folded))


def downgrade() -> None:
    op.drop_index("ix_delivery_alarm", "delivery")
    op.drop_index("ix_delivery_oldest", "delivery")
    op.drop_index("ix_case_requester", "port_case")
    op.create_index("ix_case_requester", "port_case", ["requester", "id"])
    op.create_index("ix_port_case_requester", "port_case", ["requester"])
    op.drop_index("ix_case_carrier", "port_case")
    op.drop_column("port_case", "carrier_folded")
