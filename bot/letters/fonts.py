"""Chooses, for each stretch of text, a font that really has its characters."""

from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from unicodedata import category

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from bot.letters.script import shaped

_FOLDER = Path(__file__).resolve().parent / "fonts"
REGULAR = "NotoSans-Regular"
BOLD = "NotoSans-Bold"
_OTHER_SCRIPTS = (
    "NotoSansArabic-Regular",
    "NotoSansHebrew-Regular",
    "NotoSansArmenian-Regular",
    "NotoSansGeorgian-Regular",
)
# Every PDF reader brings these fonts; the Python codec tells which characters each one has.
_EAST_ASIAN = {
    "STSong-Light": "gbk",
    "HeiseiMin-W3": "cp932",
    "HYSMyeongJo-Medium": "cp949",
    "MSung-Light": "big5",
}
_BY_COUNTRY = {
    "JP": "HeiseiMin-W3",
    "KR": "HYSMyeongJo-Medium",
    "TW": "MSung-Light",
    "HK": "MSung-Light",
    "MO": "MSung-Light",
}
_KANA = range(0x3040, 0x3100)
_HANGUL = (range(0x1100, 0x1200), range(0x3130, 0x3190), range(0xAC00, 0xD7A4))
_NEVER = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_registering = Lock()

Run = tuple[str, str]
"""A font name and the text set in it."""


def register() -> None:
    """Give the fonts to ReportLab; only the first call does any work."""
    with _registering:
        _register_once()


@cache
def _register_once() -> None:
    for name in (REGULAR, BOLD, *_OTHER_SCRIPTS):
        pdfmetrics.registerFont(_truetype(name))
    for name in _EAST_ASIAN:
        pdfmetrics.registerFont(UnicodeCIDFont(name))


@cache
def _truetype(name: str) -> TTFont:
    return TTFont(name, str(_FOLDER / f"{name}.ttf"))


def unprintable(text: str) -> str:
    """Return the characters of the text, each once, that no font of the letter has."""
    register()
    return "".join(dict.fromkeys(c for c in shaped(text) if not _has_a_font(c)))


def runs(text: str, font: str, country: str) -> list[Run]:
    """Split the text into stretches of one font each, the wanted font first.

    Characters that no font has stay in the wanted font; `unprintable` finds them beforehand.
    """
    if text.isascii():
        return [(font, text)]
    east_asian = _east_asian_order(text, country)
    chosen = ((_font_of(letter, font) or _first(letter, east_asian) or font, letter)
              for letter in text)  # fmt: skip
    return [
        (name, "".join(letter for _, letter in group))
        for name, group in groupby(chosen, key=lambda run: run[0])
    ]


@lru_cache(maxsize=4096)
def _font_of(letter: str, font: str) -> str:
    if category(letter) in _NEVER:
        return ""
    chain = (font, *_OTHER_SCRIPTS)
    return next((name for name in chain if ord(letter) in _glyphs(name)), "")


@cache
def _glyphs(font: str) -> frozenset[int]:
    # Glyph 0 is the box that stands for a missing character.
    glyphs: dict[int, int] = _truetype(font).face.charToGlyph
    return frozenset(code for code, glyph in glyphs.items() if glyph)


def _has_a_font(letter: str) -> bool:
    return bool(_font_of(letter, REGULAR) or _first(letter, tuple(_EAST_ASIAN)))


def _east_asian_order(text: str, country: str) -> tuple[str, ...]:
    """Put first the font that suits the writing, then those that have most of it."""
    wide = [letter for letter in text if not _font_of(letter, REGULAR)]
    if not wide:
        return ()
    home = _home_font(wide, country)
    return tuple(
        sorted(
            _EAST_ASIAN,
            key=lambda name: (-sum(_encodes(letter, name) for letter in wide), name != home),
        )
    )


def _home_font(wide: list[str], country: str) -> str:
    codes = [ord(letter) for letter in wide]
    if any(code in _KANA for code in codes):
        return "HeiseiMin-W3"
    if any(code in block for block in _HANGUL for code in codes):
        return "HYSMyeongJo-Medium"
    return _BY_COUNTRY.get(country, "STSong-Light")


def _first(letter: str, names: tuple[str, ...]) -> str:
    return next((name for name in names if _encodes(letter, name)), "")


def _encodes(letter: str, font: str) -> bool:
    if category(letter) in _NEVER:
        return False
    try:
        letter.encode(_EAST_ASIAN[font])
    except UnicodeEncodeError:
        return False
    return True
