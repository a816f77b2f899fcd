"""Lists of numbers in CSV and XLSX files, with a column for the losing carrier if there is one."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Final

from bot.errors import PortingError

MOST_BYTES: Final = 1_000_000
MOST_UNPACKED: Final = 20_000_000  # a workbook is a ZIP file, and may be made to burst
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 50
FEWEST_DIGITS: Final = 7  # of what looks like a telephone number
_NUMBER_HEADING: Final = re.compile(
    r"\b(?:numbers?|phones?|telephones?|tns?|dids?|msisdn|e\.?164|lines?)\b", re.IGNORECASE
)
_CARRIER_HEADING: Final = re.compile(r"\b(?:carrier|provider|resp\s?org)\b", re.IGNORECASE)
_NOT_A_NUMBER: Final = re.compile(r"\b(?:account|contact|order|case|pin|zip)\b", re.IGNORECASE)
_TOO_LARGE: Final = "The file is larger than 1 MB. Send the numbers alone, one in each row."

Cells = Sequence[str]


@dataclass(frozen=True)
class NumberRow:
    """One number or range as it stands in the file, and its carrier ("" where none is named)."""

    text: str
    losing_carrier: str = ""


@dataclass(frozen=True)
class NumberFile:
    """The rows of a file, in order, ready for the intake fields `numbers` and `carriers`."""

    rows: tuple[NumberRow, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers as typed."""
        return tuple(row.text for row in self.rows)

    @property
    def carriers(self) -> Mapping[str, str]:
        """The losing carrier of each number for which the file names one."""
        return {row.text: row.losing_carrier for row in self.rows if row.losing_carrier}


def read_number_file(name: str, content: bytes) -> NumberFile:
    """Read the numbers of a CSV, TSV, text or XLSX file.

    Raises `PortingError` on the field `numbers_file` for a file that is too large, damaged or of
    another kind. Whether the numbers are any good is for the rule book to say.
    """
    if len(content) > MOST_BYTES:
        raise _refusal(_TOO_LARGE)
    reader = _READERS.get(PurePath(name).suffix.casefold())
    if reader is None:
        raise _refusal(
            "This kind of file cannot be read. Save it as CSV or XLSX and send it again."
        )
    grid = list(islice(filter(any, reader(content)), MOST_ROWS + 1))
    if len(grid) > MOST_ROWS:
        raise _refusal("The file has more than 10,000 rows. Send it in smaller parts.")
    rows = tuple(_number_rows(grid))
    # A workbook is packed: what a few bytes say again and again may be long.
    if sum(len(row.text) + len(row.losing_carrier) for row in rows) > MOST_BYTES:
        raise _refusal(_TOO_LARGE)
    if not rows:
        raise _refusal("No telephone numbers were found in the file. Put them into one column.")
    return NumberFile(rows)


def _refusal(message: str) -> PortingError:
    return PortingError(message, "numbers_file")


def _csv_rows(content: bytes) -> Iterator[Cells]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t|", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield [cell.strip() for cell in row[:MOST_COLUMNS]]
    except csv.Error:
        raise _refusal("The file cannot be read as CSV. Save it again and send that.") from None


def _decoded(content: bytes) -> str:
    """Return the text; spreadsheet programs write UTF-8, UTF-16 or the old Windows letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def load_excel() -> None:
    """Load the library: with the first workbook it would take a third of a second."""
    import openpyxl  # noqa: F401 (a command that reads no workbook does without)


def _xlsx_rows(content: bytes) -> Iterator[Cells]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise _refusal("The workbook is too large. Send the numbers alone, as CSV.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [_cell(value) for value in row]
    except PortingError:
        raise
    # A damaged workbook fails in any of the many parts that read it.
    except Exception:
        raise _refusal("The workbook cannot be opened. Save it again as XLSX, or as CSV.") from None


def _cell(value: object) -> str:
    """Return a cell as it looks; spreadsheets keep numbers typed without + as decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


_READERS: Final[Mapping[str, Callable[[bytes], Iterator[Cells]]]] = {
    ".csv": _csv_rows,
    ".tsv": _csv_rows,
    ".txt": _csv_rows,
    ".xlsx": _xlsx_rows,
}


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
