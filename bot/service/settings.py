"""Settings from the environment; a bad or missing one stops the start with every fault named."""

import re
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import PortingError

SLACK_API = "https://slack.com/api/"
S = TypeVar("S", bound=BaseSettings)
_PEOPLE = re.compile(r"[UW][A-Z0-9]{2,}")
_GROUP = re.compile(r"S[A-Z0-9]{2,}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")


@cache
def _zones() -> frozenset[str]:
    """Return all zones; to find them a thousand files are looked at."""
    return frozenset(available_timezones())


class DatabaseSettings(BaseSettings):
    """Settings of commands that need the database and nothing else."""

    model_config = SettingsConfigDict(hide_input_in_errors=True)

    database_url: str = "sqlite:///var/portdesk.db"
    portdesk_time_zone: str = "America/New_York"

    @field_validator("portdesk_time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in _zones():
            raise ValueError("name an IANA time zone such as America/Chicago")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not re.match(r"(sqlite|postgresql(\+psycopg)?)://", value):
            raise ValueError("start it with sqlite:/// or postgresql://")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the desk."""
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


class Settings(CaseSettings):
    """Everything that serving Slack takes. The variables are those of the README."""

    slack_bot_token: SecretStr = Field(default=SecretStr(""))
    slack_app_token: SecretStr = Field(default=SecretStr(""))
    slack_signing_secret: SecretStr = Field(default=SecretStr(""))
    slack_api_url: str = SLACK_API
    portdesk_channel: str = ""
    portdesk_agents: str = ""

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

    @field_validator("portdesk_channel")
    @classmethod
    def _channel(cls, value: str) -> str:
        if not _CHANNEL.fullmatch(value):
            raise ValueError("give the id of the desk's channel, such as C0123456789")
        return value

    @field_validator("portdesk_agents")
    @classmethod
    def _agents(cls, value: str) -> str:
        names = [name.strip() for name in value.split(",") if name.strip()]
        if len(names) == 1 and _GROUP.fullmatch(names[0]):
            return names[0]
        if not names or not all(_PEOPLE.fullmatch(name) for name in names):
            raise ValueError("give user ids separated by commas, or one user group id")
        return ",".join(names)

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
