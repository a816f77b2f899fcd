"""Replicas that deliver when a test says so, on a wall clock that the test moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from bot.desk.core.outbox import NoDispatcher
from bot.desk.desk import Desk
from bot.desk.notifications.deliveries import ClaimedDelivery, Receipt
from bot.service.wiring import Service
from bot.slack.delivery.poster import Poster
from bot.store.models.deliveries import Delivery
from bot.worker.dispatcher import DbosDispatcher
from bot.worker.worker import Worker
from slack_sandbox import AdjustableClock, Enforce, Sandbox
from slack_sandbox.state.workspace import Workspace
from tests.office import FAST, MONDAY, Message, Office

# Longer than a lease, a share's patience and every pause but those that need a person.
A_WHILE = timedelta(seconds=70)
Post = Callable[[ClaimedDelivery], Receipt]


@dataclass
class ByHand:
    """An office whose worker sleeps, and replicas of it by name."""

    office: Office
    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def wall(self) -> datetime:
        """Return the time it is for all replicas."""
        return self.moment

    def wait(self, length: timedelta = A_WHILE) -> None:
        """Let time pass for the replicas, but not in Slack."""
        self.moment += length

    def desk(self, name: str, **limits: Any) -> Desk:
        """Return the desk of a replica."""
        service = self.office.service
        room = replace(service.desk.context, dispatcher=NoDispatcher(), wall=self.wall)
        return Desk(room, service.desk.words, name, **limits)

    def deliver(self, keys: list[str], name: str = "one", post: Post | None = None) -> None:
        """Let a replica try deliveries, as its worker does."""
        service, desk = self.office.service, self.desk(name)
        posting = post or Poster(desk, service.client).post
        worker = Worker(desk, posting, DbosDispatcher(service.engine), service.engine, name)
        for key in keys:
            worker.deliver(key)

    def fail(self, key: str, name: str) -> None:
        """Let a replica try a delivery and die before it has written down how that ended."""
        desk = self.desk(name)
        claimed = desk.claims.claim(key)
        if claimed is not None:
            try:
                Poster(desk, self.office.service.client).post(claimed)
            except Exception:
                return

    def waiting(self, *kinds: str) -> list[str]:
        """Return the keys of what waits, the oldest first; of these kinds or of all."""
        query = select(Delivery.key).where(Delivery.done_at.is_(None)).order_by(Delivery.id)
        if kinds:
            query = query.where(Delivery.kind.in_(kinds))
        with self.office.service.desk.context.transaction() as session:
            return list(session.scalars(query))

    def row(self, key: str) -> Delivery:
        """Return a delivery as it is written down."""
        with self.office.service.desk.context.transaction() as session:
            return session.scalars(select(Delivery).where(Delivery.key == key)).one()


@contextmanager
def delivered_by_hand(
    folder: Path, database_url: str, workspace: Workspace = EXAMPLE
) -> Iterator[ByHand]:
    """Open an office in which nothing is delivered by itself."""
    clock = AdjustableClock(MONDAY)
    with Sandbox(MANIFEST, workspace, clock, enforce_rates=Enforce.NONE) as slack:
        settings = sandbox_settings(slack, folder)
        settings = settings.model_copy(update={"database_url": database_url})
        service = Service(settings, clock, FAST)
        by_hand = ByHand(Office(slack, service, clock, settings))
        service.desk = by_hand.desk("who files")
        yield by_hand
        service.engine.dispose()


def files_of(messages: list[Message], ending: str) -> list[Message]:
    """Return all files shown in these messages whose names end so."""
    shown = [file for message in messages for file in message.get("files") or ()]
    return [file for file in shown if str(file["name"]).endswith(ending)]
