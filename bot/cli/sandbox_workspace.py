"""The workspace in which Portdesk is tried without Slack: who works there, and where."""

from typing import Final

from slack_sandbox import Channel, User, UserGroup, Workspace

ROSA, MATEO = "U0ROSA0001", "U0MATEO001"
ANNA, TOM = "U0ANNA0001", "U0TOM00001"
PORTING, GENERAL = "C0PORTING1", "C0GENERAL1"
DESK_GROUP = "S0PORTDESK"
BOT = "U0PORTDESK"

_LOS_ANGELES, _NEW_YORK, _LONDON = "America/Los_Angeles", "America/New_York", "Europe/London"
_PEOPLE = (
    User(ROSA, "rosa", "Rosa Delgado", _LOS_ANGELES, "requester", "rosa@example.com", "2f6f4f"),
    User(MATEO, "mateo", "Mateo Okafor", _NEW_YORK, "requester", "mateo@example.com", "8a5a00"),
    User(ANNA, "anna", "Anna Lindqvist", _LOS_ANGELES, "agent", "anna@example.com", "7a3e9d"),
    User(TOM, "tom", "Tom Whitaker", _LONDON, "agent", "tom@example.com", "b0413e"),
)
_EVERYBODY = tuple(user.id for user in _PEOPLE)

# Two requesters, two agents, their channels and the agents' user group.
EXAMPLE: Final = Workspace(
    users=_PEOPLE,
    channels=(
        Channel(PORTING, "number-porting", (*_EVERYBODY, BOT)),
        Channel(GENERAL, "general", _EVERYBODY),
    ),
    user_groups=(UserGroup(DESK_GROUP, "porting-desk", (ANNA, TOM)),),
    team_name="Harbour Telecom",
    team_domain="harbour-telecom",
    bot_user_id=BOT,
    bot_id="B0PORTDESK",
)
