from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.errors import Refusal
from bot.letters.spreadsheet import render_numbers
from tests.letters.letters import WORDS, a_letter, us_numbers


def rows_of(xlsx: bytes) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(xlsx)).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def test_the_spreadsheet_lists_every_number_as_text() -> None:
    header, *rows = rows_of(render_numbers(a_letter(numbers=us_numbers(300)), WORDS))

    assert header[1] == "Telephone number"
    assert [row[1] for row in rows] == list(us_numbers(300))
    assert rows[0][:3] == ("1", "+12065550100", "(206) 555-0100")


def test_the_btn_is_marked() -> None:
    letter = a_letter(numbers=us_numbers(11), btn="+12065550101", btn_option="close_account")
    _, *rows = rows_of(render_numbers(letter, WORDS))

    assert [row[1] for row in rows if row[3]] == ["+12065550101"]


def test_the_same_letter_gives_the_same_spreadsheet() -> None:
    letter = a_letter(numbers=us_numbers(11))

    assert render_numbers(letter, WORDS) == render_numbers(letter, WORDS)


def test_the_spreadsheet_names_its_case_and_fingerprint() -> None:
    letter = a_letter(numbers=us_numbers(11))
    about = load_workbook(BytesIO(render_numbers(letter, WORDS))).properties

    assert about.title is not None
    assert "PRT-1042" in about.title
    assert about.subject is not None
    assert letter.fingerprint()[:12] in about.subject


def test_a_formula_in_place_of_a_number_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        render_numbers(a_letter(numbers=("=1+1",)), WORDS)

    assert refused.value.field == "numbers"
