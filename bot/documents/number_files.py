"""Lists of numbers in CSV and XLSX files, with a column for the losing carrier if there is one."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from bot.documents.isolated_process import UnreadFile, UnreadReason, read_isolated
from bot.documents.number_columns import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Cells,
    NumberRow,
    Unfit,
    rows_of,
)
from bot.errors import Refusal

__all__ = ["MOST_BYTES", "MOST_ROWS", "NumberFile", "NumberRow", "read_number_file"]
SECONDS: Final = 10.0  # where nobody in Slack waits
_ZIP: Final = b"PK"
# Old Excel's files begin so, and new ones that a password protects; those say that they are.
_OLE: Final = b"\xd0\xcf\x11\xe0"
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
# In place of NUL, which PostgreSQL keeps in no text.
_NOT_READABLE: Final = "\N{REPLACEMENT CHARACTER}"


class UnfitNumberFile(Refusal):
    """A list of numbers that cannot be used: an `Unfit` or an `UnreadReason` says why."""

    table = "number_files"


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


def read_number_file(name: str, content: bytes, seconds: float = SECONDS) -> NumberFile:
    """Read the numbers of a CSV, TSV, text or XLSX file, in at most so many seconds.

    Raises `UnfitNumberFile` on the field `numbers_file` for a file that is too large, damaged, of
    another kind, or takes longer. Whether the numbers are any good is for the rule book to say.
    """
    try:
        return NumberFile(_rows(PurePath(name).suffix.casefold(), content, seconds))
    except UnreadFile as error:
        raise UnfitNumberFile(error.why, "numbers_file") from None


def _rows(kind: str, content: bytes, seconds: float) -> tuple[NumberRow, ...]:
    if len(content) > MOST_BYTES:
        raise UnreadFile(Unfit.TOO_LARGE)
    if content.startswith(_OLE):
        raise UnreadFile(Unfit.LOCKED if _PROTECTED in content else Unfit.OLD_EXCEL)
    if kind not in _READERS:
        raise UnreadFile(Unfit.OTHER_KIND)
    return _READERS[kind](content, seconds)


def _xlsx(content: bytes, seconds: float) -> tuple[NumberRow, ...]:
    if not content.startswith(_ZIP):
        raise UnreadFile(UnreadReason.DAMAGED)
    return tuple(
        NumberRow(str(text), str(carrier))
        for text, carrier in read_isolated("bot.documents.workbooks", content, seconds)
    )


def _csv(content: bytes, _seconds: float) -> tuple[NumberRow, ...]:
    """Read it here: its time is bounded by its size, and no part of it stands for many others."""
    try:
        return rows_of(_lines(_decoded(content).replace("\0", _NOT_READABLE)))
    except csv.Error:
        raise UnreadFile(Unfit.NOT_CSV) from None


def _lines(text: str) -> Iterator[Cells]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t|", key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        yield [cell.strip() for cell in row[:MOST_COLUMNS]]


def _decoded(content: bytes) -> str:
    """Return the text; spreadsheet programs write UTF-8, UTF-16 or the old Windows letters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


_READERS: Final[Mapping[str, Callable[[bytes, float], tuple[NumberRow, ...]]]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".txt": _csv,
    ".xlsx": _xlsx,
}
