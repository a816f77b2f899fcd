"""What the clock says of a port-out: the winning carrier's patience, the day, what is left."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.checklists.port_out import left_to_clear
from bot.domain.reminders.rows import Audience, ReminderRow

LAST_CALL: Final = timedelta(hours=1)
DAY_BEGINS: Final = timedelta(hours=2)
PORT_WINDOW: Final = timedelta(hours=2)
CLEARED_WITHIN: Final = timedelta(days=2)
# Rows of a port-in that hold here too: about dates and answers, not letters or new numbers.
SHARED: Final = frozenset(
    {
        "go_no_go",
        "confirm_foc",
        "no_answer_7",
        "no_answer_14",
        "no_answer_21",
        "escalate_25",
        "no_answer_30",
    }
)


def _carrier_waits(case: CaseFacts) -> bool:
    return case.owes_answer


def _half(case: CaseFacts) -> datetime | None:
    asked = case.request
    return asked.received_at + (asked.answer_by - asked.received_at) / 2 if asked else None


def _before_end(length: timedelta) -> Callable[[CaseFacts], datetime | None]:
    return lambda case: case.request.answer_by - length if case.request else None


def _since_foc(length: timedelta) -> Callable[[CaseFacts], datetime | None]:
    return lambda case: case.foc_at + length if case.foc_at else None


def _never(_case: CaseFacts) -> None:
    return None


def _in_foc(case: CaseFacts) -> bool:
    return case.status is Status.FOC


def _not_gone(case: CaseFacts) -> bool:
    gone = {item.item.key for item in case.progress if item.complete}
    return _in_foc(case) and "ported_away" not in gone


def _still_here(case: CaseFacts) -> bool:
    return _in_foc(case) and bool(left_to_clear(case.progress, case.numbers, ()))


_DESK: Final = Audience.DESK
_END: Final = _before_end(timedelta())
_WINDOW_END: Final = _since_foc(PORT_WINDOW)

PORT_OUT_REMINDERS: Final = (
    ReminderRow("answer_half", _DESK, _carrier_waits, _half, _END, "I", "answer"),
    ReminderRow("answer_last", _DESK, _carrier_waits, _before_end(LAST_CALL), _END, "I", "answer"),
    ReminderRow("answer_silent", _DESK, _carrier_waits, _END, _never, "B, T", "answer"),
    ReminderRow("out_day", _DESK, _in_foc, _since_foc(-DAY_BEGINS), _WINDOW_END, "S0"),
    ReminderRow("out_missed", _DESK, _not_gone, _WINDOW_END, _never, "B"),
    ReminderRow("still_here", _DESK, _still_here, _since_foc(CLEARED_WITHIN), _never, "S2, S3"),
)
# Silence is a yes: these stand in the channel itself, where nobody overlooks them.
IN_THE_CHANNEL: Final = frozenset(row.kind for row in PORT_OUT_REMINDERS if row.series)
