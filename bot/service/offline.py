"""The desk without Slack and without the worker: what the command line asks of it.

Apart from `bot.service.wiring`, so that a command does not load DBOS before it begins.
"""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from bot.desk.core.context import Clock, DeskContext
from bot.desk.core.desk_settings import DeskSettings
from bot.desk.core.outbox import Dispatcher, NoDispatcher
from bot.desk.core.work import Work
from bot.desk.desk import Desk
from bot.desk.gateways.by_hand import ByHand
from bot.service.settings import CaseSettings, given_to_the_desk
from bot.store.database import prepared_engine
from bot.store.encryption import Cipher
from bot.wording.templates import Templates


def wall_clock() -> datetime:
    """Return the time it is, in UTC."""
    return datetime.now(UTC)


def open_desk(settings: CaseSettings, clock: Clock = wall_clock) -> Desk:
    """Return a desk for the command line: it reads and renders, and delivers nothing.

    Raises `PortingError` where there is no database of the desk; none is made.
    """
    engine = prepared_engine(settings.database_url, may_be_new=False)
    context = make_room(settings, engine, clock, NoDispatcher())
    return Desk(context, Templates(), "command line")


def make_room(
    settings: CaseSettings, engine: Engine, clock: Clock, dispatcher: Dispatcher
) -> DeskContext:
    """Return the surroundings of a desk whose database is `engine`, in which nobody is an agent."""
    sessions = sessionmaker(engine, class_=Work, expire_on_commit=False)
    cipher = Cipher(settings.keys)
    return DeskContext(
        sessions=sessions,
        clock=clock,
        wall=wall_clock,
        cipher=cipher,
        settings=DeskSettings(sessions, cipher, given_to_the_desk(settings)),
        is_agent=_nobody,
        dispatcher=dispatcher,
        gateway=ByHand(),
    )


def _nobody(_person: str) -> bool:
    return False
