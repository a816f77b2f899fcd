"""Turns a text of any script into measured lines, in the order in which they are drawn."""

from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining

from reportlab.pdfbase import pdfmetrics

from bot.letters.bidi import direction, in_drawing_order, shaped
from bot.letters.fonts.fonts import BOLD, REGULAR, Run, runs

_BREAK_AFTER = "@.-_/,+"


class Style(NamedTuple):
    """How a text looks; sizes in points."""

    size: float
    leading: float
    bold: bool = False
    shade: float = 0.0
    """0 is black, 1 is white."""

    @property
    def font(self) -> str:
        return BOLD if self.bold else REGULAR

    def scaled(self, scale: float) -> "Style":
        return self._replace(size=self.size * scale, leading=self.leading * scale)


Line = list[Run]


def lines(text: str, style: Style, width: float) -> list[Line]:
    """Break the text into lines no wider than `width` points, cut into runs of one font."""
    text = shaped(text)
    base = direction(text)
    broken = _wrap(text, style, width)
    ordered = [in_drawing_order(line, base) for line in broken] if base else broken
    return [runs(line, style.font) for line in ordered]


@lru_cache(maxsize=8192)
def measure(text: str, style: Style) -> float:
    """Return the width of the text, in points."""
    return sum(
        pdfmetrics.stringWidth(part, font, style.size) for font, part in runs(text, style.font)
    )


def _wrap(text: str, style: Style, width: float) -> list[str]:
    done: list[str] = []
    line, used = "", 0.0
    gap = measure(" ", style)
    for word in text.split(" "):
        wide = measure(word, style)
        if line and used + gap + wide <= width:
            line, used = f"{line} {word}", used + gap + wide
            continue
        done += [line] if line else []
        *full, line = _pieces(word, style, width) if wide > width else [word]
        done += full
        used = measure(line, style)
    return [*done, line]


def _pieces(word: str, style: Style, width: float) -> list[str]:
    pieces: list[str] = []
    while len(word) > 1 and measure(word, style) > width:
        at = _break_at(word, style, width)
        pieces.append(word[:at])
        word = word[at:]
    return [*pieces, word]


def _break_at(word: str, style: Style, width: float) -> int:
    """Find how many characters fit, and rather break after a sign than inside a name."""
    used, fits = 0.0, 0
    while fits < len(word) and used <= width:
        used += measure(word[fits], style)
        fits += 1
    fits = max(fits - 1, 1)
    while fits > 1 and combining(word[fits]):
        fits -= 1
    sign = max(word.rfind(c, 0, fits) for c in _BREAK_AFTER) + 1
    return sign if sign > fits // 2 else fits
