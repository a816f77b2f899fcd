"""Somebody who guesses a PIN gets five tries, and learns nothing from them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.cases.case import CaseFacts
from bot.domain.port_out.requests import (
    NumberOnFile,
    ProtectionStep,
    Reason,
    ReceivedRequest,
    judge,
    same_secret,
)
from bot.errors import Refusal
from tests.patience import patiently
from tests.port_out.departures import ACCOUNT_ID, PIN
from tests.port_out.desks import ANNA, ROSA, Clock, Office, open_desk
from tests.port_out.pins import ONE, protect
from tests.refusals import sentence_of, told_no


def guess(room: Office, case: CaseFacts, times: int, **wrong: str) -> None:
    """Enter and reject requests with something wrong."""
    for _ in range(times):
        room.reject(case, room.ask(case, **(wrong or {"pin": "WRONG1"})))


def test_every_field_is_compared_whatever_the_ones_before_came_to() -> None:
    sent = ReceivedRequest("New Telecom", ONE, account_id="x", pin="", zip_code="00000")
    found = judge(sent, {"+12065550100": NumberOnFile("A", "B", "98101")})
    assert found["+12065550100"] == {
        Reason.ACCOUNT_INVALID,
        Reason.PIN_MISSING,
        Reason.ZIP_INVALID,
    }


@pytest.mark.parametrize("sent", ["", "A"])
def test_nothing_on_file_matches_nothing(sent: str) -> None:
    asked = ReceivedRequest("New Telecom", ONE, account_id=sent, pin=sent)
    found = judge(asked, {"+12065550100": NumberOnFile("", "")})
    assert found["+12065550100"] == {Reason.INVALID_REQUEST}


def test_a_wrong_pin_counts_although_no_account_id_is_on_file() -> None:
    found = judge(
        ReceivedRequest("New Telecom", ONE, "A", "B"), {"+12065550100": NumberOnFile("", "PIN1")}
    )
    assert found["+12065550100"] == {Reason.PIN_INVALID, Reason.INVALID_REQUEST}


@pytest.mark.parametrize("near", ["k7m4", "K7M4 ", "K7M", "K7M44", "Ｋ7M4", ""])
def test_a_secret_is_compared_letter_by_letter(near: str) -> None:
    assert not same_secret(near, "K7M4")


def test_a_zip_code_that_is_not_on_file_is_not_compared(room: Office) -> None:
    case = room.leave()
    assert room.ask(case, zip_code="12345").found == ()


def test_a_zip_code_on_file_must_be_named(room: Office) -> None:
    case = room.leave(postal_code="98101")
    assert room.ask(case).found == (Reason.ZIP_MISSING,)


def test_a_number_that_is_not_in_the_case_is_not_on_the_account(room: Office) -> None:
    case = room.leave(numbers=ONE)
    assert room.ask(case, numbers="206-555-0100, 206-555-0155").found == (Reason.NOT_ON_ACCOUNT,)


def test_part_of_a_singapore_block_is_an_invalid_request(room: Office) -> None:
    block = "+65 6123 4560 to 4569"
    case = room.leave(numbers=block, platform="sip_media_application")
    part = room.ask(case, numbers="+65 6123 4560 to 4568")
    assert part.found == (Reason.INVALID_REQUEST,)
    room.reject(case, part)
    assert room.ask(case, numbers=block).found == ()


def test_five_wrong_pins_lock_a_number_and_the_right_one_is_refused_while_it_lasts(
    room: Office,
) -> None:
    case = room.leave()
    guess(room, case, 5)
    right = room.ask(case)
    assert right.locked
    assert right.found == (Reason.INVALID_REQUEST,)
    with told_no(Refusal, match="does not match"):
        room.approve(case, right)
    room.reject(case, right)
    room.clock.pass_by(hours=24, seconds=1)
    assert room.ask(case).may_be_approved


def test_a_lock_is_told_to_the_desk_without_the_secret(room: Office) -> None:
    case = room.leave(numbers=ONE)
    guess(room, case, 5, numbers=ONE, pin="WRONG1")
    (told,) = [e for e in room.desk.queries.history(case.id) if e.kind == "locked"]
    assert told.facts["number"] == "…0100"
    assert "WRONG1" not in str(told)
    assert room.audit(case).count("locked") == 1


def test_who_tries_one_number_after_the_other_is_locked_after_five(room: Office) -> None:
    case = room.leave()
    for turn in range(5):
        guess(room, case, 1, numbers=f"206-555-010{turn % 3}", pin=f"WRONG{turn}")
    assert room.ask(case, numbers=ONE).locked


def test_a_guess_at_one_number_counts_nothing_where_another_pin_holds(room: Office) -> None:
    room.arrive(ONE)
    protect(room, ANNA, ProtectionStep.SET, "GUARD1")
    case = room.leave()
    guess(room, case, 5, numbers=ONE, pin="WRONG1")
    assert room.ask(case, numbers="206-555-0101").may_be_approved


@pytest.mark.slow
def test_a_thousand_locked_numbers_are_told_in_one_line(room: Office) -> None:
    many = "206-555-0100 to 206-555-1099"
    case = room.leave(numbers=many)
    guess(room, case, 5, numbers=many, pin="WRONG1")
    (told,) = [e for e in room.desk.queries.history(case.id) if e.kind == "locked"]
    assert told.facts["number"].endswith("…0104 and 995 more")
    assert room.audit(case).count("locked") == 1000


def test_a_right_request_forgives_the_slips_before_it(room: Office) -> None:
    case = room.leave()
    guess(room, case, 4)
    room.reject(case, room.ask(case), reason=Reason.CUSTOMER_MISMATCH)
    guess(room, case, 4)
    assert room.ask(case).may_be_approved


def test_an_empty_field_is_no_guess(room: Office) -> None:
    case = room.leave()
    guess(room, case, 6, pin="")
    assert room.ask(case).may_be_approved


def test_a_wrong_account_id_counts_as_well(room: Office) -> None:
    case = room.leave()
    guess(room, case, 5, account_id="ACCT-1")
    assert room.ask(case).locked


def test_a_locked_number_tells_nothing_of_what_was_right(room: Office) -> None:
    case = room.leave()
    guess(room, case, 5)
    wrong = room.ask(case, pin="WRONG2")
    room.reject(case, wrong)
    right = room.ask(case)
    assert (wrong.found, wrong.locked) == (right.found, right.locked)


def test_replicas_count_together(room: Office, database_url: str) -> None:
    case = room.leave()
    clock = Clock(room.clock.now)
    with open_desk(database_url, clock) as other:
        for place in range(5):
            guess((room, other)[place % 2], case, 1)
        assert room.ask(case).locked


def test_two_agents_who_enter_at_once_make_one_comparison(room: Office, database_url: str) -> None:
    case = room.leave()

    def enter(desk: Office) -> str:
        try:
            return patiently(lambda: str(desk.ask(case).id))
        except Refusal as error:
            return sentence_of(error)

    with open_desk(database_url) as other, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(enter, (room, other)))
    assert sum(answer.isdecimal() for answer in answers) == 1, answers
    assert room.audit(case).count("compared") == 1


def test_the_same_form_sent_twice_is_one_guess(room: Office) -> None:
    case = room.leave()
    first = room.ask(case, key="V1", pin="WRONG1")
    assert room.ask(case, key="V1", pin="WRONG1").id == first.id
    assert room.audit(case).count("compared") == 1


def test_a_requester_who_is_no_agent_enters_no_request(room: Office) -> None:
    case = room.leave()
    with told_no(Refusal, match="Only the desk's agents"):
        room.ask(case, who=ROSA)


def test_what_a_carrier_sent_is_not_kept(room: Office) -> None:
    case = room.leave()
    request = room.ask(case, pin="WRONG9", account_id="ACCT-WRONG")
    assert "WRONG" not in repr(request)
    assert "WRONG" not in str(room.desk.queries.history(case.id))
    assert "WRONG" not in str(room.desk.port_out.audit(case.id))


def test_secrets_do_not_show_when_facts_are_printed(room: Office) -> None:
    case = room.leave()
    given = room.desk.port_out.credentials.show(ANNA, case.id)
    printed = (
        repr(given)
        + repr(ReceivedRequest("x", ONE, ACCOUNT_ID, PIN))
        + repr(NumberOnFile(ACCOUNT_ID, PIN))
    )
    assert ACCOUNT_ID not in printed
    assert PIN not in printed
