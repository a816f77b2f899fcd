"""One question of a form: how it is asked, when, and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from bot.slack.modals.form_state import FormState

P = TypeVar("P", bound=StrEnum)


class Kind(StrEnum):
    """How a question is asked."""

    TEXT = "text"
    LONG = "long"
    EMAIL = "email"
    SELECT = "select"
    RADIO = "radio"
    SUGGEST = "suggest"
    DATE = "date"
    TIME = "time"
    FILES = "files"


Condition = Callable[[FormState], bool]


def always(_: FormState) -> bool:
    return True


def never(_: FormState) -> bool:
    return False


@dataclass(frozen=True)
class Field(Generic[P]):
    """One question; its name is the intake's, and the block_id and action_id in Slack.

    `moot` questions lose their answer when they are no longer asked, because the rule book
    would refuse it there; all other answers are kept for the case that somebody goes back.
    """

    name: str
    step: P
    kind: Kind = Kind.TEXT
    needed: Condition = never
    asked: Condition = always
    moot: bool = False
    most_files: int = 1


_SHEETS: Final = ("csv", "xlsx")
_PICTURES: Final = ("pdf", "png", "jpg", "jpeg", "heic", "tif", "tiff")
FILE_TYPES: Final = {
    "numbers_file": _SHEETS,
    "bill": _PICTURES,
    "csr_copy": _PICTURES,
    "signed_loa": _PICTURES,
}
