"""PINs that protect numbers, and how often somebody guessed wrong."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import Base, KeyedInWorkspace


class Protection(KeyedInWorkspace, Base):
    """A PIN set for a number before anybody asks for it (S3); removing it takes two people.

    The account ID is what a carrier has to name beside the PIN, if somebody gave it.
    """

    __tablename__ = "pin_protection"
    e164: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int] = mapped_column()
    sealed: Mapped[str] = mapped_column(Text)
    sealed_account: Mapped[str | None] = mapped_column(Text)
    set_by: Mapped[str] = mapped_column(String(32))
    set_at: Mapped[datetime]
    removal_by: Mapped[str] = mapped_column(String(32), default="")
    removal_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it here)


class FailedPins(KeyedInWorkspace, Base):
    """How often a number was asked for with a wrong secret; the version keeps replicas in step."""

    __tablename__ = "pin_guesses"
    e164: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int] = mapped_column()
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it here)
