"""Chooses, for each stretch of text, a shipped font that really has its characters."""

from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from threading import Lock
from unicodedata import category, combining, normalize

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.letters.bidi import shaped

_FOLDER = Path(__file__).resolve().parent
REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
_OTHER_SCRIPTS = (
    "NotoSansArabic-Regular",
    "NotoSansHebrew-Regular",
    "NotoSansArmenian-Regular",
    "NotoSansGeorgian-Regular",
    # Chinese, Japanese and Korean, embedded: a letter must look the same on the carrier's screen.
    "DroidSansFallback",
)
_NEVER = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
# Over these a loose accent sits right; over a taller letter the two would run into each other.
_LOW_LETTERS = frozenset("aceimnopqrsuvwxyzəɛɔаеоуияэ")
_loading = Lock()

Run = tuple[str, str]
"""A font name and the text set in it."""


def unprintable(text: str) -> str:
    """Return the characters of the text, each once, that no font of the letter has.

    An accent that has no character together with its letter counts as one of them, unless it
    sits well where the font puts it.
    """
    text = shaped(text)
    if text.isascii() and text.isprintable():
        return ""
    bad = (
        c for before, c in pairwise(f" {text}") if not _font_of(c, REGULAR) or _clashes(before, c)
    )
    return "".join(dict.fromkeys(bad))


def runs(text: str, font: str) -> list[Run]:
    """Split the text into stretches of one font each, the wanted font wherever it can.

    Characters that no font has stay in the wanted font; `unprintable` finds them beforehand.
    """
    if text.isascii():
        _truetype(font)
        return [(font, text)]
    chosen = ((_font_of(letter, font) or font, letter) for letter in text)
    return [
        (name, "".join(letter for _, letter in group))
        for name, group in groupby(chosen, key=lambda run: run[0])
    ]


@lru_cache(maxsize=4096)
def _font_of(letter: str, font: str) -> str:
    if category(letter) in _NEVER:
        return ""
    return next((name for name in (font, *_OTHER_SCRIPTS) if ord(letter) in _glyphs(name)), "")


def _clashes(before: str, letter: str) -> bool:
    if not category(letter).startswith("M"):
        return False
    base, *marks = list(normalize("NFD", before))
    stacked = any(combining(mark) == combining(letter) for mark in marks)
    return stacked or base not in _LOW_LETTERS


@cache
def _glyphs(font: str) -> frozenset[int]:
    # Glyph 0 is the box that stands for a missing character.
    glyphs: dict[int, int] = _truetype(font).face.charToGlyph
    return frozenset(code for code, glyph in glyphs.items() if glyph)


def _truetype(name: str) -> TTFont:
    """Give a font to ReportLab on its first use, once, whichever thread asks."""
    with _loading:
        return _load(name)


@cache
def _load(name: str) -> TTFont:
    font = TTFont(name, str(_FOLDER / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font
