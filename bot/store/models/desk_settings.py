"""What the desk is set to, beside what its environment says."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import Base, KeyedInWorkspace


class DeskSetting(KeyedInWorkspace, Base):
    """One setting that somebody set: as text, or sealed where it is secret."""

    __tablename__ = "desk_setting"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str | None] = mapped_column(Text)
    sealed_value: Mapped[str | None] = mapped_column(Text)
    set_by: Mapped[str] = mapped_column(String(32))
    set_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("(value IS NULL) <> (sealed_value IS NULL)", name="ck_plain_or_sealed"),
    )
