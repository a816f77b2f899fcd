"""Finds the telephone numbers in a table, and the column with their losing carrier."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

from bot.documents.isolated_process import UnreadFile

MOST_BYTES: Final = 1_000_000
MOST_ROWS: Final = 10_000
MOST_LINES: Final = 100_000  # with the empty ones
MOST_COLUMNS: Final = 50
FEWEST_DIGITS: Final = 7  # of what looks like a telephone number
_NUMBER_HEADING: Final = re.compile(
    r"\b(?:numbers?|phones?|telephones?|tns?|dids?|msisdn|e\.?164|lines?)\b", re.IGNORECASE
)
_CARRIER_HEADING: Final = re.compile(r"\b(?:carrier|provider|resp\s?org)\b", re.IGNORECASE)
_NOT_A_NUMBER: Final = re.compile(r"\b(?:account|contact|order|case|pin|zip)\b", re.IGNORECASE)

Cells = Sequence[str]


class Unfit(StrEnum):
    """What is wrong with a list of numbers that can be read, or is none."""

    OTHER_KIND = "other_kind"
    OLD_EXCEL = "old_excel"
    LOCKED = "locked"
    NOT_CSV = "not_csv"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_LINES = "too_many_lines"
    NO_NUMBERS = "no_numbers"


@dataclass(frozen=True)
class NumberRow:
    """One number or range as it stands in the file, and its carrier ("" where none is named)."""

    text: str
    losing_carrier: str = ""


def rows_of(table: Iterable[Cells]) -> tuple[NumberRow, ...]:
    """Return the numbers of a table, in order. Raises `UnreadFile` with an `Unfit`."""
    grid = list(islice(filter(any, _counted(table)), MOST_ROWS + 1))
    if len(grid) > MOST_ROWS:
        raise UnreadFile(Unfit.TOO_MANY_ROWS)
    rows = tuple(_number_rows(grid))
    # A workbook is packed: what a few bytes say again and again may be long.
    if sum(len(row.text) + len(row.losing_carrier) for row in rows) > MOST_BYTES:
        raise UnreadFile(Unfit.TOO_LARGE)
    if not rows:
        raise UnreadFile(Unfit.NO_NUMBERS)
    return rows


def _counted(table: Iterable[Cells]) -> Iterator[Cells]:
    for place, row in enumerate(table):
        if place >= MOST_LINES:
            raise UnreadFile(Unfit.TOO_MANY_LINES)
        yield row[:MOST_COLUMNS]


def _number_rows(grid: Sequence[Cells]) -> Iterator[NumberRow]:
    if not grid:
        return
    headings = [] if any(map(_looks_like_a_number, grid[0])) else grid[0]
    body = grid[1:] if headings else grid
    carriers = [at for at, text in enumerate(headings) if _CARRIER_HEADING.search(text)]
    named, likely = _named_columns(headings, carriers), _likely_columns(body)
    # "Line" may head a description and "Account" a long number: best is what both ways agree on.
    columns = [at for at in named if at in likely][:1] or named[:1] or likely
    for row in body:
        carrier = next((row[at] for at in carriers if at < len(row)), "")
        for at in columns:
            if at < len(row) and row[at]:
                yield NumberRow(row[at], carrier)


def _looks_like_a_number(cell: str) -> bool:
    return sum(letter.isdigit() for letter in cell) >= FEWEST_DIGITS


def _named_columns(headings: Cells, carriers: Sequence[int]) -> list[int]:
    """Return the columns whose headings speak of telephone numbers."""
    return [
        at
        for at, text in enumerate(headings)
        if at not in carriers and _NUMBER_HEADING.search(text) and not _NOT_A_NUMBER.search(text)
    ]


def _likely_columns(body: Sequence[Cells]) -> list[int]:
    """Return the columns in which at least half of what is filled in looks like a number."""
    likely = []
    for at in range(max(map(len, body), default=0)):
        filled = [row[at] for row in body if at < len(row) and row[at]]
        if filled and 2 * sum(map(_looks_like_a_number, filled)) >= len(filled):
            likely.append(at)
    return likely
