"""The rules of writing: composed characters, Arabic forms, and drawing order of right to left."""

from unicodedata import bidirectional, category, normalize

import arabic_reshaper
from bidi import get_base_level, get_display  # type: ignore[import-untyped]  # ships no types

_JOINERS = "\u200c\u200d"
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
# Names are filed without vowel points; the Arabic ones go when the letters are joined.
_HEBREW_POINTS = range(0x0591, 0x05C8)
_OPENING = dict(zip(")]}»", "([{«", strict=True))
_PARTNER = _OPENING | {opening: closing for closing, opening in _OPENING.items()}


def clean(text: str) -> str:
    """Return the text composed (NFC), on one line, without marks that nobody can see."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = normalize("NFC", " ".join(text.split()))
    return "".join(c for c in composed if not _is_left_out(c))


def shaped(text: str) -> str:
    """Return the cleaned text with Arabic letters in the form that their neighbours ask for."""
    text = clean(text)
    if text.isascii():
        return text
    formed: str = arabic_reshaper.reshape(text) if _is_arabic(text) else text
    return "".join(c for c in formed if c not in _JOINERS)


def direction(text: str) -> str:
    """Return "" for a text without right-to-left letters, else its main direction, L or R."""
    if text.isascii() or not any(bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return ""
    return "LR"[get_base_level(text)]


def in_drawing_order(line: str, base: str) -> str:
    """Put a line with right-to-left words into drawing order, brackets turned to face inwards.

    The library orders the characters but leaves brackets as they were typed, so a pair that was
    turned around stands there as `)…(`.
    """
    letters = list(str(get_display(line, base_dir=base)))
    for left, right in _turned_pairs(letters):
        letters[left], letters[right] = letters[right], letters[left]
    return "".join(letters)


def _turned_pairs(letters: list[str]) -> list[tuple[int, int]]:
    opened: list[int] = []
    turned = []
    for at, letter in enumerate(letters):
        partner = _PARTNER.get(letter)
        if opened and letters[opened[-1]] == partner:
            left = opened.pop()
            turned += [(left, at)] if letters[left] in _OPENING else []
        elif partner:
            opened.append(at)
    return turned


def _is_arabic(text: str) -> bool:
    return any(bidirectional(c) == "AL" for c in text)


def _is_left_out(c: str) -> bool:
    if ord(c) in _HEBREW_POINTS:
        return category(c) == "Mn"
    return category(c) == "Cf" and c not in _JOINERS
