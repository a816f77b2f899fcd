"""The spreadsheet of numbers that goes with a letter saying "See Attached" (S1)."""

from datetime import datetime
from io import BytesIO
from typing import Any

from bot.letters.content import footer, label
from bot.letters.letter import Letter
from bot.letters.numbers import national
from bot.letters.pdf import check
from bot.wording.templates import Templates

# A workbook carries the moment of its making; a constant keeps equal letters equal in bytes.
_MADE_AT = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no zones
_COLUMNS = {"sheet_place": 6, "sheet_number": 22, "sheet_national": 28, "sheet_btn": 8}


def render_numbers(letter: Letter, words: Templates) -> bytes:
    """Return the letter's numbers as XLSX, every cell a text, always the same bytes.

    Raises `LetterRefusal` as `render_letter` does.
    """
    check(letter)
    # The import takes 0.1 s and most letters need no spreadsheet.
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties(_properties(letter, words))
        sheet = book.add_worksheet(label(words, "sheet"))
        _set_page(sheet, letter, words)
        bold, as_text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        _write_titles(sheet, words, bold, as_text)
        for row, cells in enumerate(_rows(letter, words), start=1):
            for column, text in enumerate(cells):
                sheet.write_string(row, column, text, as_text)
    return buffer.getvalue()


def _write_titles(sheet: Any, words: Templates, bold: Any, as_text: Any) -> None:
    for column, (title, width) in enumerate(_COLUMNS.items()):
        sheet.set_column(column, column, width, as_text)
        sheet.write_string(0, column, label(words, title), bold)


def _rows(letter: Letter, words: Templates) -> list[tuple[str, ...]]:
    yes = label(words, "sheet_yes")
    return [
        (str(place), number, national(number), yes if number == letter.btn else "")
        for place, number in enumerate(letter.numbers, start=1)
    ]


def _properties(letter: Letter, words: Templates) -> dict[str, Any]:
    return {
        "title": f"{label(words, 'title_attachment')} {letter.reference}".strip(),
        "author": label(words, "author"),
        "subject": footer(letter, words),
        "created": _MADE_AT,
    }


def _set_page(sheet: Any, letter: Letter, words: Templates) -> None:
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    # An ampersand begins a code in the header of a sheet.
    sheet.set_header("&L" + footer(letter, words).replace("&", "&&"))
