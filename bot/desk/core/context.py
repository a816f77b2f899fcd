"""What every use case of the desk needs: sessions, clocks, keys, and who is who."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from bot.desk.core.desk_settings import DeskSettings
from bot.desk.core.outbox import Dispatcher, write_owed
from bot.desk.core.work import Work
from bot.desk.gateways.gateway import CarrierGateway
from bot.domain.cases.workflow import Role
from bot.domain.settings.table import ALERTS_CHANNEL, CHANNEL, TIME_ZONE
from bot.errors import Refusal
from bot.store.encryption import Cipher
from bot.store.models.base import FIRST_WORKSPACE
from bot.store.models.cases import Case

Clock = Callable[[], datetime]
Names = Callable[[], Sequence[str]]
T = TypeVar("T")
# Whoever loses a race this often in a row is told to try again.
MOST_RACES = 4


class Busy(Refusal):
    """The database cannot take the change now; nothing of it was kept."""


class Stale(Refusal):
    """Somebody else changed the case first."""


class Crossed(Stale):
    """Two transactions met on the same rows, and the database let the other one through."""


@dataclass(frozen=True)
class DeskContext:
    """The desk's surroundings. `clock` is the desk's time, `wall` the real one (for leases)."""

    sessions: sessionmaker[Work]
    clock: Clock
    wall: Clock
    cipher: Cipher
    settings: DeskSettings
    is_agent: Callable[[str], bool]
    dispatcher: Dispatcher
    gateway: CarrierGateway
    agents: Names = tuple
    workspace_id: int = FIRST_WORKSPACE

    @property
    def channel(self) -> str:
        """The channel that the desk posts to now; what is owed to an older one stays owed to it."""
        return self.settings.value(CHANNEL)

    @property
    def alerts_channel(self) -> str:
        """The channel for what must not be overlooked: the desk's own, where there is no other."""
        return self.settings.value(ALERTS_CHANNEL) or self.channel

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel that the desk posts to, its own first."""
        return tuple(dict.fromkeys((self.channel, self.alerts_channel)))

    @property
    def time_zone(self) -> str:
        """The zone of the desk."""
        return self.settings.value(TIME_ZONE)

    @contextmanager
    def transaction(self) -> Iterator[Work]:
        """Commit what the block did, or nothing of it; a busy or full disk is `Busy`."""
        try:
            with self.sessions.begin() as work:
                work.context, work.workspace_id = self, self.workspace_id
                yield work
                write_owed(work, self.dispatcher)
        except (StaleDataError, IntegrityError) as error:
            raise Crossed("changed_meanwhile") from error
        except (OperationalError, NoConnection) as error:
            raise Busy("try_again") from error

    def again(self, work: Callable[[], T]) -> T:
        """Do a transaction anew when it met another one: now it sees what the other one did.

        A double click, a repeated delivery and two people at once all end here; `work` has to
        find what was done already before anything else, or to refuse it. A refusal counts when it
        is found twice: the first time it may speak of what the same click did meanwhile.
        """
        try:
            return self._past_races(work)
        except Busy:
            raise
        except Refusal:
            return self._past_races(work)

    def _past_races(self, work: Callable[[], T]) -> T:
        for _ in range(MOST_RACES - 1):
            try:
                return work()
            except Crossed:
                continue
        return work()

    def today(self, time_zone: str = "") -> date:
        """Return the day it is in a zone (default the desk's)."""
        return self.clock().astimezone(ZoneInfo(time_zone or self.time_zone)).date()

    def role(self, who: str, case: Case) -> Role:
        """Say what a person is to a case."""
        if self.is_agent(who):
            return Role.AGENT
        return Role.REQUESTER if who == case.requester else Role.OTHER
