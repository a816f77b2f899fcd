"""What one row of the table of entry points says."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """One way into the app from Slack.

    `kind` is "command", "action", "view", "options" or "view_closed"; `id` is the command, the
    action_id or the callback_id, or a pattern of them. `listener` takes the
    desk first; Bolt gives it the rest by name.
    """

    kind: str
    id: str | re.Pattern[str]
    listener: Callable[..., None]
