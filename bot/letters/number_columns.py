"""Sets numbers in columns that are read downwards, on the letter and on its attachment."""

from dataclasses import dataclass

from bot.letters.layout import GUTTER, LABEL, Block, Mark, Typesetter
from bot.letters.numbers import national
from bot.letters.typeset import Style, measure

_GAP = 0.85
"""Space after each part of an entry, in ems."""


@dataclass(frozen=True)
class Grid:
    """Columns wide enough for the longest of the numbers; lengths in points."""

    columns: int
    rows: int
    style: Style
    btn: str
    btn_tag: str
    place_width: float
    national_width: float
    e164_width: float

    @property
    def size(self) -> int:
        return self.columns * self.rows

    def block(self, typesetter: Typesetter, numbers: tuple[str, ...], first: int = 1) -> Block:
        """Set the numbers, counted from `first`; the BTN is marked among them."""
        marks = [
            mark
            for place, number in enumerate(numbers)
            for mark in self._entry(typesetter, number, place, first)
        ]
        return Block(min(self.rows, len(numbers)) * self.style.leading, marks, [])

    def _entry(self, typesetter: Typesetter, number: str, place: int, first: int) -> list[Mark]:
        column, row = divmod(place, self.rows)
        x = column * (typesetter.width + GUTTER) / self.columns
        y = (row + 1) * self.style.leading
        national_x = x + self.place_width
        e164_x = national_x + self.national_width
        count = f"{first + place}"
        marks = [
            self._mark(
                x + self.place_width - _GAP * self.style.size - measure(count, self.style),
                y,
                count,
                LABEL.shade,
            ),
            self._mark(national_x, y, national(number)),
            self._mark(e164_x, y, number),
        ]
        if number == self.btn:
            marks.append(self._mark(e164_x + self.e164_width, y, self.btn_tag))
        return marks

    def _mark(self, x: float, y: float, text: str, shade: float = 0.0) -> Mark:
        return Mark(x, y - 0.26 * self.style.leading, self.style.font, self.style.size, shade, text)


def grid(
    numbers: tuple[str, ...],
    style: Style,
    width: float,
    btn: tuple[str, str],
    shape: tuple[int, int],
) -> Grid:
    """Fit a grid of at most `shape` (columns, rows) for the numbers into the width.

    `btn` is the number to mark and the word to mark it with.
    """
    columns, rows = shape
    widest = [
        f"{len(numbers)}",
        max(map(national, numbers), key=len),
        max(numbers, key=len),
        btn[1],
    ]
    gap = _GAP * style.size
    widths = [measure(text, style) + gap for text in widest]
    fitting = int((width + gap) // sum(widths))
    return Grid(max(1, min(columns, fitting)), rows, style, *btn, *widths[:3])
