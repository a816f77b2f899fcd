"""The people, channels and user groups that a sandbox starts with."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class User:
    """A person of the workspace; `tz` is an IANA zone, `role` says what they do, for the page."""

    id: str
    name: str
    real_name: str
    tz: str = "America/Los_Angeles"
    role: str = ""
    email: str = ""
    color: str = "4a6fa5"
    is_bot: bool = False


@dataclass(frozen=True)
class Channel:
    """A channel; the app is a member only if its bot user id is among `members`."""

    id: str
    name: str
    members: tuple[str, ...]
    is_private: bool = False


@dataclass(frozen=True)
class UserGroup:
    """A user group, such as @helpers."""

    id: str
    handle: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class Workspace:
    """Everything that is there before the app says its first word."""

    users: tuple[User, ...]
    channels: tuple[Channel, ...]
    user_groups: tuple[UserGroup, ...] = ()
    team_id: str = "T0SANDBOX1"
    team_name: str = "Sandbox"
    team_domain: str = "sandbox"
    app_id: str = "A0SANDBOX1"
    bot_user_id: str = "U0SANDBOX1"
    bot_id: str = "B0SANDBOX1"
    by_id: dict[str, User] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {user.id: user for user in self.users})


ROSA, ANNA, TOM = "U0ROSA0001", "U0ANNA0001", "U0TOM00001"
TEAM, GENERAL, HELPERS = "C0TEAM0001", "C0GENERAL1", "S0HELPERS1"

_PEOPLE = (
    User(ROSA, "rosa", "Rosa Delgado", "America/Los_Angeles", color="2f6f4f"),
    User(ANNA, "anna", "Anna Lindqvist", "America/Los_Angeles", color="7a3e9d"),
    User(TOM, "tom", "Tom Whitaker", "Europe/London", color="b0413e"),
)


def default_workspace() -> Workspace:
    """Return three people, a channel with the app, one without it, and a user group."""
    everybody = tuple(user.id for user in _PEOPLE)
    return Workspace(
        users=_PEOPLE,
        channels=(
            Channel(TEAM, "team", (*everybody, Workspace.bot_user_id)),
            Channel(GENERAL, "general", everybody),
        ),
        user_groups=(UserGroup(HELPERS, "helpers", (ANNA, TOM)),),
    )
