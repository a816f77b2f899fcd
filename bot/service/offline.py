"""The desk without Slack and without the worker: what the command line asks of it.

Apart from `bot.service.wiring`, so that a command does not load DBOS before it begins.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from bot.desk.core.context import Clock, DeskContext, Names
from bot.desk.core.outbox import Dispatcher, NoDispatcher
from bot.desk.core.work import Work
from bot.desk.desk import Desk
from bot.desk.gateways.by_hand import ByHand
from bot.service.settings import CaseSettings
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
    context = make_room(settings, engine, clock, NoDispatcher(), _nobody, "")
    return Desk(context, Templates(), "command line")


def make_room(
    settings: CaseSettings,
    engine: Engine,
    clock: Clock,
    dispatcher: Dispatcher,
    is_agent: Callable[[str], bool],
    channel: str,
    agents: Names = tuple,
) -> DeskContext:
    """Return the surroundings of a desk whose database is `engine`."""
    return DeskContext(
        sessions=sessionmaker(engine, class_=Work, expire_on_commit=False),
        clock=clock,
        wall=wall_clock,
        cipher=Cipher(settings.keys),
        channel=channel,
        time_zone=settings.portdesk_time_zone,
        is_agent=is_agent,
        dispatcher=dispatcher,
        gateway=ByHand(),
        agents=agents,
    )


def _nobody(_person: str) -> bool:
    return False
