"""What one row of the clock's table says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.cases.case import CaseFacts


class Audience(StrEnum):
    """Who hears of it: the desk's channel, or the requester in private."""

    DESK = "desk"
    REQUESTER = "requester"


@dataclass(frozen=True)
class Reminder:
    """Something to say about a case. `key` is unique: what was said under it is never repeated."""

    kind: str
    key: str
    due_at: datetime
    audience: Audience
    late: bool = False


@dataclass(frozen=True)
class ReminderRow:
    """One row of the clock: when something is said, to whom, and until when it makes sense.

    `moment` and `lapses` return None where the case has no such moment.
    """

    kind: str
    audience: Audience
    applies: Callable[[CaseFacts], bool]
    moment: Callable[[CaseFacts], datetime | None]
    lapses: Callable[[CaseFacts], datetime | None]
    source: str
    series: str = ""
