"""Files in the form of /port-in: lists of numbers, bills, and what is compared with them."""

import io

import pytest
from openpyxl import Workbook

from bot.domain.cases.case import CaseFacts
from slack_sandbox import Person, RefusedError
from tests.journeys.requests import ACCOUNT, CUSTOMER, NUMBERS, PAPERS, file_request
from tests.office import Office, private
from tests.test_bills import pdf

CONNECT = {
    "support_plan": "basic",
    "region": "us-east-1",
    "severity": "normal",
    "contact_method": "web",
    "contact_language": "English",
}
BILL = (
    "Account number: ACC-55554444",
    "Customer name: Harbour Bakery LLC",
    "Service address: 12 Pier Road, Unit 4",
    "Seattle, WA 98101",
    "Billing telephone number: 206-555-0150",
)


def page(person: Person) -> str:
    return str(person.view())


def title(person: Person) -> str:
    view = person.view()
    assert view is not None
    return str(view["callback_id"])


def begin(person: Person, **first: object) -> dict[str, str]:
    """Fill the page with the numbers; returns its errors."""
    person.command("/port-in")
    person.suggest("losing_carrier", str(NUMBERS["losing_carrier"]))
    late = {name: first.pop(name) for name in ("split",) if name in first}
    person.fill({name: value for name, value in {**NUMBERS, **first}.items() if value})
    person.fill(late)
    return person.submit()


def as_far_as_the_papers(person: Person, **account: object) -> None:
    assert person.fill({**ACCOUNT, **account}).submit() == {}
    assert person.fill(CUSTOMER).submit() == {}
    person.fill(PAPERS)


def is_read(person: Person, bill: bytes) -> bool:
    """Choose a bill and go on; says whether it was read, else returns to choose again."""
    person.fill(bill=[person.upload("bill.pdf", bill)])
    assert person.submit() == {}
    assert title(person) == "intake_record"
    if "Read from bill.pdf" in page(person):
        return True
    assert "bill.pdf could not be read" in page(person)
    person.click("Back")
    return False


def cases(office: Office) -> tuple[CaseFacts, ...]:
    return office.service.desk.queries.every_case()


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(content)
    return content.getvalue()


@pytest.mark.long
def test_numbers_of_a_file_are_joined_with_typed_ones_and_split_by_carrier(office: Office) -> None:
    rosa = office.rosa
    rows = [("Phone", "Carrier"), ("206-555-0110", "Other Telephone"), ("206-555-0111", None)]
    listed = rosa.upload("numbers.xlsx", workbook(*rows))
    assert begin(rosa, numbers="206-555-0100", numbers_file=[listed]) == {}
    assert "3 numbers so far" in page(rosa)
    as_far_as_the_papers(rosa)
    assert rosa.submit() == {}
    assert "3 numbers to Voice Connector*, in 2 cases" in page(rosa)
    assert "from Other Telephone: (206) 555-0110" in page(rosa)
    assert rosa.submit() == {}
    assert "PRT-1001 and PRT-1002" in page(rosa)
    first, second = cases(office)
    assert (first.numbers, second.numbers) == (
        ("+12065550100", "+12065550111"),
        ("+12065550110",),
    )
    assert second.fields["numbers"] == "+12065550110"
    assert second.fields["losing_carrier"] == "Other Telephone"
    assert not {"listed", "numbers_file"} & first.fields.keys()
    assert office.service.desk.queries.linked(first.id) == ("PRT-1002",)


def test_a_file_of_no_use_says_so_under_its_question(office: Office) -> None:
    rosa = office.rosa
    bad = rosa.upload("numbers.csv", b"Name,City\nAnn,Seattle\n")
    assert "No telephone numbers" in begin(rosa, numbers_file=[bad])["numbers_file"]
    huge = rosa.upload("numbers.csv", b"206-555-0100\n" * 90_000)
    rosa.fill(numbers_file=[huge])
    assert "larger than 1 MB" in rosa.submit()["numbers_file"]
    wrong = rosa.upload("numbers.csv", b"206-555-0100\n911\n")
    rosa.fill(numbers_file=[wrong])
    assert "911" in rosa.submit()["numbers_file"]
    rosa.fill(numbers_file=[rosa.upload("numbers.csv", b"206-555-0110\n")])
    assert rosa.submit() == {}
    assert "4 numbers so far" in page(rosa)


def test_a_file_that_is_taken_back_leaves_no_numbers_behind(office: Office) -> None:
    rosa = office.rosa
    assert begin(rosa, numbers_file=[rosa.upload("more.csv", b"206-555-0110\n")]) == {}
    rosa.click("Back")
    rosa.click("Remove")
    assert rosa.submit() == {}
    assert "3 numbers so far" in page(rosa)


@pytest.mark.long
def test_numbers_of_two_countries_are_filed_as_linked_cases_once_that_is_wanted(
    office: Office,
) -> None:
    rosa = office.rosa
    mixed = {"platform": "connect", "numbers": "206-555-0100, 416-555-0100"}
    errors = begin(rosa, **mixed)
    assert "several countries" in errors["numbers"]
    rosa.fill(split="yes")
    assert rosa.submit() == {}
    as_far_as_the_papers(rosa)
    rosa.fill(CONNECT)
    assert rosa.submit() == {}
    assert "Asked for in Canada*: signed LOA, last invoice" in page(rosa)
    assert rosa.submit() == {}
    here, there = cases(office)
    assert (here.fields["country"], there.fields["country"]) == ("US", "CA")
    assert (here.fields["btn"], there.fields["btn"]) == (ACCOUNT["btn"], "")
    assert there.letter is not None
    private(rosa, "PRT-1002")


def test_a_bill_is_read_compared_and_its_wording_taken(office: Office) -> None:
    rosa = office.rosa
    assert begin(rosa) == {}
    as_far_as_the_papers(rosa, account_number="")
    # Where a crowded machine is too slow to read it, choosing the file again gives it more time.
    assert any(is_read(rosa, pdf(BILL)) for _ in range(3))
    assert "ACC-55554444" not in page(rosa)
    rosa.fill(account_found="use", csr_city="Tacoma")
    assert rosa.submit() == {}
    assert title(rosa) == "intake_record"
    assert "The city differs" in page(rosa)
    rosa.click("Use the bill's wording")
    assert rosa.submit() == {}
    assert title(rosa) == "intake_review"
    assert "Tacoma" in page(rosa)
    assert rosa.submit() == {}
    (case,) = cases(office)
    assert case.fields["csr_customer_name"] == "Harbour Bakery LLC"
    assert "ACC-55554444" not in str(case)
    secret = office.service.desk.queries.reveal(office.anna.user, case.id, "account_number")
    assert secret == "ACC-55554444"


@pytest.mark.long
def test_a_bill_that_cannot_be_read_stops_nobody(office: Office) -> None:
    rosa = office.rosa
    assert begin(rosa) == {}
    as_far_as_the_papers(rosa)
    rosa.fill(bill=[rosa.upload("bill.pdf", b"%PDF-1.7 broken")])
    assert rosa.submit() == {}
    assert "bill.pdf could not be read" in page(rosa)
    assert rosa.submit() == {}
    assert title(rosa) == "intake_review"


def test_whoever_has_no_bill_file_can_compare_all_the_same(office: Office) -> None:
    rosa = office.rosa
    assert begin(rosa) == {}
    as_far_as_the_papers(rosa)
    assert rosa.submit() == {}
    rosa.click("Compare with the bill")
    rosa.fill(csr_customer_name="Harbour Bakers")
    assert rosa.submit() == {}
    assert "Customer name*: The customer name differs" in page(rosa)


def test_a_chosen_carrier_shows_what_the_desk_knows_of_it(office: Office) -> None:
    rosa = office.rosa
    rosa.command("/port-in")
    rosa.suggest("losing_carrier", "Old Telephone Co")
    rosa.fill(losing_carrier="Old Telephone Co")
    assert "Old Telephone Co: nothing yet" in page(rosa)


@pytest.mark.long
def test_details_name_the_linked_cases(office: Office) -> None:
    rosa = office.rosa
    file_request(rosa, numbers="206-555-0100, 800-555-0100")
    rosa.close()
    rosa.click("Details", in_message=private(rosa, "PRT-1001 – Being prepared"))
    assert "PRT-1002" in page(rosa)


@pytest.mark.long
def test_five_thousand_numbers_are_read_while_slack_waits(office: Office) -> None:
    rosa = office.rosa
    many = "\n".join(f"206-555-{n:04d},Carrier {n % 3}" for n in range(5000))
    listed = rosa.upload("many.csv", f"Phone,Carrier\n{many}".encode())
    rosa.command("/port-in")
    rosa.fill(platform="voice_connector", numbers_file=[listed])
    # Where a crowded machine is too slow, pressing again goes on from what was read.
    assert any(goes_on(rosa) for _ in range(6))
    assert "5000 numbers so far" in page(rosa)


def goes_on(rosa: Person) -> bool:
    """Press the button of a page; says whether the next one came, and no word that it cannot."""
    try:
        answered = rosa.submit() == {}
    except RefusedError:
        return False
    view = rosa.view()
    if view is not None and view["callback_id"] == "notice":
        rosa.close()
        return False
    return answered
