"""What somebody types is what stands on the paper that the carrier gets."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import Typing
from bot.desk.letters.letters import File, render_files
from tests.journeys.cases import FIELDS
from tests.office import ROSA

SAID = (
    "Carrier Old Telephone Co",
    "Account number ending 7766",
    "17 March 2027",
    "Customer name Harbour Bakery",
    "12 Pier Road, Unit 4 Seattle, WA 98101",
    "Name Rosa Delgado",
    "Title Owner",
    "Telephone 206 555 0199",
    "E-mail rosa@example.com",
    "(206) 555-0150 / +12065550150",
    "The BTN does not move.",
    "for Amazon Chime Voice Connector, and",
    "PRT-1001",
    "Letter version 1",
)
NEVER = ("0042", "ACC-99887766")


def papers(desk: Desk, **changes: Any) -> tuple[File, ...]:
    """File a request and return what its requester gets to sign."""
    typing = Typing("V1", "review", FIELDS | changes, 0.0, settled=True)
    case = desk.filing.file(ROSA, desk.drafts.save(ROSA, typing).id).cases[0]
    return render_files(desk.letters.letter(case.id), desk.words)


def text_of(file: File) -> str:
    """Return the text of a PDF on one line."""
    pages = PdfReader(BytesIO(file.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_letter_of_a_case_says_all_that_was_asked(desk: Desk) -> None:
    (letter,) = papers(desk)
    text = text_of(letter)
    assert letter.name == "PRT-1001-LOA-v1.pdf"
    assert [said for said in SAID if said not in text] == []
    assert [number for number in range(3) if f"+1206555010{number}" not in text] == []
    assert [secret for secret in NEVER if secret in text] == []


def test_more_than_ten_numbers_stand_on_the_attachment_and_in_the_spreadsheet(desk: Desk) -> None:
    letter, spreadsheet = papers(desk, numbers="206-555-0100 to 0110", btn="206-555-0103",
                                 btn_option="close_account")  # fmt: skip
    numbers = [f"+120655501{n:02}" for n in range(11)]
    text = text_of(letter)
    assert [said for said in SAID[:9] if said not in text] == []
    assert "the account is closed once all its numbers have moved" in text
    assert "See Attached 11 numbers, listed on page 2 of this letter" in text
    assert [number for number in numbers if number not in text] == []
    assert spreadsheet.name == "PRT-1001-LOA-v1.xlsx"
    sheet = load_workbook(BytesIO(spreadsheet.content)).worksheets[0]
    _, *rows = sheet.iter_rows(values_only=True)
    assert [row[:2] for row in rows] == [(str(n + 1), number) for n, number in enumerate(numbers)]
    assert [row[1] for row in rows if row[3] == "yes"] == ["+12065550103"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"btn": "206-555-0100", "btn_option": "replace", "new_btn": "206-555-0170"},
            "(206) 555-0170 becomes the new BTN of the account.",
        ),
        (
            {"numbers": "800-555-0100", "number_type": "toll_free", "btn": ""},
            "to become RespOrg of these numbers",
        ),
        (
            {
                "platform": "sip_media_application",
                "country": "GB",
                "numbers": "020 7946 0100",
                "btn": "",
                "usage_volume": "much",
                "address_country": "IE",
                "postal_code": "D02 X285",
                "contact_phone": "",
                "requested_date": "",
                "requested_time": "",
            },
            "Seattle, WA, D02 X285 Ireland",
        ),
    ],
)
def test_a_case_of_another_kind_says_what_is_its_own(
    desk: Desk, changes: dict[str, Any], said: str
) -> None:
    assert said in text_of(papers(desk, **changes)[0])
