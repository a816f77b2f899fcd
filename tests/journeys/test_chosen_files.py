"""Files of the form: Slack tells of them only together with something else that a person does."""

from typing import Any

import pytest

from bot.desk.drafts.draft_facts import Typing, merge_typed
from bot.slack.port_in.read_attachments import lost_find
from slack_sandbox import Person
from tests.journeys.requests import ACCOUNT, CUSTOMER, NUMBERS, PAPERS
from tests.office import ROSA, Office

REST = {name: value for name, value in NUMBERS.items() if name != "losing_carrier"}


def listed(person: Person, *numbers: str) -> str:
    """Return a file with numbers that is ready to be chosen."""
    return person.upload("more.csv", "\n".join(numbers).encode())


def begin(person: Person, **first: Any) -> Person:
    """Open the form and fill its first page with three numbers, without sending it."""
    person.command("/port-in")
    if not questions(person):
        person.click("Start a new one")
    return person.fill({**REST, **first})


def view(person: Person) -> dict[str, Any]:
    shown = person.view()
    assert shown is not None
    return shown


def questions(person: Person) -> set[str]:
    return {block["block_id"] for block in view(person)["blocks"] if block["type"] == "input"}


def held_by_inputs(person: Person) -> list[Any]:
    """Return the files that the inputs of the page hold."""
    values = [e for inner in view(person)["state"]["values"].values() for e in inner.values()]
    return [file for value in values for file in value.get("files", [])]


def says(person: Person, text: str) -> bool:
    return text in str(view(person))


def kept(office: Office, name: str = "numbers_file") -> list[str]:
    """Return the names of the files that the newest draft has."""
    draft = office.service.desk.drafts.latest(ROSA)
    assert draft is not None
    return [file["name"] for file in draft.fields.get(name) or ()]


def pass_on_to_papers(person: Person) -> None:
    assert person.submit() == {}
    for page in (ACCOUNT, CUSTOMER):
        assert person.fill(page).submit() == {}
    person.fill(PAPERS)


def test_slack_hears_nothing_of_a_file_until_something_else_is_done(desk_office: Office) -> None:
    rosa = begin(desk_office.rosa)
    rosa.fill(numbers_file=[listed(rosa, "206-555-0110")])
    assert kept(desk_office) == []
    rosa.fill(numbers="206-555-0100")
    assert kept(desk_office) == ["more.csv"]
    rosa.fill(numbers_file=[])
    rosa.fill(numbers="206-555-0100, 0101")
    assert kept(desk_office) == []


def test_a_file_taken_back_under_an_error_leaves_no_numbers_behind(desk_office: Office) -> None:
    rosa = begin(desk_office.rosa, numbers="911")
    rosa.fill(numbers_file=[listed(rosa, "206-555-0110")])
    assert "911" in rosa.submit()["numbers"]
    assert len(held_by_inputs(rosa)) == 1
    rosa.fill(numbers=NUMBERS["numbers"], numbers_file=[])
    assert rosa.submit() == {}
    assert says(rosa, "3 numbers so far")


def test_a_file_stays_under_an_error_as_long_as_nobody_takes_it_back(desk_office: Office) -> None:
    rosa = begin(desk_office.rosa, numbers="911")
    rosa.fill(numbers_file=[listed(rosa, "206-555-0110")])
    assert "911" in rosa.submit()["numbers"]
    assert rosa.fill(numbers=NUMBERS["numbers"]).submit() == {}
    assert says(rosa, "4 numbers so far")


def test_a_file_on_file_outlives_a_second_visit_of_its_page(desk_office: Office) -> None:
    rosa = begin(desk_office.rosa)
    rosa.fill(numbers_file=[listed(rosa, "206-555-0110")])
    assert rosa.submit() == {}
    rosa.click("Back")
    assert says(rosa, "on file: more.csv")
    rosa.fill(numbers="206-555-0100")
    assert rosa.submit() == {}
    assert says(rosa, "2 numbers so far")
    rosa.click("Back")
    rosa.click("Remove")
    assert not says(rosa, "more.csv")
    assert rosa.submit() == {}
    assert says(rosa, "1 number so far")


def test_a_second_list_takes_the_place_of_the_first(desk_office: Office) -> None:
    rosa = begin(desk_office.rosa)
    rosa.fill(numbers_file=[listed(rosa, "206-555-0110", "206-555-0111")])
    assert rosa.submit() == {}
    assert says(rosa, "5 numbers so far")
    rosa.click("Back")
    rosa.fill(numbers_file=[listed(rosa, "206-555-0112")])
    assert rosa.submit() == {}
    assert says(rosa, "4 numbers so far")


def repaint_by_carrier(person: Person) -> None:
    person.suggest("losing_carrier", "Old Telephone Co")
    person.fill(losing_carrier="Old Telephone Co")


def repaint_by_country(person: Person) -> None:
    person.fill(country="CA")


def repaint_by_fault(person: Person) -> None:
    person.fill(numbers="206-555-0100, 416-555-0100", platform="connect")
    person.submit()


@pytest.mark.one_quick
@pytest.mark.parametrize("repaint", [repaint_by_carrier, repaint_by_country, repaint_by_fault])
def test_a_page_that_is_painted_again_shows_its_files_as_kept(
    desk_office: Office, repaint: Any
) -> None:
    rosa = begin(desk_office.rosa)
    rosa.fill(numbers_file=[listed(rosa, "206-555-0110")])
    repaint(rosa)
    assert says(rosa, "on file: more.csv")
    assert held_by_inputs(rosa) == []
    rosa.fill(numbers="206-555-0100")
    assert kept(desk_office) == ["more.csv"]
    rosa.click("Remove")
    assert kept(desk_office) == []
    assert not says(rosa, "on file: more.csv")
    rosa.fill(numbers_file=[listed(rosa, "206-555-0112")])
    rosa.fill(numbers="206-555-0101")
    assert kept(desk_office) == ["more.csv"]


def test_removing_what_is_on_file_leaves_what_was_chosen_in_its_place(desk_office: Office) -> None:
    rosa = begin(desk_office.rosa)
    rosa.fill(numbers_file=[listed(rosa, "206-555-0110", "206-555-0111")])
    assert rosa.submit() == {}
    rosa.click("Back")
    rosa.fill(numbers_file=[rosa.upload("new.csv", b"206-555-0112\n")])
    rosa.click("Remove")
    assert says(rosa, "on file: new.csv")
    assert rosa.submit() == {}
    assert says(rosa, "4 numbers so far")


def test_a_request_that_goes_on_in_another_window_has_its_files(desk_office: Office) -> None:
    rosa = begin(desk_office.rosa)
    rosa.fill(numbers_file=[listed(rosa, "206-555-0110")])
    rosa.fill(platform="voice_connector")
    rosa.close()
    rosa.command("/port-in")
    rosa.click("Continue")
    assert says(rosa, "on file: more.csv")
    rosa.fill(numbers="206-555-0100")
    assert rosa.submit() == {}
    assert says(rosa, "2 numbers so far")


def test_of_several_bills_one_is_taken_back(desk_office: Office) -> None:
    rosa = begin(desk_office.rosa)
    pass_on_to_papers(rosa)
    first, second = (rosa.upload(name, b"not a real picture") for name in ("1.png", "2.png"))
    rosa.fill(bill=[first, second], requested_date="2027-03-20")
    assert "weekend" in rosa.submit()["requested_date"]
    assert kept(desk_office, "bill") == ["1.png", "2.png"]
    rosa.fill(bill=[second], requested_date=PAPERS["requested_date"])
    rosa.click("Back")
    assert kept(desk_office, "bill") == ["2.png"]
    assert rosa.submit() == {}
    assert says(rosa, "on file: 2.png")
    assert rosa.submit() == {}
    assert rosa.submit() == {}
    assert says(rosa, "Latest bill (1)")


FILE = {"id": "F1", "name": "bill.pdf", "size": 9}


def typed(view_id: str, *files: dict[str, Any], emptied: bool = False) -> Typing:
    fields = {"bill": list(files)} if files else {}
    return Typing(view_id, "papers", fields, 1.0, emptied=frozenset({"bill"} if emptied else ()))


def test_an_empty_question_takes_back_only_what_its_own_window_had() -> None:
    known = merge_typed({}, typed("V1", FILE))
    assert merge_typed(known, typed("V1"))["bill"] == [FILE]
    assert merge_typed(known, typed("V2", emptied=True))["bill"] == [FILE]
    assert merge_typed(known, typed("V1", emptied=True))["bill"] == []
    assert "bill" not in merge_typed({}, typed("V1", emptied=True))


def test_an_account_number_goes_with_the_bill_that_showed_it() -> None:
    read = {"found_account_number": "4711", "bill_read": {"file": "F1", "name": "bill.pdf"}}
    assert lost_find({**read, "bill": [FILE]}) == {}
    assert lost_find({**read, "csr_copy": [FILE]}) == {}
    assert lost_find({"bill": []}) == {}
    gone = lost_find({**read, "bill": []})
    assert gone == {"found_account_number": "", "account_found": ""}
