"""A carrier asks for numbers that nobody here wants to let go."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import Answer, Reason
from bot.errors import Refusal
from tests.patience import patiently
from tests.port_out.desks import MATEO, PORT_IN, ROSA, TOM, Office, open_desk
from tests.port_out.unasked import NUMBERS, enter, opened, protect
from tests.refusals import told_no

STRANGERS = "206-555-0177"


def answered(room: Office, case: CaseFacts) -> CaseFacts:
    """Reject the request of a case."""
    assert case.request is not None
    room.reject(case, case.request)
    return room.desk.queries.case(case.id)


def test_held_numbers_get_a_case_of_their_owner(room: Office) -> None:
    room.arrive()
    case = opened(room)
    assert (case.is_port_out, case.is_unasked, case.requester) == (True, True, ROSA)
    assert len(case.numbers) == 3
    assert case.carrier == "Far Telecom"


def test_a_protected_number_matches_by_what_was_set_beforehand(room: Office) -> None:
    room.arrive()
    protect(room)
    case = opened(room)
    assert case.request is not None
    assert case.request.may_be_approved
    first = room.approve(case, case.request)
    assert first.answer is Answer.HALF_APPROVED
    assert room.approve(case, first, who=TOM).answer is Answer.APPROVED
    assert room.desk.queries.case(case.id).is_open


def test_numbers_without_a_pin_on_file_cannot_be_approved(room: Office) -> None:
    room.arrive()
    request = enter(room, "V-1").request
    assert request is not None
    assert request.found == (Reason.INVALID_REQUEST,)
    assert request.bare == 3


def test_a_pin_without_an_account_id_matches_nobody(room: Office) -> None:
    room.arrive()
    protect(room, account_id="")
    request = opened(room).request
    assert request is not None
    assert request.found == (Reason.INVALID_REQUEST,)


def test_a_wrong_pin_is_rejected_and_the_case_closed_with_it(room: Office) -> None:
    room.arrive()
    protect(room)
    case = opened(room, pin="WRONG1")
    assert case.request is not None
    assert case.request.found == (Reason.PIN_INVALID,)
    after = answered(room, case)
    assert (after.status, after.is_open) == (Status.CANCELLED, False)
    assert opened(room, "V-2").id != case.id


def test_a_rejection_after_an_approval_closes_nothing(room: Office) -> None:
    room.arrive()
    protect(room)
    case = opened(room)
    assert case.request is not None
    room.approve(case, room.approve(case, case.request), who=TOM)
    room.reject(case, room.ask(case, pin="WRONG1"))
    after = room.desk.queries.case(case.id)
    assert (after.is_open, after.numbers) == (True, case.numbers)


def test_five_wrong_pins_lock_the_number_across_cases(room: Office) -> None:
    room.arrive()
    protect(room)
    for turn in range(5):
        answered(room, opened(room, f"V-{turn}", pin="WRONG1"))
    request = opened(room, "V-right").request
    assert request is not None
    assert request.locked
    kinds = [line.kind for line in room.desk.port_out.whole_audit()]
    assert kinds.count("locked") == 3


def test_guesses_at_numbers_without_a_pin_lock_nothing(room: Office) -> None:
    room.arrive()
    for turn in range(6):
        answered(room, opened(room, f"V-{turn}", pin="WRONG1"))
    protect(room)
    request = opened(room, "V-right").request
    assert request is not None
    assert request.may_be_approved


def test_numbers_of_an_open_port_out_are_compared_there(room: Office) -> None:
    room.arrive()
    case = room.leave()
    entered = enter(room, "V-1")
    assert entered.case is not None
    assert entered.case.id == case.id
    assert entered.request is not None
    assert entered.request.may_be_approved


def test_numbers_of_two_port_outs_are_entered_one_by_one(room: Office) -> None:
    room.leave(numbers="206-555-0100")
    room.leave(numbers="206-555-0101")
    with told_no(Refusal, match="PRT-1001, PRT-1002") as refused:
        enter(room, "V-1", numbers="206-555-0100 to 0101")
    assert refused.value.field == "numbers"


def test_numbers_of_two_owners_are_entered_one_by_one(room: Office) -> None:
    room.arrive("206-555-0100")
    room.arrive("206-555-0101", who=MATEO)
    with told_no(Refusal, match="different people"):
        enter(room, "V-1", numbers="206-555-0100 to 0101")


def test_numbers_that_are_not_ours_are_only_noted(room: Office) -> None:
    first = enter(room, "V-1", numbers=STRANGERS, pin="WRONG1")
    assert (first.case, first.request) == (None, None)
    assert enter(room, "V-1", numbers=STRANGERS, pin="WRONG1") == first
    (line,) = room.desk.port_out.whole_audit()
    assert (line.kind, line.facts["number"]) == ("compared", "+12065550177")
    assert line.facts["carrier"] == "Far Telecom"
    assert "WRONG1" not in repr(line)


def test_a_stranger_among_held_numbers_is_not_on_the_account(room: Office) -> None:
    room.arrive()
    protect(room)
    case = opened(room, numbers=f"{NUMBERS}, {STRANGERS}")
    assert case.request is not None
    assert case.request.found == (Reason.NOT_ON_ACCOUNT,)
    assert "+12065550177" not in case.numbers


def test_numbers_of_other_countries_are_read_as_they_were_typed(room: Office) -> None:
    room.arrive()
    protect(room)
    case = opened(room, numbers=f"+44 20 7946 0123, {NUMBERS}")
    assert case.request is not None
    assert case.request.numbers == ("+442079460123", *case.numbers)
    assert case.fields["country"] == "US"


def test_our_numbers_are_no_strangers_where_somebody_brings_them_in_again(room: Office) -> None:
    room.arrive()
    room.desk.filing.file(MATEO, room.draft(MATEO, {**PORT_IN, "numbers": NUMBERS}))
    with told_no(Refusal, match="PRT-1002 wants to bring them in again"):
        enter(room, "V-1")


def test_the_same_form_sent_twice_opens_one_case(room: Office, database_url: str) -> None:
    room.arrive()
    with open_desk(database_url) as other, ThreadPoolExecutor(2) as pool:
        cases = list(
            pool.map(lambda desk: patiently(lambda: opened(desk, "V-1").id), (room, other))
        )
    assert cases[0] == cases[1]


@pytest.mark.parametrize("who", [ROSA, MATEO])
def test_only_agents_enter_a_request(room: Office, who: str) -> None:
    with told_no(Refusal, match="Only the desk's agents"):
        enter(room, "V-1", who=who)


def test_a_second_request_of_a_carrier_is_approved_as_the_first_was(room: Office) -> None:
    room.arrive()
    protect(room)
    for key in ("V-1", "V-2"):
        case = opened(room, key, numbers="206-555-0100")
        assert case.request is not None
        first = room.approve(case, case.request)
        assert room.approve(case, first, who=TOM).answer is Answer.APPROVED
