"""`doctor`: checks everything that a start needs, one line each."""

import platform
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.block_kit import ask_about_blocks
from bot.cli.manifest_file import MANIFEST
from bot.desk.desk import Desk
from bot.errors import PortingError
from bot.service.offline import open_desk
from bot.service.settings import BadSettings, DatabaseSettings, Settings, read_settings
from bot.slack.bolt.api_errors import error_code
from bot.slack.delivery.channel_membership import advice, membership
from bot.store.database import (
    OLDEST_POSTGRESQL,
    check_exists,
    is_current,
    open_engine,
    server_version,
)
from bot.store.faults import database_fault, judge
from bot.wording.refusals import word_error
from bot.wording.templates import Templates

# `auth.test` names the granted scopes in this header.
SCOPES_HEADER = "x-oauth-scopes"


@dataclass(frozen=True)
class Line:
    """One finding of the doctor."""

    fine: bool
    what: str
    advice: str = ""

    @property
    def text(self) -> str:
        """The line as it is printed."""
        verdict = "ok  " if self.fine else "FAIL"
        return f"{verdict} {self.what}: {self.advice}" if self.advice else f"{verdict} {self.what}"


def examine() -> list[Line]:
    """Check what can be checked; what depends on a failed part is left out."""
    return list(_examine())


def _examine() -> Iterator[Line]:
    settings: Settings | None = None
    channels: tuple[str, ...] = ()
    try:
        settings = read_settings(Settings)
        channels = (settings.portdesk_channel,)
        yield Line(True, "settings")
    except BadSettings as error:
        yield Line(False, "settings", " ".join(str(error).split()))
    try:
        where = read_settings(DatabaseSettings)
        yield from _versions(where)
        database = _database(where)
        yield database
        if settings is not None and database.fine:
            channels = yield from _desk(settings)
    except BadSettings:
        yield Line(False, "database", "its settings are wrong, see above")
    if settings is not None:
        yield from _slack(settings, channels)


def _versions(settings: DatabaseSettings) -> Iterator[Line]:
    """Name what the desk runs on; a server that cannot be asked is left to the next line."""
    yield Line(True, "Python", platform.python_version())
    yield Line(True, "SQLite", sqlite3.sqlite_version)
    if not settings.database_url.startswith("postgresql"):
        return
    try:
        found = server_version(open_engine(settings.database_url))
    except (PortingError, SQLAlchemyError):
        return
    fine = found >= (OLDEST_POSTGRESQL,)
    too_old = "" if fine else f" is too old: take {OLDEST_POSTGRESQL} or newer"
    yield Line(fine, "PostgreSQL", ".".join(map(str, found)) + too_old)


def _database(settings: DatabaseSettings) -> Line:
    try:
        # To look must not make it: `rotate` and `export` would take an empty file for the desk's.
        check_exists(settings.database_url)
        judge(settings.database_url, may_be_new=False)
        current = is_current(open_engine(settings.database_url))
    except (PortingError, SQLAlchemyError) as error:
        fault = database_fault(error, settings.database_url) or error
        return Line(False, "database", str(fault))
    return Line(current, "database", "" if current else "run: python3 app.py migrate")


def _desk(settings: Settings) -> Generator[Line, None, tuple[str, ...]]:
    """Look into the database as the desk does; returns the channels that it posts to."""
    try:
        desk = open_desk(settings)
    except (PortingError, SQLAlchemyError) as error:
        yield Line(False, "desk", str(database_fault(error, settings.database_url) or error))
        return (settings.portdesk_channel,)
    yield _keys(desk)
    names = ", ".join(desk.context.settings.unfit)
    yield Line(not names, "desk settings", f"set these anew: {names}" if names else "")
    return desk.context.channels


def _keys(desk: Desk) -> Line:
    """Say whether the keys open what is stored."""
    try:
        unreadable = desk.key_rotation.look().unreadable
    except PortingError as error:
        return Line(False, "keys", word_error(Templates(), error))
    names = ", ".join(unreadable)
    return Line(not unreadable, "keys", f"no key opens the secrets of {names}" if names else "")


def _slack(settings: Settings, channels: Sequence[str]) -> Iterator[Line]:
    if settings.socket_mode:
        yield _app_token(settings)
    token = settings.slack_bot_token.get_secret_value()
    client = WebClient(token=token, base_url=settings.slack_api_url)
    try:
        answer = client.auth_test()
    except (SlackClientError, OSError) as error:
        yield Line(False, "Slack credentials", _said(error))
        return
    yield Line(True, "Slack credentials", f"{answer['user']} in {answer['team']}")
    yield from _scopes({name.lower(): value for name, value in answer.headers.items()})
    for channel in channels:
        yield _channel(client, channel)
    judged = ask_about_blocks(client)
    yield Line(judged.fine, "Block Kit", str(judged))


def _app_token(settings: Settings) -> Line:
    token = settings.slack_app_token.get_secret_value()
    try:
        # This only asks for an address; nothing is connected.
        WebClient(base_url=settings.slack_api_url).apps_connections_open(app_token=token)
    except (SlackClientError, OSError) as error:
        return Line(False, "app token", _said(error))
    return Line(True, "app token")


def _said(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return f"Slack says {error_code(error)}"
    return f"no answer from Slack ({type(error).__name__})"


def _scopes(headers: dict[str, Any]) -> Iterator[Line]:
    granted = {scope.strip() for scope in str(headers.get(SCOPES_HEADER, "")).split(",")}
    wanted = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]
    missing = sorted(set(wanted["bot"]) - granted)
    yield Line(not missing, "scopes", f"missing: {', '.join(missing)}" if missing else "")
    optional = sorted(set(wanted["bot_optional"]) - granted)
    if optional:
        yield Line(True, "optional scopes", f"not granted: {', '.join(optional)}")


def _channel(client: WebClient, channel: str) -> Line:
    try:
        found = membership(client, channel)
    except (SlackClientError, OSError) as error:
        return Line(False, "channel", _said(error))
    return Line(bool(found.inside), "channel", advice(found, channel))
