"""The process that reads an XLSX workbook; `number_files` starts it."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from python_calamine import CalamineWorkbook, SheetTypeEnum

from bot.documents.isolated_process import UnreadFile, UnreadReason, serve
from bot.documents.number_columns import MOST_COLUMNS, Cells, Unfit, rows_of

MOST_UNPACKED: Final = 20_000_000  # a workbook is a ZIP file, and may be made to burst
MOST_PARTS: Final = 1_000
_ENCRYPTED: Final = 0x1
# The library opens what else there is, and cannot be stopped half-way.
_KNOWN: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_PIECE: Final = 64 * 1024


def read_workbook(content: bytes) -> list[tuple[str, str]]:
    """Return numbers and carriers of the first sheet. Raises `UnreadFile`."""
    _check_parts(content)
    return [(row.text, row.losing_carrier) for row in rows_of(_lines(content))]


def _check_parts(content: bytes) -> None:
    """Count what really comes out of each part: the sizes in a ZIP file's directory may lie."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise UnreadFile(Unfit.LOCKED)
        if not {part.compress_type for part in parts} <= _KNOWN:
            raise UnreadFile(UnreadReason.DAMAGED)
        if len(parts) > MOST_PARTS:
            raise UnreadFile(UnreadReason.TOO_LARGE)
        left = MOST_UNPACKED
        for part in parts:
            left -= _unpacked(archive, part, left)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    said, size = part.file_size, 0
    # The library stops at the size that the directory says, and then compares a checksum.
    part.file_size = most + 2 * _PIECE
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                raise UnreadFile(UnreadReason.TOO_LARGE)
    if size != said:
        raise UnreadFile(UnreadReason.DAMAGED)
    return size


def _lines(content: bytes) -> Iterator[Cells]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    for row in book.get_sheet_by_name(names[0]).iter_rows():
        yield [_cell(value) for value in row[:MOST_COLUMNS]]


def _cell(value: object) -> str:
    """Return a cell as it looks; spreadsheets keep numbers typed without + as decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


if __name__ == "__main__":
    serve(read_workbook)
