"""One question of a form: how it is asked, when, and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.slack.blocks.fitting import LONGEST_TYPED
from bot.slack.modals.filled_form import FormState


class Kind(StrEnum):
    """How a question is asked; a choice of carriers comes from the desk, as letters are typed."""

    TEXT = "text"
    LONG = "long"
    EMAIL = "email"
    SELECT = "select"
    RADIO = "radio"
    CHECK = "check"
    SUGGEST = "suggest"
    DATE = "date"
    TIME = "time"
    FILES = "files"


# What a ticked box says.
TICKED: Final = "yes"
_TYPED: Final = frozenset({Kind.TEXT, Kind.LONG, Kind.EMAIL})
Condition = Callable[[FormState], bool]


def always(_: FormState) -> bool:
    return True


def never(_: FormState) -> bool:
    return False


@dataclass(frozen=True)
class Field:
    """One question; its name is the intake's, and the block_id in Slack.

    `step` is the page that asks it. Slack insists on an answer where it is `needed`.
    `moot` questions lose their answer when they are no longer asked, because the rule book
    would refuse it there; all other answers are kept for the case that somebody goes back.
    """

    name: str
    step: str
    kind: Kind = Kind.TEXT
    needed: Condition = never
    asked: Condition = always
    moot: bool = False
    most_files: int = 1

    def is_long(self, text: str) -> bool:
        """Say whether an answer is longer than an input may show: it is kept, unless replaced."""
        return self.kind in _TYPED and len(text) > LONGEST_TYPED


_SHEETS: Final = ("csv", "xlsx")
_PICTURES: Final = ("pdf", "png", "jpg", "jpeg", "heic", "tif", "tiff")
FILE_TYPES: Final = {
    "numbers_file": _SHEETS,
    "bill": _PICTURES,
    "csr_copy": _PICTURES,
    "signed_loa": _PICTURES,
}
