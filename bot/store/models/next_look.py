"""When the clock has to look at something next."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import Base, InWorkspace
from bot.store.models.subjects import AboutSubject, one_subject


class Agenda(InWorkspace, AboutSubject, Base):
    """One line for each subject, mostly a case.

    `look_at` is in the desk's time, None when there is nothing to come. It stands apart from the
    case, whose version must not move because of the clock. `turn` counts the changes, so that a
    look that began before a change does not overwrite what it asked for.
    """

    __tablename__ = "agenda"
    id: Mapped[int] = mapped_column(primary_key=True)
    look_at: Mapped[datetime | None] = mapped_column(index=True)
    turn: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        one_subject(),
        UniqueConstraint("case_id", name="uq_agenda_case"),
        UniqueConstraint("workspace_id", "e164", name="uq_agenda_number"),
        UniqueConstraint("request_id", name="uq_agenda_request"),
    )
