"""What the replicas tell each other about Slack: a channel that is shut, and the pace of calls."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.models.base import Base, KeyedInWorkspace


class ShutChannel(KeyedInWorkspace, Base):
    """A channel that Slack does not let the desk post to; one delivery at a time tries it.

    Whoever comes at `probe_at` or later tries next. All moments are of the wall clock.
    """

    __tablename__ = "shut_channel"
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(80))
    probe_at: Mapped[datetime]


class CallPace(KeyedInWorkspace, Base):
    """When a method of Slack's has its next turn; `next_at` runs ahead of the clock by a burst."""

    __tablename__ = "call_pace"
    method: Mapped[str] = mapped_column(String(40), primary_key=True)
    next_at: Mapped[datetime]
