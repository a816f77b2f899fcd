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
    """A user group, such as @porting-desk."""

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
    team_name: str = "Harbour Telecom"
    team_domain: str = "harbour-telecom"
    app_id: str = "A0SANDBOX1"
    bot_user_id: str = "U0PORTDESK"
    bot_id: str = "B0PORTDESK"
    by_id: dict[str, User] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {user.id: user for user in self.users})


ROSA, MATEO = "U0ROSA0001", "U0MATEO001"
ANNA, TOM = "U0ANNA0001", "U0TOM00001"
PORTING, GENERAL = "C0PORTING1", "C0GENERAL1"
DESK_GROUP = "S0PORTDESK"

_LOS_ANGELES, _NEW_YORK, _LONDON = "America/Los_Angeles", "America/New_York", "Europe/London"
_PEOPLE = (
    User(ROSA, "rosa", "Rosa Delgado", _LOS_ANGELES, "requester", "rosa@example.com", "2f6f4f"),
    User(MATEO, "mateo", "Mateo Okafor", _NEW_YORK, "requester", "mateo@example.com", "8a5a00"),
    User(ANNA, "anna", "Anna Lindqvist", _LOS_ANGELES, "agent", "anna@example.com", "7a3e9d"),
    User(TOM, "tom", "Tom Whitaker", _LONDON, "agent", "tom@example.com", "b0413e"),
)


def default_workspace() -> Workspace:
    """Return two requesters, two agents, their channels and the agents' user group."""
    everybody = tuple(user.id for user in _PEOPLE)
    return Workspace(
        users=_PEOPLE,
        channels=(
            Channel(PORTING, "number-porting", (*everybody, Workspace.bot_user_id)),
            Channel(GENERAL, "general", everybody),
        ),
        user_groups=(UserGroup(DESK_GROUP, "porting-desk", (ANNA, TOM)),),
    )
