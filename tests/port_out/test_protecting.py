"""PINs that protect numbers: who may set, see and remove them, and what is remembered of it."""

import pytest

from bot.domain.port_out.requests import ProtectionStep
from bot.errors import Refusal
from tests.port_out.desks import ANNA, MATEO, ROSA, TOM, Office
from tests.port_out.pins import ONE, protect
from tests.refusals import told_no


def test_only_agents_and_the_owner_see_the_pin_of_a_protected_number(room: Office) -> None:
    room.arrive(ONE, who=ROSA)
    protect(room, ROSA, ProtectionStep.SET, "GUARD1")
    case = room.leave(who=MATEO, numbers=ONE)
    show = room.desk.port_out.credentials.show
    assert show(MATEO, case.id).protected == {"+12065550100": ""}
    assert show(MATEO, case.id).pin == ""
    assert show(ANNA, case.id).protected == {"+12065550100": "GUARD1"}
    with told_no(Refusal, match="somebody else"):
        show(ROSA, case.id)


def test_removing_a_pin_takes_two_people(room: Office) -> None:
    room.arrive(ONE)
    protect(room, ROSA, ProtectionStep.SET, "GUARD1")
    with told_no(Refusal, match="Nobody asked"):
        protect(room, ANNA, ProtectionStep.CONFIRM_REMOVAL)
    protect(room, ANNA, ProtectionStep.ASK_REMOVAL)
    with told_no(Refusal, match="asked for this yourself"):
        protect(room, ANNA, ProtectionStep.CONFIRM_REMOVAL)
    assert protect(room, TOM, ProtectionStep.CONFIRM_REMOVAL) == ""


def test_an_agent_who_is_also_the_owner_is_still_one_person(room: Office) -> None:
    room.arrive(ONE, who=ANNA)
    protect(room, ANNA, ProtectionStep.SET, "GUARD1")
    protect(room, ANNA, ProtectionStep.ASK_REMOVAL)
    with told_no(Refusal, match="asked for this yourself"):
        protect(room, ANNA, ProtectionStep.CONFIRM_REMOVAL)


def test_an_owner_who_is_no_agent_asks_but_does_not_confirm(room: Office) -> None:
    room.arrive(ONE, who=ROSA)
    protect(room, ROSA, ProtectionStep.SET)
    protect(room, TOM, ProtectionStep.ASK_REMOVAL)
    with told_no(Refusal, match="Only the desk's agents"):
        protect(room, ROSA, ProtectionStep.CONFIRM_REMOVAL)


def test_an_owner_sets_a_pin_but_only_an_agent_changes_it(room: Office) -> None:
    room.arrive(ONE, who=ROSA)
    protect(room, ROSA, ProtectionStep.SET, "GUARD1")
    with told_no(Refusal, match="Only an agent may change"):
        protect(room, ROSA, ProtectionStep.SET, "GUARD2")
    protect(room, ANNA, ProtectionStep.SET, "GUARD2")
    assert room.desk.port_out.pin_protection.show(TOM, "+12065550100") == "GUARD2"


def test_a_new_pin_forgets_that_somebody_asked_to_remove_the_old_one(room: Office) -> None:
    room.arrive(ONE)
    protect(room, ANNA, ProtectionStep.SET, "GUARD1")
    protect(room, ANNA, ProtectionStep.ASK_REMOVAL)
    protect(room, TOM, ProtectionStep.SET, "GUARD2")
    with told_no(Refusal, match="Nobody asked"):
        protect(room, TOM, ProtectionStep.CONFIRM_REMOVAL)


def test_strangers_protect_nothing(room: Office) -> None:
    room.arrive(ONE, who=ROSA)
    with told_no(Refusal, match="somebody else"):
        protect(room, MATEO, ProtectionStep.LOOK)


def test_only_numbers_in_the_inventory_are_protected(room: Office) -> None:
    with told_no(Refusal, match="is not in our inventory"):
        protect(room, ANNA, ProtectionStep.SET, "GUARD1")


@pytest.mark.parametrize("pin", ["123", "12345678901", "12 34", "abcd!", "１２３４"])
def test_a_pin_of_the_wrong_form_is_refused(room: Office, pin: str) -> None:
    room.arrive(ONE)
    with told_no(Refusal, match="4 to 10 letters and digits"):
        protect(room, ANNA, ProtectionStep.SET, pin)


def test_the_history_of_a_number_says_who_did_what(room: Office) -> None:
    case = room.arrive(ONE)
    protect(room, ROSA, ProtectionStep.SET, "GUARD1")
    protect(room, ANNA, ProtectionStep.SET, "GUARD2")
    protect(room, ANNA, ProtectionStep.ASK_REMOVAL)
    protect(room, TOM, ProtectionStep.CONFIRM_REMOVAL)
    told = [(event.kind, event.who) for event in room.desk.port_out.audit(case.id)]
    assert told == [
        ("pin_set", ROSA),
        ("pin_changed", ANNA),
        ("pin_ask_removal", ANNA),
        ("pin_confirm_removal", TOM),
    ]
