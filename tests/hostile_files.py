"""Small files that are made to do harm, each a kind that a workbook can take."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

import openpyxl

SHEET: Final = "xl/worksheets/sheet1.xml"
_MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL: Final = '<c t="inlineStr"><is><t>206-555-0100</t></is></c>'


def plain() -> bytes:
    """Return a good workbook with one number."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["206-555-0100"])
    book.save(content)
    return content.getvalue()


def with_parts(
    parts: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED, content: bytes = b""
) -> bytes:
    """Return a workbook in which some parts are others, or more."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content or plain())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name), zipfile.ZIP_DEFLATED)
        for name, text in parts.items():
            new.writestr(name, text, kind)
    return made.getvalue()


def sheet(rows: str) -> bytes:
    """Return the part of a workbook that holds these rows."""
    return f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()


def of_rows(rows: str) -> bytes:
    """Return a workbook with these rows, as they stand in its part."""
    return with_parts({SHEET: sheet(rows)})


def with_lying_sizes(name: str = "[Content_Types].xml", size: int = 21_000_000) -> bytes:
    """Return a workbook whose directory says that a part is a hundred bytes long."""
    made = bytearray(with_parts({name: b" " * size}))
    entry = made.rindex(name.encode()) - 46  # the fixed part of an entry of the directory
    made[entry + 24 : entry + 28] = struct.pack("<I", 100)
    return bytes(made)


def locked_part() -> bytes:
    """Return a workbook whose parts are said to be encrypted."""
    made = bytearray(plain())
    entry = made.index(b"PK\x01\x02")
    made[entry + 8] |= 1
    return bytes(made)


def _shared_strings() -> bytes:
    text = f"<sst {_MAIN}>{'<si><t>1</t></si>' * 1_000_000}</sst>"
    return with_parts({"xl/sharedStrings.xml": text.encode()})


def _many_parts() -> bytes:
    return with_parts({f"p/{place}": b"" for place in range(5_000)}, zipfile.ZIP_STORED)


# Each with what of its sentence is the same, however far the reading came.
HOSTILE: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "endless rows": (lambda: of_rows(f'<row r="99999999999">{_CELL}</row>'), ""),
    "a last row": (lambda: of_rows(f'<row r="1048576">{_CELL}</row>' * 2), ""),
    "millions of rows": (lambda: of_rows("<row/>" * 3_200_000), ""),
    "rows of nothing": (lambda: of_rows("<row><c/></row>" * 1_300_000), ""),
    "shared strings": (_shared_strings, ""),
    "nesting": (lambda: of_rows("<row><c>" + "<a>" * 2_000_000), ""),
    "sizes that lie": (with_lying_sizes, "too large"),
    "bursting": (lambda: with_parts({SHEET: b" " * 60_000_000}), "too large"),
    "many parts": (_many_parts, "too large"),
    "other packing": (
        lambda: with_parts({"x": b"1" * 5_000_000}, zipfile.ZIP_LZMA),
        "cannot be opened",
    ),
    "cut off": (lambda: plain()[:-300], "cannot be opened"),
    "locked": (locked_part, "password"),
    "locked by Excel": (lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old Excel": (lambda: _OLE + b"Workbook", "old Excel"),
}
# Cheap enough for every run.
QUICK: Final = ("endless rows", "sizes that lie", "locked", "locked by Excel", "old Excel")
