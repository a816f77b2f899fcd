"""A strict little Slack on loopback, for people without a workspace and for end-to-end tests.

It knows nothing of any particular app: it could live in a project of its own.
"""

from .clock import AdjustableClock
from .faults import Enforce, Faults
from .finding import RefusedError
from .person import Person
from .server import Sandbox
from .sockets import Break
from .workspace import Channel, User, UserGroup, Workspace, default_workspace

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
