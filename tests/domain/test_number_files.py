import io
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.number_files import MOST_BYTES, MOST_ROWS, NumberFile, read_number_file
from bot.domain.numbers.number_list import read_numbers
from bot.errors import Refusal
from tests.refusals import sentence_of


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read_number_file(name, content)
    assert caught.value.field == "numbers_file"
    return sentence_of(caught.value)


def texts(file: NumberFile) -> list[tuple[str, str]]:
    return [(row.text, row.losing_carrier) for row in file.rows]


TWO = [("206-555-0100", "Old Telecom"), ("206-555-0101", "Other Telecom")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_separates_its_columns(separator: str) -> None:
    lines = [
        ["Account", "Phone number", "Losing carrier"],
        ["4711000", "206-555-0100", "Old Telecom"],
        ["4711000", "206-555-0101", "Other Telecom"],
    ]
    content = "\r\n".join(separator.join(line) for line in lines).encode()
    assert texts(read_number_file("numbers.csv", content)) == TWO


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_the_usual_encodings(encoding: str) -> None:
    content = "Número;Telephone;Carrier\n1;206-555-0100;Télécom\n".encode(encoding)
    assert texts(read_number_file("n.csv", content)) == [("206-555-0100", "Télécom")]


def test_a_bare_list_keeps_everything_that_stands_in_it() -> None:
    file = read_number_file("list.txt", b"206-555-0100\n911\n\n206-555-0101 to 0103\n")
    assert file.numbers == ("206-555-0100", "911", "206-555-0101 to 0103")
    assert file.carriers == {}
    listed = read_numbers(file.numbers)
    assert len(listed.numbers) == 4
    assert [problem.code for problem in listed.problems] == ["number_n11"]


def test_a_workbook_gives_numbers_as_they_look() -> None:
    content = workbook(
        ("Line", "Telephone number", "Provider"),
        ("one", 2065550100, "Old Telecom"),
        ("two", 2065550101.0, None),
        ("three", "+1 206 555 0102", "Old Telecom"),
        (None, None, None),
    )
    file = read_number_file("Numbers.XLSX", content)
    assert file.numbers == ("2065550100", "2065550101", "+1 206 555 0102")
    assert file.carriers == {"2065550100": "Old Telecom", "+1 206 555 0102": "Old Telecom"}


def test_the_number_column_is_found_among_others() -> None:
    content = workbook(
        ("Account number", "TN", "Current carrier"), (4711000, 2065550100, "Old Telecom")
    )
    assert texts(read_number_file("n.xlsx", content)) == [("2065550100", "Old Telecom")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("numbers.xls", b"\xd0\xcf\x11\xe0", "This kind of file"),
        ("numbers.pdf", b"%PDF", "This kind of file"),
        ("numbers", b"206-555-0100", "This kind of file"),
        ("numbers.xlsx", b"206-555-0100", "cannot be opened"),
        ("numbers.xlsx", workbook()[:200], "cannot be opened"),
        ("numbers.csv", b"", "No telephone numbers"),
        ("numbers.csv", b"Name,City\nAnn,Seattle\n", "No telephone numbers"),
        ("numbers.xlsx", workbook(), "No telephone numbers"),
        ("numbers.csv", b"1" * (MOST_BYTES + 1), "larger than 1 MB"),
        ("numbers.xlsx", workbook(*[("206-555-0100 " * 2000,)] * 100), "larger than 1 MB"),
        ("numbers.csv", b"206-555-0100\n" * (MOST_ROWS + 1), "more than 10,000 rows"),
        ("numbers.csv", b'"' + b"1" * 200_000, "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_of_no_use_is_refused_with_the_reason(
    name: str, content: bytes, says: str
) -> None:
    assert says in refusal(name, content)


def test_a_workbook_made_to_burst_is_refused_unopened() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert "too large" in refusal("n.xlsx", content.getvalue())


@given(st.binary(max_size=300), st.sampled_from(["n.csv", "n.xlsx"]))
def test_no_bytes_crash_the_reading(content: bytes, name: str) -> None:
    with suppress(Refusal):
        assert read_number_file(name, content).rows


def test_a_letter_that_no_database_keeps_is_shown_as_unreadable() -> None:
    content = b"number,carrier\n206 555 0100,Old\0Tel\n"
    assert texts(read_number_file("list.csv", content)) == [("206 555 0100", "Old\ufffdTel")]
