"""The many ways in which people write telephone numbers, brought to plain digits."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from phonenumbers import convert_alpha_characters_in_number

_DASHES: Final = re.compile("[‐‑‒–—―−⁃﹘－\\-]+")
_LABEL: Final = re.compile(
    r"^(?:tel|phone|main|fax|mobile|cell|office|number)[a-z ]*[.:]*\s*(?=[+(]?\d)", re.IGNORECASE
)
_NAMED: Final = re.compile(r"^[A-Za-z][A-Za-z .]*:\s*")
_BULLET: Final = re.compile(r"^(?:[-•*·]\s+|\d{1,2}[.)]\s+(?=[+(]?\d))")
_EXTENSION: Final = re.compile(
    r"(?<=[\d\s),;])(?:ext(?:n|ension)?|x|#|poste|durchwahl)[\s.:=]*\d{1,7}$", re.IGNORECASE
)
_JOINED_EXTENSION: Final = re.compile(r"[,;]\s*(?=ext)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[,;\n\r\t\v\f|、\u2028\u2029]|\band\b|&", re.IGNORECASE)
_NEXT_PLUS: Final = re.compile(r"(?<=[\d)])\s+(?=\+)")
_HEADING: Final = re.compile(
    r"(?:(?:tele)?phone |tel )?numbers?|(?:tele)?phones?|(?:tn|did|msisdn)s?", re.IGNORECASE
)
_NUMBER_SHAPE: Final = re.compile(r"\+?[0-9A-Za-z ()./-]+")
_LETTER: Final = re.compile(r"[A-Za-z]")
_NO_DIGIT: Final = re.compile(r"[^0-9]+")
_VANITY: Final = re.compile(r"\D*(?:\d\D*?){3,}[A-Za-z]")
_FEWEST_LETTERS: Final = 3
_LONGEST: Final = 60  # characters; nothing longer is one number
_OUTSIDE: Final = " \"'`[]<>{}“”‘’"


def pieces(text: str | Sequence[str]) -> Iterator[str]:
    """Cut what was typed or pasted into single numbers and ranges; headings fall away."""
    for entry in [text] if isinstance(text, str) else text:
        plain = unicodedata.normalize("NFKC", entry)
        for part in _BETWEEN.split(_JOINED_EXTENSION.sub(" ", plain)):
            for piece in _NEXT_PLUS.split(part):
                if piece.strip(_OUTSIDE) and not _HEADING.fullmatch(piece.strip(_OUTSIDE)):
                    yield piece


def clean(text: str) -> str:
    """Return one written number with plain digits, dashes and spaces, without label or bullet."""
    plain = text if text.isascii() else _with_plain_letters(text)
    plain = " ".join(_DASHES.sub("-", plain).split()).strip(_OUTSIDE)
    for noise in (_BULLET, _NAMED, _LABEL):
        plain = noise.sub("", plain)
    return plain


def _with_plain_letters(text: str) -> str:
    return "".join(map(_plain, unicodedata.normalize("NFKC", text)))


def _plain(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    # Invisible marks come along when numbers are copied from web pages and contact cards.
    return "" if unicodedata.category(letter) == "Cf" else letter


def has_extension(cleaned: str) -> bool:
    """Say whether an extension stands behind the number."""
    return _EXTENSION.search(cleaned) is not None


def has_letters(cleaned: str) -> bool:
    """Say whether some digits are written as letters (1-800-FLOWERS)."""
    return any(letter.isalpha() for letter in cleaned)


def keypad(cleaned: str) -> str | None:
    """Return the digits of a cleaned number, letters as on the keypad; None if it is no number."""
    if len(cleaned) > _LONGEST or not _NUMBER_SHAPE.fullmatch(cleaned):
        return None
    letters = len(_LETTER.findall(cleaned))
    if letters and (letters < _FEWEST_LETTERS or not _VANITY.match(cleaned)):
        return None
    spelled = convert_alpha_characters_in_number(cleaned) if letters else cleaned
    return _NO_DIGIT.sub("", spelled) or None
