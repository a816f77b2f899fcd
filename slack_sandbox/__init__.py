"""A strict little Slack on loopback, for people without a workspace and for end-to-end tests.

It knows nothing of any particular app: it could live in a project of its own.
"""

from slack_sandbox.client.find_blocks import RefusedError
from slack_sandbox.client.person import Person
from slack_sandbox.delivery.socket_mode import Break
from slack_sandbox.server import Sandbox
from slack_sandbox.state.clock import AdjustableClock
from slack_sandbox.state.fault_injection import Enforce, Faults
from slack_sandbox.state.workspace import Channel, User, UserGroup, Workspace, default_workspace

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
