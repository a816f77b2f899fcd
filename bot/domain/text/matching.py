"""How alike two texts are: what an intake says and what the carrier's record says."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import SequenceMatcher
from enum import Enum, auto
from functools import cache
from typing import Final

from bot.domain.text.csv_tables import rows

_MARKS: Final = re.compile(r"[^\w\s#&]|_")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)\s+(?=\d)")
_INITIALS: Final = re.compile(r"\b(?:\w\.\s?){2,}")


def plain_name(name: str) -> str:
    """Return a name without case and spare spaces, as carriers' names are compared."""
    return " ".join(name.casefold().split())


class Likeness(Enum):
    """How two texts compare: the same, probably meant as the same, or different."""

    SAME = auto()
    NEARLY = auto()
    DIFFERENT = auto()


def likeness(ours: str, theirs: str) -> Likeness:
    """Compare two texts as a carrier's clerk does.

    Case and spacing do not count. Abbreviations (Suite/Ste, Street/St), punctuation, "#", and a
    company form or unit word that only one side has are likely trouble (S2, I).
    """
    if _folded(ours) == _folded(theirs):
        return Likeness.SAME
    if _nearly(_words(ours), _words(theirs)):
        return Likeness.NEARLY
    return Likeness.DIFFERENT


def _folded(text: str) -> str:
    """Return the text without case and spaces; between two digits a space is a difference."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", "", _BETWEEN_DIGITS.sub("\N{SYMBOL FOR SPACE}", plain.strip()))


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    initials = _INITIALS.sub(lambda match: re.sub(r"[.\s]", "", match[0]) + " ", plain)
    apart = _MARKS.sub(" ", initials.replace("'", "")).replace("#", " # ").replace("&", " & ")
    short = _table("written", "short")
    joined = _phrases().sub(lambda phrase: short[phrase[0]], " ".join(apart.split()))
    return tuple(short.get(word, word) for word in joined.split())


@cache
def _table(key: str, value: str) -> Mapping[str, str]:
    return {row[key]: row[value] for row in rows("abbreviations")}


@cache
def _phrases() -> re.Pattern[str]:
    """Return what finds the long forms of several words."""
    several = (re.escape(written) for written in _table("written", "short") if " " in written)
    return re.compile(rf"\b(?:{'|'.join(several)})\b")


def _nearly(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if _folded(_core(ours)) != _folded(_core(theirs)):
        return False
    # "Apt 4" and "Suite 4" are two places; "4", "# 4" and "Suite 4" may be one.
    ours, theirs = _extra(ours), _extra(theirs)
    return ours == theirs or not (ours and theirs)


def _core(words: tuple[str, ...]) -> str:
    return " ".join(word for word in words if not _is_extra(word))


def _extra(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if _is_extra(word) and word != "#")


def _is_extra(word: str) -> bool:
    """Say whether a word is a company form or names a kind of unit."""
    return _table("short", "kind").get(word, "word") != "word"


def difference(text: str, other: str) -> tuple[tuple[str, bool], ...]:
    """Cut a text where it parts from another; each piece says whether the other one lacks it."""
    # Some letters grow when case is folded; then the places would not be those of the text.
    if len(text.casefold()) != len(text):
        return ((text, False),)
    ours, theirs = text.casefold(), other.casefold()
    # To find out that repeated letters are the same takes the square of their number.
    if ours == theirs:
        return ((text, False),) if text else ()
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return tuple(
        (text[start:end], kind != "equal")
        for kind, start, end, _, _ in matcher.get_opcodes()
        if start < end
    )


def marked(text: str, other: str) -> str:
    """Return a text with the characters that the other one has not, in square brackets."""
    return "".join(f"[{piece}]" if lacks else piece for piece, lacks in difference(text, other))
