"""How each kind of answer is parsed, whoever typed it: trimmed, and in one way of writing."""

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr

_BLANKS: Final = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]{2,}")
_SHORT_TIME: Final = re.compile(r"[0-9]:[0-9]{2}")


def _trimmed(value: object) -> object:
    """Trim text; nothing counts as empty, and a whole number is taken as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        # A number with thousands of digits cannot even be turned into text by Python.
        return str(value) if abs(value) < 10**20 else value
    return _whole(value.strip()) if isinstance(value, str) else value


def _text(value: object) -> object:
    """Trim text and make one blank of several; lines and tabs stay, for a rule refuses them."""
    text = _trimmed(value)
    return _BLANKS.sub(" ", text) if isinstance(text, str) else text


def _exact(value: object) -> object:
    if value is None:
        return ""
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str) -> str:
    # Half a letter can come out of JSON, but can be neither stored nor printed.
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError
    return text


def _list(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_trimmed(entry) for entry in value]
    return _trimmed(value)


def _day(value: object) -> object:
    return None if value == "" else value


def _state(text: str) -> str:
    return text.upper() if len(text) == 2 and text.isascii() else text


def _time(text: str) -> str:
    return f"0{text}" if _SHORT_TIME.fullmatch(text) else text


def _known(value: Any) -> Any:
    return value or None


Text = Annotated[StrictStr, BeforeValidator(_text)]
# What is compared letter by letter.
Exact = Annotated[StrictStr, BeforeValidator(_trimmed)]
# Taken exactly: a number would have lost its leading zeros, and a blank is not a letter or digit.
Pin = Annotated[StrictStr, BeforeValidator(_exact)]
# What means the same in capitals and small letters is kept in one way.
Code = Annotated[Text, AfterValidator(str.upper)]
State = Annotated[Text, AfterValidator(_state)]
Word = Annotated[Text, AfterValidator(str.casefold)]
Time = Annotated[Text, AfterValidator(_time)]
# A box to tick comes as a list of what was ticked.
Ticked = Annotated[bool, BeforeValidator(bool)]
Numbers = Annotated[StrictStr | tuple[StrictStr, ...], BeforeValidator(_list)]
# Within these years every sum with days and zones stays inside the calendar of Python.
Today = Annotated[
    Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))] | None, BeforeValidator(_day)
]
# Of a record: None where it shows nothing.
Shown = Annotated[StrictStr | None, BeforeValidator(_text), AfterValidator(_known)]
ShownExact = Annotated[StrictStr | None, BeforeValidator(_trimmed), AfterValidator(_known)]
ShownNumbers = Annotated[
    StrictStr | tuple[StrictStr, ...] | None, BeforeValidator(_list), AfterValidator(_known)
]
