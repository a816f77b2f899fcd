"""The carrier refuses after all: one card, the fields in question, and the way back."""

from datetime import UTC, datetime

import pytest

from tests.journeys.cases import submitted
from tests.journeys.requests import file_request
from tests.office import Office, buttons, headline, posted, private, shown


def _refuse(office: Office, code: str, why: str = "") -> None:
    office.anna.click("Carrier has a question", in_message=headline(office.anna, says="Submitted"))
    office.anna.fill(reason_code=code, why=why)
    assert office.anna.submit() == {}


@pytest.mark.long
def test_a_refusal_says_what_happened_who_acts_and_what_to_ask(office: Office) -> None:
    submitted(office, "206 555 0100 to 0102")
    _refuse(office, "ADDRESS", "The record says Ste 4")
    card = shown(private(office.rosa, "What happened"))
    assert "Service address differs" in card
    assert "Who must act:* the requester" in card
    assert "How exactly is the service address written?" in card
    assert "Correct it" in buttons(posted(office.anna, "What happened"))


def test_a_correction_asks_only_for_the_fields_in_question_and_makes_a_new_letter(
    office: Office,
) -> None:
    submitted(office, "206 555 0100 to 0102")
    _refuse(office, "ADDRESS")
    office.rosa.click("Correct it", in_message=private(office.rosa, "Carrier has a question"))
    view = office.rosa.view()
    assert view is not None
    asked = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert asked == ["street_address", "unit", "city", "state", "postal_code"]
    office.rosa.fill(unit="Ste 4")
    assert office.rosa.submit() == {}
    private(office.rosa, "letter version 2")
    headline(office.anna, says="Change asked of the carrier")


@pytest.mark.long
def test_earlier_rounds_stay_in_sight(office: Office) -> None:
    submitted(office, "206 555 0100 to 0102")
    _refuse(office, "ADDRESS", "Ste, not Unit")
    office.rosa.click("Correct it", in_message=private(office.rosa, "Carrier has a question"))
    office.rosa.fill(unit="Ste 4")
    office.rosa.submit()
    changed = headline(office.anna, says="Change asked of the carrier")
    office.anna.click("Carrier has a question", in_message=changed)
    office.anna.fill(reason_code="ZIP")
    assert office.anna.submit() == {}
    second = shown(posted(office.anna, "ZIP code differs"))
    assert "round 1" in second
    assert "ADDRESS – Ste, not Unit" in second


@pytest.mark.long
def test_a_pin_is_corrected_without_ever_showing_the_old_one(office: Office) -> None:
    submitted(office, "206 555 0100 to 0102")
    _refuse(office, "PIN")
    office.rosa.click("Correct it", in_message=private(office.rosa, "Carrier has a question"))
    view = office.rosa.view()
    assert view is not None
    assert "0042" not in str(view)
    office.rosa.fill(service_pin="7788")
    assert office.rosa.submit() == {}
    posted(office.anna, "changed service PIN")


@pytest.mark.long
def test_what_a_correction_still_lacks_stands_under_its_field(office: Office) -> None:
    submitted(office, "206 555 0100 to 0102")
    _refuse(office, "ADDRESS")
    office.rosa.click("Correct it", in_message=private(office.rosa, "Carrier has a question"))
    assert office.rosa.fill(street_address="").submit().keys() == {"street_address"}
    assert office.rosa.fill(street_address="14 Pier Road").submit() == {}
    posted(office.anna, "changed street address")


@pytest.mark.long
def test_a_confirmed_date_on_a_weekend_wants_a_word(office: Office) -> None:
    submitted(office, "206 555 0100 to 0102")
    office.anna.click("Date confirmed", in_message=headline(office.anna, says="Submitted"))
    saturday = {"foc_date": "2027-03-20", "foc_time": "10:00"}
    office.anna.fill(saturday)
    errors = office.anna.submit()
    assert "tick the box" in errors["foc_date"]
    office.anna.fill(foc_known=["known"])
    assert office.anna.submit() == {}
    assert "a rule speaks against it" in shown(posted(office.anna, "Confirmed for Sat 20 Mar"))


@pytest.mark.long
def test_a_case_whose_wanted_date_has_passed_is_not_submitted(office: Office) -> None:
    file_request(office.rosa)
    office.clock.move_to(datetime(2027, 3, 18, 18, 0, tzinfo=UTC))
    office.rosa.click("Send signed letter", in_message=private(office.rosa, "Being prepared"))
    scan = office.rosa.upload("signed.pdf", b"%PDF-1.4 by hand")
    office.rosa.fill(signed_loa=[scan], loa_signed_on="2027-03-18")
    assert office.rosa.submit() == {}
    office.anna.click("Submit to carrier", in_message=headline(office.anna, says="the desk"))
    assert office.anna.submit() == {}
    view = office.anna.view()
    assert view is not None
    assert "cannot be submitted as it stands today" in str(view["blocks"])


@pytest.mark.long
def test_an_upload_link_is_kept_private_and_counted_down(office: Office) -> None:
    submitted(office, "206 555 0100 to 0102")
    office.anna.click("Details", in_message=headline(office.anna, says="Submitted"))
    office.anna.click("Record upload link")
    office.anna.fill(link="https://evil.example/|https://aws.example/", link_sent_on="2027-03-01")
    assert "link" in office.anna.submit()
    office.anna.fill(link="https://aws.example/upload?token=abc")
    assert office.anna.submit() == {}
    told = private(office.rosa, "link for uploading your documents")
    office.rosa.click("Show upload link", in_message=told)
    view = office.rosa.view()
    assert view is not None
    assert "https://aws.example/upload?token=abc" in str(view["blocks"])
    office.clock.move_to(datetime(2027, 3, 8, 18, 0, tzinfo=UTC))
    private(office.rosa, "works for three more days")
    assert "aws.example" not in str(office.anna.messages())
