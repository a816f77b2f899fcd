"""Letters for the tests, made from one complete letter."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from bot.letters.letter import Letter
from bot.letters.pdf import render_letter
from bot.wording.templates import Templates

WORDS = Templates()
LONGEST = 200
TYPED = (
    "losing_carrier",
    "losing_carrier_contact",
    "customer_name",
    "street_address",
    "unit",
    "city",
    "state",
    "postal_code",
    "authorized_person",
    "authorized_title",
    "contact_email",
    "contact_phone",
)

_COMPLETE = Letter(
    reference="PRT-1042",
    version=2,
    number_type="local",
    country="US",
    losing_carrier="Example Telephone Company",
    losing_carrier_contact="Port desk, ports@carrier.example",
    customer_name="Ada Bakery LLC",
    street_address="100 Example Street",
    unit="Suite 4",
    city="Seattle",
    state="WA",
    postal_code="98101",
    authorized_person="Ada Example",
    authorized_title="Owner",
    contact_email="ada@bakery.example",
    contact_phone="(206) 555-0190",
    btn="+12535550199",
    account_hint="ending 4321",
    numbers=("+12065550100", "+12065550101"),
    requested_on=date(2026, 12, 9),
    platform="connect",
)


def a_letter(**changes: Any) -> Letter:
    return replace(_COMPLETE, **changes)


def a_british_letter(**changes: Any) -> Letter:
    british = {"country": "GB", "state": "", "btn": "", "numbers": ("+442079460123",)}
    return a_letter(**{**british, **changes})


def us_numbers(count: int) -> tuple[str, ...]:
    """Return numbers of the fictional 555-01XX, a hundred in each area code."""
    areas = (206, *range(301, 400))
    return tuple(f"+1{areas[at // 100]}55501{at % 100:02d}" for at in range(count))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(letter: Letter) -> str:
    """Return the text of all pages, with every run of spaces and line ends as one space."""
    pages = read(render_letter(letter, WORDS)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def page_count(letter: Letter) -> int:
    return len(read(render_letter(letter, WORDS)).pages)
