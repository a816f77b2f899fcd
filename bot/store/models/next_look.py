"""When the clock has to look at a case next."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import Base


class Agenda(Base):
    """One line for each case: `look_at` in the desk's time, None when there is nothing to come.

    Apart from the case, whose version must not move because of the clock. `turn` counts the
    changes, so that a look that began before a change does not overwrite what it asked for.
    """

    __tablename__ = "agenda"
    case_id: Mapped[int] = mapped_column(ForeignKey("port_case.id"), primary_key=True)
    look_at: Mapped[datetime | None] = mapped_column(index=True)
    turn: Mapped[int] = mapped_column(default=0)
