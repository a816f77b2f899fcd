"""Which numbers may leave, and what the case keeps of the request."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.core.faulty_request import Refused
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import Kind
from bot.domain.cases.workflow import Role, Status
from bot.domain.port_out.pins import ALPHABET, make_pin
from bot.errors import Refusal
from bot.store.database import open_engine
from tests.journeys.requests import NUMBERS
from tests.port_out.departures import ACCOUNT_ID, PIN
from tests.port_out.desks import ANNA, CHANNEL, MATEO, PORT_IN, PORT_OUT, ROSA, Office
from tests.refusals import told_no

ARN = "arn:aws:connect:us-east-1:123456789012:instance/0a1b2c3d-0000-4000-8000-0123456789ab"


def faults(room: Office, **changes: Any) -> set[str]:
    """File a port-out and return what the rule book refuses."""
    with pytest.raises(Refused) as refused:
        room.leave(**changes)
    return {finding.code for finding in refused.value.report.findings}


def test_a_number_that_nobody_brought_in_has_to_be_declared(room: Office) -> None:
    assert "numbers_not_in_inventory" in faults(room, declared=[])
    assert room.leave().fields["by_hand"] == "+12065550100, +12065550101, +12065550102"


def test_a_number_that_a_port_in_brought_needs_no_declaration(room: Office) -> None:
    room.arrive()
    assert room.leave(declared=[]).fields["by_hand"] == ""


def test_a_number_that_has_left_is_not_in_the_inventory_any_more(room: Office) -> None:
    room.arrive()
    case = complete(room, room.leave())
    assert case.status is Status.COMPLETED
    assert "numbers_not_in_inventory" in faults(room, declared=[])


def complete(room: Office, case: CaseFacts) -> CaseFacts:
    """Move a port-out to its end, with a reason for what is still open."""
    foc = TransitionInput(foc_at=room.clock.now + timedelta(days=2, hours=2))
    done = TransitionInput(open_items_known=True, why="Cleared by hand")
    for status, details in (
        (Status.SUBMITTED, TransitionInput()),
        (Status.FOC, foc),
        (Status.COMPLETED, done),
    ):
        case = room.desk.transitions.move(ANNA, case.id, case.version, status, details)
    return case


def test_a_number_is_in_one_open_case_only(room: Office) -> None:
    room.leave()
    assert "numbers_in_case" in faults(room, who=MATEO)
    draft = room.draft(MATEO, {**PORT_IN, "numbers": "206-555-0100"})
    with pytest.raises(Refused):
        room.desk.filing.file(MATEO, draft)


def test_the_same_draft_sent_twice_is_one_case(room: Office) -> None:
    draft = room.draft(ROSA, PORT_OUT)
    first = room.desk.port_out.filing.file(ROSA, draft)
    again = room.desk.port_out.filing.file(ROSA, draft)
    assert again.again
    assert [case.id for case in again.cases] == [case.id for case in first.cases]


def test_a_connect_port_out_names_instance_region_and_carrier(room: Office) -> None:
    found = faults(room, platform="connect", winning_carrier="")
    assert {"instance_arn_required", "region_required", "winning_carrier_required"} <= found
    case = room.leave(
        platform="connect", instance_arn=ARN, region="us-east-1", instance_name="Harbour"
    )
    assert case.fields["instance_name"] == "Harbour"


def test_a_date_that_has_passed_is_refused(room: Office) -> None:
    assert "requested_date_past" in faults(room, requested_date="2027-02-26")


def test_an_account_id_is_needed(room: Office) -> None:
    with told_no(Refusal, match="account ID") as refused:
        room.leave(account_id="")
    assert refused.value.field == "account_id"


@pytest.mark.parametrize("pin", ["123", "12345678901", "12 34", "１２３４"])
def test_a_pin_of_the_wrong_form_is_refused(room: Office, pin: str) -> None:
    assert "pin_invalid" in faults(room, pin=pin)


def test_the_desk_makes_a_pin_where_none_was_chosen(room: Office) -> None:
    case = room.leave(pin="")
    pin = room.desk.port_out.credentials.show(ROSA, case.id).pin
    assert len(pin) == 8
    assert set(pin) <= set(ALPHABET)


def test_made_pins_have_no_letters_that_look_like_others() -> None:
    assert not set(ALPHABET) & set("0O1IL2Z5S8B")
    assert len({make_pin() for _ in range(200)}) == 200


def test_a_leading_zero_of_a_pin_counts(room: Office) -> None:
    case = room.leave(pin="0042")
    assert room.desk.port_out.credentials.show(ROSA, case.id).pin == "0042"
    assert room.ask(case, pin="42").found
    room.reject(case, room.desk.port_out.carrier_requests.waiting(ANNA, case.id))
    assert not room.ask(case, pin="0042").found


def test_a_stranger_is_not_shown_what_to_give(room: Office) -> None:
    case = room.leave()
    with told_no(Refusal, match="somebody else"):
        room.desk.port_out.credentials.show(MATEO, case.id)


def test_every_look_at_the_secrets_is_on_record(room: Office) -> None:
    case = room.leave()
    room.desk.port_out.credentials.show(ROSA, case.id)
    room.desk.port_out.credentials.show(ANNA, case.id)
    looks = [e.who for e in room.desk.port_out.audit(case.id) if e.kind == "revealed"]
    assert looks == [ROSA, ANNA]


def test_the_way_of_a_port_in_shows_no_secret_of_a_port_out(room: Office) -> None:
    case = room.leave()
    for name in ("pin", "account_id"):
        with told_no(Refusal, match="nothing to show"):
            room.desk.queries.reveal(ANNA, case.id, name)


def test_what_belongs_to_a_port_in_is_refused_for_a_port_out(room: Office) -> None:
    case = room.leave()
    case = room.desk.transitions.move(
        ANNA, case.id, case.version, Status.SUBMITTED, TransitionInput()
    )
    refused = TransitionInput(reason_code="pin_invalid")
    case = room.desk.transitions.move(ANNA, case.id, case.version, Status.EXCEPTION, refused)
    with told_no(Refusal, match="answered already"):
        room.desk.corrections.ask(ROSA, case.id, case.version)


def test_what_belongs_to_a_port_out_is_refused_for_a_port_in(room: Office) -> None:
    case = room.arrive()
    with told_no(Refusal, match="brings numbers in"):
        room.desk.port_out.credentials.show(ROSA, case.id)
    with told_no(Refusal, match="brings numbers in"):
        room.ask(case)


def test_a_port_out_is_submitted_without_any_letter(room: Office) -> None:
    assert Status.SUBMITTED in room.leave().moves(Role.AGENT)


def test_a_case_ends_only_when_its_numbers_are_gone_or_somebody_says_why(room: Office) -> None:
    case = room.leave()
    foc = TransitionInput(foc_at=room.clock.now + timedelta(days=2, hours=2))
    for status, details in ((Status.SUBMITTED, TransitionInput()), (Status.FOC, foc)):
        case = room.desk.transitions.move(ANNA, case.id, case.version, status, details)
    with told_no(Refusal, match="not unassigned and deleted") as refused:
        room.desk.transitions.move(
            ANNA, case.id, case.version, Status.COMPLETED, TransitionInput(open_items_known=True)
        )
    assert refused.value.field == "why"
    why = TransitionInput(open_items_known=True, why="The platform deleted them by itself")
    room.desk.transitions.move(ANNA, case.id, case.version, Status.COMPLETED, why)
    assert room.desk.queries.history(case.id)[-1].why == "The platform deleted them by itself"


def test_a_number_that_stayed_need_not_be_deleted(room: Office) -> None:
    case = room.leave()
    foc = TransitionInput(foc_at=room.clock.now + timedelta(days=2, hours=2))
    for status, details in ((Status.SUBMITTED, TransitionInput()), (Status.FOC, foc)):
        case = room.desk.transitions.move(ANNA, case.id, case.version, status, details)
    gone = ["+12065550100", "+12065550101"]
    for item in ("unassigned", "deleted"):
        room.desk.checklists.tick_numbers(ANNA, case.id, item, gone)
    stayed = TransitionInput(open_items_known=True, not_moved="206-555-0102")
    case = room.desk.transitions.move(ANNA, case.id, case.version, Status.COMPLETED, stayed)
    assert case.status is Status.COMPLETED


def test_a_left_port_out_does_not_come_up_in_the_port_in_form(room: Office) -> None:
    room.draft(ROSA, PORT_OUT)
    assert room.desk.drafts.latest(ROSA) is None
    left = room.desk.drafts.latest(ROSA, Kind.PORT_OUT)
    assert left is not None
    assert PIN not in str(left.shown)
    room.draft(ROSA, {**PORT_IN, **NUMBERS})
    assert room.desk.drafts.latest(ROSA, Kind.PORT_OUT) == left


def due(room: Office) -> list[str]:
    """Return what the clock would say to the desk now."""
    return [due.reminder.kind for due in room.desk.reminders.due(room.clock.now)]


def test_the_clock_counts_down_until_silence_means_yes(room: Office) -> None:
    case = room.leave()
    request = room.ask(case)
    assert request.answer_by - request.received_at == timedelta(hours=24)
    assert due(room) == []
    room.clock.pass_by(hours=12)
    assert due(room) == ["answer_half"]
    room.clock.pass_by(hours=11)
    assert due(room) == ["answer_last"]
    room.clock.pass_by(hours=1)
    assert due(room) == ["answer_silent"]
    room.approve(case, request)
    assert due(room) == []


def test_the_clock_reminds_of_numbers_that_are_still_here(room: Office) -> None:
    case = room.leave()
    foc = TransitionInput(foc_at=room.clock.now + timedelta(days=2, hours=2))
    for status, details in ((Status.SUBMITTED, TransitionInput()), (Status.FOC, foc)):
        case = room.desk.transitions.move(ANNA, case.id, case.version, status, details)
    room.desk.transitions.confirm_date(ROSA, case.id)
    room.clock.pass_by(days=4, hours=3)
    assert set(due(room)) == {"out_missed", "still_here"}
    room.desk.checklists.tick(ANNA, case.id, "ported_away", done=True)
    for item in ("unassigned", "deleted"):
        room.desk.checklists.tick(ANNA, case.id, item, done=True)
    assert due(room) == []


def test_reminders_about_letters_are_never_due(room: Office) -> None:
    room.leave()
    room.clock.pass_by(days=40)
    assert due(room) == []


@pytest.fixture
def engine(database_url: str) -> Engine:
    """The database of the desk, without the desk."""
    return open_engine(database_url)


@pytest.mark.parametrize("order", ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_audit(room: Office, engine: Engine, order: str) -> None:
    case = room.leave()
    room.desk.port_out.credentials.show(ROSA, case.id)
    with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
        connection.execute(text(order))
    assert "revealed" in room.audit(case)


def test_no_message_of_the_ledger_holds_a_secret(room: Office, engine: Engine) -> None:
    case = room.leave()
    room.ask(case)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT channel, facts FROM delivery")).all()
    assert any(channel == CHANNEL for channel, _facts in rows)
    assert not any(secret in str(rows) for secret in (ACCOUNT_ID, PIN))
