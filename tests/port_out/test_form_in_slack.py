"""The form of /port-out, and what it leaves behind, as its requester meets them."""

import json

import pytest

from tests.journeys.cases import window
from tests.office import MATEO, Office, buttons, posted, private, shown
from tests.port_out.departures import (
    ACCOUNT_ID,
    LEAVING,
    PIN,
    bring_in,
    file_port_out,
    fill_port_out,
)

UNNAMED = {name: value for name, value in LEAVING.items() if name != "winning_carrier"}


def test_nothing_of_a_port_in_is_on_the_card_of_a_port_out(office: Office) -> None:
    rosa = office.rosa
    file_port_out(rosa)
    card = private(rosa, "PRT-1001 –")
    expected = ["Show what to give", "Support request", "Change details", "Withdraw request"]
    assert buttons(card) == [*expected, "Details"]
    for word in ("letter", "BTN", "Customer"):
        assert word not in shown(card)


def test_a_closed_form_goes_on_with_everything_typed(office: Office) -> None:
    rosa = office.rosa
    rosa.command("/port-out")
    rosa.fill(UNNAMED)
    assert rosa.submit() == {}
    rosa.fill(account_id=ACCOUNT_ID, pin=PIN)
    rosa.close()
    rosa.command("/port-in")
    view = rosa.view()
    assert view is not None
    assert view["title"] == "New port-in"
    rosa.close()
    rosa.command("/port-out")
    rosa.click("Continue")
    view = rosa.view()
    assert view is not None
    inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert inputs["account_id"]["hint"]["text"].startswith("On file")
    assert PIN not in json.dumps(view)
    assert rosa.submit() == {}
    assert "*PIN*: on file" in window(rosa.view())


def test_mistakes_stand_in_red_under_their_field(office: Office) -> None:
    rosa = office.rosa
    rosa.command("/port-out")
    rosa.fill(
        platform="voice_connector", numbers="206-555-0100, 911", contact_email="r@example.com"
    )
    errors = rosa.submit()
    assert "not in the inventory" in errors["numbers"]
    assert "911" in errors["numbers"]
    rosa.fill(numbers="206-555-0100", declared=["yes"])
    assert rosa.submit() == {}
    rosa.fill(account_id=ACCOUNT_ID, pin="12 34")
    assert "4 to 10 characters" in rosa.submit()["pin"]


def test_a_number_in_another_case_is_named_before_filing(office: Office) -> None:
    file_port_out(office.rosa)
    office.mateo.command("/port-out")
    office.mateo.fill(UNNAMED)
    assert "PRT-1001" in office.mateo.submit()["numbers"]


def test_the_review_says_what_is_declared_and_made(office: Office) -> None:
    fill_port_out(office.rosa, pin="")
    seen = window(office.rosa.view())
    assert "Declared by hand" in seen
    assert "the desk makes one" in seen
    assert "cannot be reclaimed" in seen


@pytest.mark.long
def test_the_owner_is_told_when_somebody_else_lets_the_numbers_go(office: Office) -> None:
    bring_in(office)
    file_port_out(office.mateo, declared=[])
    told = private(office.rosa, "that came in for")
    assert "PRT-1002" in shown(told)
    assert MATEO in shown(told)
    posted(office.anna, "that came in for")


def test_numbers_of_another_platform_are_pointed_out(office: Office) -> None:
    bring_in(office)
    fill_port_out(office.rosa, platform="sip_media_application", declared=[])
    assert "came in for another platform" in json.dumps(office.rosa.view())
