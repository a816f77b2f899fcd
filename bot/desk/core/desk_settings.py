"""What the desk is set to, asked for from memory: the table is read now and then.

Nobody who asks waits for the database, least of all inside of a transaction. A process that stays
reads the table anew every few seconds (`follow`), in a thread of its own.
"""

import threading
from collections.abc import Mapping
from typing import TypeVar

import structlog
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from bot.desk.core.work import Work
from bot.domain.settings.kinds import BadValue
from bot.domain.settings.table import SETTINGS, Setting
from bot.store.encryption import Cipher
from bot.store.models.desk_settings import DeskSetting

T = TypeVar("T")
_ALL = select(DeskSetting)
log = structlog.get_logger()


class DeskSettings:
    """The settings as the table has them, else as the environment (`given`), else by default."""

    def __init__(
        self, sessions: sessionmaker[Work], cipher: Cipher, given: Mapping[str, str]
    ) -> None:
        self._sessions = sessions
        self._cipher = cipher
        self._given = given
        self._rows: Mapping[str, DeskSetting] = {}
        self.unfit: tuple[str, ...] = ()
        self._told: tuple[str, ...] = ()
        self.refresh()

    def value(self, setting: Setting[T]) -> T:
        """Return what a setting is; `Unreadable` where it is secret and no key opens it."""
        text = self._text(setting)
        return setting.kind.parse(text) if text else setting.default

    def _text(self, setting: Setting[object]) -> str:
        row = self.row(setting)
        if row is None:
            return self._given.get(setting.name, "")
        return row.value or str(self._cipher.unseal(row.sealed_value or ""))

    def row(self, setting: Setting[object]) -> DeskSetting | None:
        """Return what somebody set; None where the environment or the default counts."""
        return self._rows.get(setting.name)

    def is_given(self, setting: Setting[object]) -> bool:
        """Say whether the environment has a value for it."""
        return setting.name in self._given

    def refresh(self) -> None:
        """Read the table anew; raises `SQLAlchemyError` where the database cannot be read.

        A value that this release does not take is passed over: `unfit` names the setting.
        """
        with self._sessions() as work:
            found = {row.name: row for row in work.scalars(_ALL)}
        unfit = tuple(name for name, row in sorted(found.items()) if not _fits(row))
        self._rows = {name: row for name, row in found.items() if name not in unfit}
        self.unfit = unfit

    def follow(self, stopping: threading.Event, seconds: float) -> None:
        """Read the table anew every so many seconds until told to stop.

        While the database is away, what was read before counts.
        """
        self._tell_unfit()
        while not stopping.wait(seconds):
            try:
                self.refresh()
                self._tell_unfit()
            except Exception as error:
                # Whatever it was must not end this: nobody would notice the next change.
                log.warning("settings_not_read", why=type(error).__name__)

    def _tell_unfit(self) -> None:
        if self.unfit and self.unfit != self._told:
            log.error("settings_unfit", names=self.unfit)
        self._told = self.unfit


def _fits(row: DeskSetting) -> bool:
    """Say whether a row can be used; one of a newer release is no fault."""
    setting = SETTINGS.get(row.name)
    try:
        if setting is not None and row.value is not None:
            setting.kind.parse(row.value)
    except BadValue:
        return False
    return True
