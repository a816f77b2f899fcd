"""The ids by which Slack tells buttons and windows apart: each stands here, and nowhere else.

An id that has been sent stays: messages and open windows of an older release still say it.
"""

from dataclasses import dataclass
from typing import Final


class Command:
    """The slash commands."""

    PORT_IN: Final = "/port-in"
    PORT_OUT: Final = "/port-out"
    PORT: Final = "/port"


class Action:
    """What a button, or a choice outside of a form, is called (`action_id`)."""

    CHANGE: Final = "change"
    TICK: Final = "tick"
    UNTICK: Final = "untick"
    TICK_NUMBERS: Final = "tick_numbers"
    CORRECT: Final = "correct"
    DETAILS: Final = "details"
    REVEAL: Final = "reveal"
    HANDOVER: Final = "handover"
    SEND_LETTER: Final = "send_letter"
    DATE_SUITS: Final = "date_suits"
    SUPPORT: Final = "support"
    LINK: Final = "link"
    SHOW_LINK: Final = "show_link"
    INTAKE_RECORD: Final = "intake_record"
    INTAKE_TAKE_RECORD: Final = "intake_take_record"
    OUT_GIVE: Final = "out_give"
    OUT_REQUEST: Final = "out_request"
    OUT_ANSWER: Final = "out_answer"


class Window:
    """What a window is called (`callback_id`)."""

    NOTICE: Final = "notice"
    DETAILS: Final = "details"
    SECRET: Final = "secret"
    MOVE: Final = "move"
    TICK_NUMBERS: Final = "tick_numbers"
    CORRECT: Final = "correct"
    SEND_LETTER: Final = "send_letter"
    SUPPORT: Final = "support"
    LINK: Final = "link"
    LINK_SHOWN: Final = "link_shown"
    OUT_GIVEN: Final = "out_given"
    OUT_PROTECT: Final = "out_protect"
    OUT_PROTECTED: Final = "out_protected"
    OUT_PIN: Final = "out_pin"
    OUT_REQUEST: Final = "out_request"
    OUT_ANSWER: Final = "out_answer"
    OUT_ANSWERED: Final = "out_answered"


@dataclass(frozen=True)
class FormIds:
    """How a form of several pages is called.

    The callback_id of a page begins with `page`; the action_id of a question with `field`, that of
    a button with `button`. `told` is the window after the last page.
    """

    command: str
    page: str
    field: str
    button: str
    told: str


PORT_IN: Final = FormIds(Command.PORT_IN, "intake_", "", "intake_", "intake_told")
PORT_OUT: Final = FormIds(Command.PORT_OUT, "out_page_", "out:", "out_", "out_filed")

# Ids that end in what they are about: a status, a row, a word of the owner.
MOVE_TO: Final = "move:"
OUT_SHOW_PIN: Final = "out_show_pin:"
OUT_OWNER: Final = "out_owner_"
