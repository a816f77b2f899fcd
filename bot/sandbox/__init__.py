"""A strict little Slack on loopback, for people without a workspace and for end-to-end tests.

It knows nothing of any particular app: it could live in a project of its own.
"""

from bot.sandbox.clock import AdjustableClock
from bot.sandbox.faults import Enforce, Faults
from bot.sandbox.finding import RefusedError
from bot.sandbox.person import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.sockets import Break
from bot.sandbox.workspace import Channel, User, UserGroup, Workspace, default_workspace

__all__ = [
    "AdjustableClock",
    "Break",
    "Channel",
    "Enforce",
    "Faults",
    "Person",
    "RefusedError",
    "Sandbox",
    "User",
    "UserGroup",
    "Workspace",
    "default_workspace",
]
