"""`settings`: what the desk is set to, listed, shown and changed."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import click

from bot.cli.exits import UnusableInput
from bot.domain.settings.table import SETTINGS
from bot.service.settings import DeskDefaults, read_settings

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from bot.desk.setting_changes import ListedSetting
    from bot.wording.templates import Templates

_LONGEST_USER: Final = 32  # letters of a name that the audit keeps
_NAME: Final = click.argument("name")


@click.group("settings", invoke_without_command=True)
@click.pass_context
def settings_group(context: click.Context) -> None:
    """List, show and change what the desk is set to; docs/settings.md explains each setting."""
    if context.invoked_subcommand is None:
        context.invoke(list_settings)


@settings_group.command("list")
def list_settings() -> None:
    """Print every setting with where its value comes from; secret ones are masked."""
    desk = _desk()
    for line in _columns(desk.words, desk.settings.listed()):
        click.echo(line)


@settings_group.command("get")
@_NAME
def get_setting(name: str) -> None:
    """Print the value of a setting; of a secret one the audit keeps who looked."""
    click.echo(_desk().settings.get(operating_system_user(), name))


@settings_group.command("set")
@_NAME
@click.argument("value")
def set_setting(name: str, value: str) -> None:
    """Set a setting; - reads the value from standard input."""
    desk = _desk()
    if name in SETTINGS and SETTINGS[name].secret:
        # What is sealed under a key that opens nothing else could not be read later.
        desk.key_rotation.look()
    desk.settings.set(operating_system_user(), name, _read(value))
    click.echo(desk.words.sentence("settings", "was_set", name=name))


@settings_group.command("unset")
@_NAME
def unset_setting(name: str) -> None:
    """Forget what was set: the environment counts again, or the default."""
    desk = _desk()
    was_set = desk.settings.unset(operating_system_user(), name)
    click.echo(
        desk.words.sentence("settings", "was_unset" if was_set else "nothing_set", name=name)
    )


def _desk() -> "Desk":
    from bot.service.offline import open_desk

    return open_desk(read_settings(DeskDefaults))


def _read(value: str) -> str:
    if value != "-":
        return value
    try:
        return sys.stdin.read()
    except UnicodeDecodeError:
        raise UnusableInput("What comes from standard input is no text.") from None


def _columns(words: "Templates", rows: "Sequence[ListedSetting]") -> list[str]:
    told = [(row.name, _value(words, row), _origin(words, row)) for row in rows]
    names = max(len(name) for name, _value, _origin in told)
    values = max(len(value) for _name, value, _origin in told)
    return [f"{name:<{names}}  {value:<{values}}  {origin}" for name, value, origin in told]


def _value(words: "Templates", row: "ListedSetting") -> str:
    return words.sentence("settings", f"shown_{row.hidden}") if row.hidden else row.value


def _origin(words: "Templates", row: "ListedSetting") -> str:
    return words.sentence("settings", f"origin_{row.origin}", who=row.who, day=row.day)


def operating_system_user() -> str:
    """Return who runs this, as the system knows them: variables can be set by anybody."""
    try:
        import pwd

        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = f"uid {os.getuid()}"
    except ImportError:
        name = os.getlogin()
    return name[:_LONGEST_USER]
