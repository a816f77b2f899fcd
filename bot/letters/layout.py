"""Measures the parts of a page: blocks that know their height and what is drawn in them.

Lengths are points. Inside a block y grows downwards from its top.
"""

from dataclasses import dataclass
from typing import NamedTuple

from bot.letters.content import Cell, Section
from bot.letters.typeset import Line, Style, lines, measure

TITLE = Style(21, 27, bold=True)
SUBTITLE = Style(10, 13.5, shade=0.25)
HEADING = Style(9.5, 14, bold=True)
LABEL = Style(7.5, 10, shade=0.35)
VALUE = Style(10, 13)
STRONG = Style(10, 13, bold=True)
BODY = Style(9.5, 12.6)
ATTACHED = Style(8, 11.2)
SECOND_TITLE = Style(14, 19, bold=True)
SMALL = Style(8, 10.5, shade=0.25)

GUTTER = 18
"""White space between two columns."""

_BASELINE = 0.74
_HAIRLINE = 0.5


class Mark(NamedTuple):
    """One stretch of text at its baseline."""

    x: float
    y: float
    font: str
    size: float
    shade: float
    text: str


class Rule(NamedTuple):
    """One horizontal line."""

    x: float
    y: float
    length: float
    weight: float


class Block(NamedTuple):
    """Something of a known height that is never cut."""

    height: float
    marks: list[Mark]
    rules: list[Rule]


@dataclass(frozen=True)
class Typesetter:
    """Sets texts, tables and lines into blocks of one width and scale, in points."""

    width: float
    scale: float = 1.0

    @property
    def column(self) -> float:
        return (self.width - GUTTER) / 2

    def write(
        self, text: str, style: Style, at: tuple[float, float], width: float
    ) -> tuple[list[Mark], float]:
        """Set the text from the point `at`; return its marks and the y below the last line."""
        style = style.scaled(self.scale)
        x, y = at
        marks: list[Mark] = []
        for part in text.split("\n"):
            for line in lines(part, style, width):
                marks += self._marks(line, style, x, y + _BASELINE * style.leading)
                y += style.leading
        return marks, y

    def write_right(self, text: str, style: Style, y: float) -> list[Mark]:
        """Set one line that ends at the right margin."""
        width = measure(text, style.scaled(self.scale))
        return self.write(text, style, (self.width - width, y), width + 1)[0]

    def heading(self, text: str) -> Block:
        marks, y = self.write(text, HEADING, (0, 0), self.width)
        return Block(y + 3 * self.scale, marks, [Rule(0, y, self.width, _HAIRLINE)])

    def section(self, section: Section) -> Block:
        return stack([self.heading(section.title), *map(self.row, section.rows)])

    def row(self, cells: tuple[Cell, ...], style: Style = VALUE) -> Block:
        """Set one or two cells side by side; a cell alone has the whole width."""
        width = self.column if len(cells) > 1 else self.width
        marks: list[Mark] = []
        bottom = 0.0
        for place, cell in enumerate(cells):
            x = place * (self.column + GUTTER)
            caption, y = self.write(cell.label, LABEL, (x, 0), width)
            value, y = self.write(cell.text, style, (x, y), width)
            marks += caption + value
            bottom = max(bottom, y)
        return Block(bottom + 4 * self.scale, marks, [])

    def paragraphs(self, texts: list[str], style: Style = BODY) -> Block:
        marks: list[Mark] = []
        y = 0.0
        for text in texts:
            part, y = self.write(text, style, (0, y), self.width)
            marks += part
            y += 3 * self.scale
        return Block(y, marks, [])

    def _marks(self, line: Line, style: Style, x: float, y: float) -> list[Mark]:
        marks = []
        for font, text in line:
            marks.append(Mark(x, y, font, style.size, style.shade, text))
            if len(line) > 1:
                x += measure(text, style)
        return marks


def stack(blocks: list[Block], gap: float = 0.0) -> Block:
    """Put blocks under each other into one block."""
    marks: list[Mark] = []
    rules: list[Rule] = []
    y = 0.0
    for block in blocks:
        marks += [mark._replace(y=mark.y + y) for mark in block.marks]
        rules += [rule._replace(y=rule.y + y) for rule in block.rules]
        y += block.height + gap
    return Block(y - gap if blocks else 0.0, marks, rules)
