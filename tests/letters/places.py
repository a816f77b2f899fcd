"""Where each text of a letter stands on its page, measured in the finished PDF."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream

from bot.letters.letter import Letter
from bot.letters.pdf import render_letter
from tests.letters.letters import WORDS, read

# Letters without a tail are so high, in sizes of their font; what is nearer runs into them.
_HEIGHT = 0.7
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Place:
    """One stretch of text, in points from the lower left corner of the page."""

    text: str
    left: float
    right: float
    baseline: float
    size: float

    def covers(self, other: "Place") -> bool:
        """Say whether two texts run into each other."""
        lower, upper = (self, other) if self.baseline < other.baseline else (other, self)
        if upper.baseline - lower.baseline >= lower.size * _HEIGHT:
            return False
        return self.right > other.left + 0.01 and other.right > self.left + 0.01


@cache
def places(letter: Letter) -> list[list[Place]]:
    """Return what stands where on each page of a letter."""
    return [list(_written(page)) for page in _pages(letter)]


@cache
def lines(letter: Letter) -> list[list[Place]]:
    """Return the lines that are drawn on each page of a letter, as texts without letters."""
    return [list(_drawn(page)) for page in _pages(letter)]


@cache
def _pages(letter: Letter) -> list[PageObject]:
    return list(read(render_letter(letter, WORDS)).pages)


def _drawn(page: PageObject) -> Iterator[Place]:
    start = (0.0, 0.0)
    for operands, operator in ContentStream(page["/Contents"], page.pdf).operations:
        if operator == b"m":
            start = (float(operands[0]), float(operands[1]))
        elif operator == b"l":
            yield Place("", start[0], float(operands[0]), start[1], 0)


def _written(page: PageObject) -> Iterator[Place]:
    resources: Any = page["/Resources"]
    fonts = {name: _Font(font.get_object()) for name, font in resources["/Font"].items()}
    now, font = Place("", 0, 0, 0, 0), ""
    for operands, operator in ContentStream(page["/Contents"], page.pdf).operations:
        if operator == b"Tf":
            font, now = operands[0], replace(now, size=float(operands[1]))
        elif operator == b"Tm":
            if now.text:
                yield now
            left, baseline = map(float, operands[4:6])
            now = replace(now, text="", left=left, right=left, baseline=baseline)
        elif operator == b"Tj":
            text, width = fonts[font].read(operands[0], now.size)
            now = replace(now, text=now.text + text, right=now.right + width)
    yield now


class _Font:
    """A font of the file: what its codes mean, and how wide each is."""

    def __init__(self, font: Any) -> None:
        codes = font["/ToUnicode"].get_data() if "/ToUnicode" in font else b""
        self._letters = {int(code, 16): chr(int(to, 16)) for code, to in _PAIR.findall(codes)}
        self._first, self._widths = int(font.get("/FirstChar", 0)), font.get("/Widths", ())

    def read(self, written: Any, size: float) -> tuple[str, float]:
        codes = written.original_bytes
        width = sum(float(self._widths[code - self._first]) for code in codes)
        return "".join(self._letters[code] for code in codes), width * size / 1000
