"""Settings from the environment: what a process needs before it can ask the database.

A bad or missing one stops the start with every fault named. What the desk itself is set to is in
`bot.domain.settings`; some of that has a default here, which counts until somebody sets it.
"""

import re
from collections.abc import Mapping
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.settings.kinds import BadValue
from bot.domain.settings.table import SETTINGS, TIME_ZONE, Setting
from bot.errors import PortingError

SLACK_API = "https://slack.com/api/"
S = TypeVar("S", bound=BaseSettings)
# The desk's own settings that have a default here, by field.
_OF_THE_DESK: Final[Mapping[str, Setting[object]]] = {
    row.variable.lower(): row for row in SETTINGS.values() if row.variable
}


def _as_set(value: str, info: ValidationInfo) -> str:
    """Return a value as the desk's setting takes it."""
    setting = _OF_THE_DESK[info.field_name or ""]
    try:
        return str(setting.kind.parse(value))
    except BadValue:
        # Loaded only now: most commands find nothing wrong.
        from bot.wording.templates import Templates

        form = Templates().sentence("settings", f"form_{setting.kind.name}")
        raise ValueError(form) from None


class DatabaseSettings(BaseSettings):
    """Settings of commands that need the database and nothing else."""

    model_config = SettingsConfigDict(hide_input_in_errors=True)

    database_url: str = "sqlite:///var/portdesk.db"
    portdesk_time_zone: str = TIME_ZONE.default

    @field_validator("portdesk_time_zone")
    @classmethod
    def _known_zone(cls, value: str, info: ValidationInfo) -> str:
        return _as_set(value, info)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not re.match(r"(sqlite|postgresql(\+psycopg)?)://", value):
            raise ValueError("start it with sqlite:/// or postgresql://")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the desk, for commands that ask no database."""
        return ZoneInfo(self.portdesk_time_zone)


class CaseSettings(DatabaseSettings):
    """Settings of commands that read cases: the database, and the keys of its secrets."""

    portdesk_secret_key: SecretStr = Field(default=SecretStr(""))

    @property
    def keys(self) -> list[str]:
        """The keys, newest first."""
        written = self.portdesk_secret_key.get_secret_value()
        return [key.strip() for key in written.split(",") if key.strip()]

    @field_validator("portdesk_secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        keys = [key.strip() for key in value.get_secret_value().split(",") if key.strip()]
        if not keys:
            raise ValueError("set a secret of at least 16 characters")
        if any(len(key) < 16 for key in keys):
            raise ValueError("every key needs at least 16 characters")
        return value

    model_config = SettingsConfigDict(validate_default=True, hide_input_in_errors=True)


class DeskDefaults(CaseSettings):
    """Settings of commands that look at the desk's own settings: also what counts without them."""

    portdesk_channel: str = ""
    portdesk_agents: str = ""

    @field_validator("portdesk_channel", "portdesk_agents")
    @classmethod
    def _as_the_desk_takes_it(cls, value: str, info: ValidationInfo) -> str:
        return value and _as_set(value, info)


class Settings(DeskDefaults):
    """Everything that serving Slack takes. The variables are those of the README."""

    slack_bot_token: SecretStr = Field(default=SecretStr(""))
    slack_app_token: SecretStr = Field(default=SecretStr(""))
    slack_signing_secret: SecretStr = Field(default=SecretStr(""))
    slack_api_url: str = SLACK_API

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("set the bot token of the app; it begins with xoxb-")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("an app token begins with xapp-; leave it out for HTTP mode")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not re.match(r"https?://.+/api/$", value):
            raise ValueError("give a URL that ends in /api/")
        return value

    @field_validator("portdesk_channel", "portdesk_agents")
    @classmethod
    def _given(cls, value: str, info: ValidationInfo) -> str:
        """Nothing is set before the first start, and a desk without them would serve nobody."""
        return _as_set(value, info)

    @field_validator("slack_signing_secret")
    @classmethod
    def _one_way_in(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        app_token = info.data.get("slack_app_token", SecretStr("bad, and named already"))
        if not app_token.get_secret_value() and not value.get_secret_value():
            raise ValueError("set SLACK_APP_TOKEN for Socket Mode, or this for HTTP mode")
        return value

    @property
    def socket_mode(self) -> bool:
        """Whether an app token selects Socket Mode."""
        return bool(self.slack_app_token.get_secret_value())


def given_to_the_desk(settings: CaseSettings) -> dict[str, str]:
    """Return what the environment says of the desk's own settings, by their names."""
    named = _OF_THE_DESK.keys() & settings.model_fields_set
    return {_OF_THE_DESK[name].name: text for name in named if (text := getattr(settings, name))}


class BadSettings(PortingError):
    """One message that names every fault, without any value."""


def read_settings(kind: type[S]) -> S:
    """Read the settings from the environment."""
    try:
        return kind()
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False)
        lines = [f"  {_variable(fault['loc'])}: {_complaint(fault['msg'])}" for fault in faults]
        raise BadSettings("Some settings are missing or wrong:\n" + "\n".join(lines)) from None


def _variable(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place).upper() or "SLACK"


def _complaint(message: str) -> str:
    return message.removeprefix("Value error, ")
