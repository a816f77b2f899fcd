"""Bills and records that come as PDF: what is read of them, and what stops a bad one."""

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from bot.documents.bills import MOST_BYTES, MOST_NUMBERS, Bill, likely_values, read_text

LINES = (
    "Old Telephone Co",
    "Customer service: 206-555-0199",
    "Account number: ACC-99887766",
    "Customer name: Harbour Bakery LLC",
    "Service address: 12 Pier Road, Suite 4",
    "Seattle, WA 98101-1234",
    "Billing telephone number: (206) 555-0150",
    "Authorized contact: Rosa Delgado",
    "Your lines",
    "206-555-0100   basic line   20.00",
    "206-555-0101   basic line   20.00",
)
SECONDS = 20.0  # generous, since other tests may keep the machine busy


def pdf(*pages: tuple[str, ...]) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, invariant=True)
    for lines in pages:
        for place, line in enumerate(lines):
            canvas.drawString(72, 760 - 16 * place, line)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def read(*lines: str) -> Bill:
    return likely_values("\n".join(lines))


def test_a_bill_is_read_by_its_labels() -> None:
    text = read_text(pdf(LINES), SECONDS)
    assert text is not None
    bill = likely_values(text)
    assert bill.fields == {
        "customer_name": "Harbour Bakery LLC",
        "street_address": "12 Pier Road",
        "unit": "Suite 4",
        "city": "Seattle",
        "state": "WA",
        "postal_code": "98101-1234",
        "authorized_person": "Rosa Delgado",
        "btn": "(206) 555-0150",
    }
    assert bill.account_number == "ACC-99887766"
    assert bill.numbers == ("(206) 555-0150", "206-555-0100", "206-555-0101")


def test_the_account_number_is_not_printed_with_the_bill() -> None:
    assert "ACC-99887766" not in repr(read(*LINES))


def test_values_may_stand_below_their_labels() -> None:
    bill = read("SERVICE LOCATION", "100 Main Street", "Austin TX 73301", "Account #", "4711 0815")
    assert bill.fields["street_address"] == "100 Main Street"
    assert bill.fields["city"] == "Austin"
    assert bill.account_number == "4711 0815"


def test_the_service_address_wins_over_any_other() -> None:
    bill = read("Address: 1 Billing Way", "Service address: 2 Line Street")
    assert bill.fields["street_address"] == "2 Line Street"


def test_the_next_label_is_not_taken_for_a_value() -> None:
    assert read("Customer name:", "Account number: 4711").fields == {}


def test_what_stands_side_by_side_is_parted_at_the_gap() -> None:
    assert read("Customer name: Ada Bakery     Page 1").fields == {"customer_name": "Ada Bakery"}


def test_the_main_number_alone_is_no_list_of_the_account() -> None:
    bill = read("Billing telephone number: 206-555-0150", "Total for 206-555-0150  20.00")
    assert bill.numbers == ()


def test_numbers_of_the_carrier_itself_are_left_out() -> None:
    assert read("Questions? 206-555-0199", "Fax 206-555-0198").numbers == ()


def test_only_so_many_numbers_are_offered() -> None:
    lines = [f"206-{500 + place // 10000}-{place % 10000:04d}" for place in range(1000)]
    assert len(read(*lines).numbers) == MOST_NUMBERS


def test_only_the_first_five_pages_are_read() -> None:
    text = read_text(pdf(*[(f"Page number {page}",) for page in range(1, 8)]), SECONDS)
    assert text is not None
    assert "Page number 5" in text
    assert "Page number 6" not in text


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(LINES))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a PDF at all",
        b"%PDF-1.7 broken",
        pdf(LINES)[:400],
        b"%PDF" + b"0" * MOST_BYTES,
        locked("secret"),
    ],
    ids=["empty", "other", "broken", "cut off", "huge", "locked"],
)
def test_a_file_that_cannot_be_read_gives_nothing(content: bytes) -> None:
    assert not read_text(content, SECONDS)


def test_a_bill_that_only_forbids_changes_is_read() -> None:
    assert "Harbour Bakery" in (read_text(locked(""), SECONDS) or "")


def test_reading_ends_when_its_time_is_over() -> None:
    started = time.monotonic()
    assert read_text(pdf(LINES), 0.001) is None
    assert time.monotonic() - started < SECONDS


@given(st.text(max_size=400))
def test_no_text_crashes_the_search(text: str) -> None:
    likely_values(text)


@given(st.lists(st.sampled_from([*LINES, "City:", "State: WA", "Unit 4", "206", ""]), max_size=12))
def test_every_value_stands_in_the_text(lines: list[str]) -> None:
    bill = read(*lines)
    text = "\n".join(lines)
    assert all(value in text for value in [*bill.fields.values(), *bill.numbers])
