"""What the desk is set to: shown, changed, and each change on record."""

from dataclasses import dataclass

from bot.desk.core.context import DeskContext
from bot.desk.core.security_audit import note_audit
from bot.desk.core.work import Work
from bot.domain.cases.kinds import AuditKind
from bot.domain.settings.kinds import BadValue, NotASetting, NotSet
from bot.domain.settings.table import SETTINGS, Setting
from bot.store.encryption import Unreadable
from bot.store.locks import take_turn
from bot.store.models.desk_settings import DeskSetting


@dataclass(frozen=True)
class ListedSetting:
    """A setting as it stands, and where that comes from.

    `value` is empty where it is not set or where `hidden` says why nothing is shown: "secret" or
    "unreadable". `origin` is "set" (by `who` on `day`), "environment" (`who` is the variable),
    "default" or "none".
    """

    name: str
    value: str
    hidden: str
    origin: str
    who: str = ""
    day: str = ""


class SettingChanges:
    """Shows and changes settings; `who` is whoever runs the command, as the audit names them."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def listed(self) -> tuple[ListedSetting, ...]:
        """Return every setting, in the order of the table."""
        return tuple(
            ListedSetting(setting.name, *self._shown(setting), **self._origin(setting))
            for setting in SETTINGS.values()
        )

    def get(self, who: str, name: str) -> str:
        """Return what a setting is; whoever sees a secret one is written down.

        Raises `NotASetting` for a name that there is not, `NotSet` where nobody has set it and
        it has no default, `Unreadable` where no key opens it.
        """
        setting = self._setting(name)
        value = self._context.settings.value(setting)
        if not value:
            raise NotSet("not_set", name=name)
        if setting.secret:
            with self._context.transaction() as work:
                note_audit(work, who, AuditKind.REVEALED, None, setting=name)
        return str(value)

    def set(self, who: str, name: str, text: str) -> None:
        """Set a setting. Raises `NotASetting` for a name or a value that there is not."""
        setting = self._setting(name)
        value = self._parsed(setting, text)
        self._context.again(lambda: self._set(who, setting, value))
        self._context.settings.refresh()

    def unset(self, who: str, name: str) -> bool:
        """Forget what was set, so that the environment or the default counts.

        Returns whether something was set. Raises `NotASetting` for a name that there is not.
        """
        setting = self._setting(name)
        was_set = self._context.again(lambda: self._unset(who, setting))
        self._context.settings.refresh()
        return was_set

    def _set(self, who: str, setting: Setting[object], value: str) -> None:
        with self._context.transaction() as work:
            row = _row(work, setting)
            before = row.value if row else None
            if row is None:
                row = DeskSetting(name=setting.name)
                work.add(row)
            if setting.secret:
                row.sealed_value = self._context.cipher.seal(value)
            else:
                row.value = value
            row.set_by, row.set_at = who, self._context.clock()
            _note(work, who, AuditKind.SETTING_SET, setting, before, row.value)

    def _unset(self, who: str, setting: Setting[object]) -> bool:
        with self._context.transaction() as work:
            row = _row(work, setting)
            if row is not None:
                work.delete(row)
                _note(work, who, AuditKind.SETTING_UNSET, setting, row.value, None)
            return row is not None

    def _setting(self, name: str) -> Setting[object]:
        if name not in SETTINGS:
            raise NotASetting("unknown", name=name)
        return SETTINGS[name]

    def _parsed(self, setting: Setting[object], text: str) -> str:
        """Return the value as it is kept; a secret one is not said again in the refusal."""
        try:
            return str(setting.kind.parse(text))
        except BadValue:
            form = f"form_{setting.kind.name}"
            if setting.secret:
                raise NotASetting("bad_secret", name=setting.name, form=form) from None
            told = text[:200]
            raise NotASetting("bad_value", name=setting.name, value=told, form=form) from None

    def _shown(self, setting: Setting[object]) -> tuple[str, str]:
        """Return the value, or why it is hidden."""
        try:
            value = self._context.settings.value(setting)
        except Unreadable:
            return "", "unreadable"
        return ("", "secret") if value and setting.secret else (str(value or ""), "")

    def _origin(self, setting: Setting[object]) -> dict[str, str]:
        settings = self._context.settings
        if row := settings.row(setting):
            return {"origin": "set", "who": row.set_by, "day": f"{row.set_at:%Y-%m-%d}"}
        if settings.is_given(setting):
            return {"origin": "environment", "who": setting.variable}
        return {"origin": "default" if setting.default else "none"}


def _row(work: Work, setting: Setting[object]) -> DeskSetting | None:
    """Return the row of a setting, once nobody else changes it."""
    take_turn(work, f"setting {setting.name}")
    return work.get(DeskSetting, (setting.name, work.workspace_id))


def _note(
    work: Work,
    who: str,
    kind: AuditKind,
    setting: Setting[object],
    before: str | None,
    after: str | None,
) -> None:
    """Write a change down; of a secret one only that it was changed."""
    told = {"before": before, "after": after}
    note_audit(work, who, kind, None, setting=setting.name, **{k: v for k, v in told.items() if v})
