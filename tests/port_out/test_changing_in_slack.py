"""Change details of a port-out, as its requester meets it in Slack."""

import json

import pytest

from slack_sandbox import Person
from tests.journeys.cases import settled, window
from tests.office import ROSA, Message, Office, buttons, headline, posted, private, shown
from tests.port_out.departures import ACCOUNT_ID, PIN, enter_request, file_port_out

NEW_PIN = "FRESH88"


def begin(rosa: Person, says: str = "PRT-1001 –") -> Message:
    """Press Change details on the requester's card; returns the first page."""
    rosa.click("Change details", in_message=private(rosa, says))
    return page(rosa)


def page(rosa: Person) -> Message:
    """Return the page that is open."""
    view = rosa.view()
    assert view is not None
    return view


def asked(view: Message) -> dict[str, Message]:
    """Return the questions of a page by their names."""
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def save(rosa: Person, **changes: str) -> None:
    """Go through the pages with what is new, up to the saved change."""
    begin(rosa)
    for _ in range(2):
        names = asked(page(rosa)).keys() & changes.keys()
        rosa.fill({name: changes[name] for name in names})
        assert rosa.submit() == {}
    assert page(rosa)["submit"] == "Save changes"
    assert rosa.submit() == {}


@pytest.mark.long
def test_details_are_changed_on_the_pages_of_the_form(office: Office) -> None:
    rosa, anna = office.rosa, office.anna
    file_port_out(rosa)
    first = begin(rosa)
    assert first["title"] == "Change PRT-1001"
    assert "+12065550100, +12065550101, +12065550102" in json.dumps(first)
    assert "stays as it is until you save" in window(first)
    rosa.fill(numbers="206-555-0100 to 0101")
    assert rosa.submit() == {}
    questions = asked(page(rosa))
    for name in ("account_id", "pin"):
        assert questions[name]["hint"]["text"] == "On file – type to replace it."
        assert questions[name]["optional"]
    assert not [secret for secret in (ACCOUNT_ID, PIN) if secret in json.dumps(page(rosa))]
    rosa.fill(pin=NEW_PIN)
    assert rosa.submit() == {}
    review = page(rosa)
    assert review["submit"] == "Save changes"
    assert "*Account ID*: as the case has it · *PIN*: replaced" in window(review)
    assert "2 numbers leave" in window(review)
    assert rosa.submit() == {}
    assert "PRT-1001 is changed" in window(page(rosa))
    rosa.close()
    posted(anna, "changed numbers, PIN.")
    assert "2 (…0100, …0101)" in shown(headline(anna, says="2 (…0100"))
    told = private(rosa, "has to name the new ones")
    assert "Show what to give" in buttons(told)
    rosa.click("Show what to give", in_message=told)
    assert NEW_PIN in window(page(rosa))
    settled(office)
    assert NEW_PIN not in json.dumps(office.slack.record)


@pytest.mark.long
def test_a_change_of_an_ordered_case_is_asked_of_the_carrier(office: Office) -> None:
    rosa, anna = office.rosa, office.anna
    file_port_out(rosa)
    anna.click("Ordered at the carrier", in_message=headline(anna))
    assert anna.submit() == {}
    card = private(rosa, "PRT-1001 – Submitted to the carrier")
    offered = buttons(card)
    assert "Change details" in offered
    assert "Ask for a change" not in offered
    save(rosa, postal_code="98101")
    headline(anna, says="Change asked of the carrier")
    posted(anna, "changed ZIP or postal code.")


@pytest.mark.long
def test_a_case_is_not_changed_while_its_carrier_waits(office: Office) -> None:
    rosa, anna = office.rosa, office.anna
    file_port_out(rosa)
    begin(rosa)
    assert rosa.submit() == {}
    rosa.fill(pin=NEW_PIN)
    assert rosa.submit() == {}
    assert enter_request(anna, headline(anna)) == {}
    rosa.submit()
    assert "The request of New Telecom has no answer yet" in window(page(rosa))
    rosa.close()
    assert page(rosa)["submit"] == "Save changes", "nothing typed is lost"
    rosa.close(clear=True)
    card = private(rosa, "New Telecom waits for an answer")
    assert "Change details" not in buttons(card)


@pytest.mark.long
def test_a_pin_that_was_typed_and_taken_back_stays_as_it_was(office: Office) -> None:
    rosa = office.rosa
    file_port_out(rosa)
    begin(rosa)
    assert rosa.submit() == {}
    rosa.fill(pin=NEW_PIN)
    rosa.fill(pin="", postal_code="98101")
    assert rosa.submit() == {}
    assert "*PIN*: as the case has it" in window(page(rosa))
    assert rosa.submit() == {}
    assert office.service.desk.port_out.credentials.show(ROSA, 1).pin == PIN


def test_mistakes_of_a_change_stand_in_red_under_their_field(office: Office) -> None:
    rosa = office.rosa
    file_port_out(rosa)
    begin(rosa)
    rosa.fill(numbers="206-555-0100, 911")
    assert "911" in rosa.submit()["numbers"]
    rosa.fill(numbers="206-555-0100")
    assert rosa.submit() == {}
    rosa.fill(pin="12 34")
    assert "4 to 10 characters" in rosa.submit()["pin"]


@pytest.mark.long
def test_a_list_too_long_to_be_shown_is_kept_when_it_is_left_empty(office: Office) -> None:
    rosa = office.rosa
    file_port_out(rosa, numbers=", ".join(f"{area}-555-0100 to 0199" for area in (206, 253, 425)))
    question = asked(begin(rosa))["numbers"]
    assert question["optional"]
    assert "300 numbers are on file" in question["hint"]["text"]
    for _ in range(3):
        assert rosa.submit() == {}
    assert "is changed" in window(page(rosa))
    assert len(office.service.desk.queries.case(1).numbers) == 300


@pytest.mark.long
@pytest.mark.parametrize("fault", ["duplicate_delivery", "double_click"])
def test_a_change_that_arrives_twice_is_one(office: Office, fault: str) -> None:
    rosa = office.rosa
    file_port_out(rosa)
    begin(rosa)
    assert rosa.submit() == {}
    rosa.fill(pin=NEW_PIN)
    assert rosa.submit() == {}
    office.slack.faults.change({fault: True})
    rosa.submit()
    office.slack.faults.change({fault: False})
    assert "is changed" in window(page(rosa))
    settled(office)
    said = [m for m in office.anna.messages() if "changed PIN" in shown(m)]
    assert len(said) == 1
