"""What takes two people takes two people: approvals of held numbers."""

from datetime import UTC, datetime

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.core.context import Stale
from bot.desk.port_out.repeated_answers import Decision
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import Answer, ProtectionStep, Reason
from bot.errors import Refusal
from tests.port_out.departures import PIN
from tests.port_out.desks import ANNA, ROSA, TOM, Office
from tests.port_out.pins import ONE, protect
from tests.refusals import told_no

NUMBERS = "206-555-0100 to 0102"


def test_one_agent_lets_go_of_a_number_that_nothing_holds(room: Office) -> None:
    case = room.leave()
    assert room.approve(case, room.ask(case)).answer is Answer.APPROVED


def test_an_assigned_number_takes_two_agents(room: Office) -> None:
    room.arrive()
    case = room.leave()
    first = room.approve(case, room.ask(case))
    assert first.answer is Answer.HALF_APPROVED
    with told_no(Refusal, match="Ask another agent"):
        room.approve(case, first)
    assert room.approve(case, first, who=TOM).answer is Answer.APPROVED
    assert [kind for kind in room.audit(case) if "approved" in kind] == [
        "half_approved",
        "approved",
    ]


def test_the_second_agent_is_not_the_requester(room: Office) -> None:
    room.arrive()
    case = room.leave(who=TOM)
    first = room.approve(case, room.ask(case))
    with told_no(Refusal, match="Ask another agent"):
        room.approve(case, first, who=TOM)


def test_a_number_that_another_agent_unassigned_takes_one_agent(room: Office) -> None:
    room.arrive()
    case = room.leave()
    room.desk.checklists.tick(TOM, case.id, "unassigned", done=True)
    request = room.ask(case)
    assert request.second == ()
    assert room.approve(case, request).answer is Answer.APPROVED


def test_an_agent_who_ticks_unassigned_does_not_approve_alone(room: Office) -> None:
    room.arrive()
    case = room.leave()
    room.desk.checklists.tick(ANNA, case.id, "unassigned", done=True)
    request = room.ask(case)
    assert len(request.second) == 3
    first = room.approve(case, request)
    assert first.answer is Answer.HALF_APPROVED
    with told_no(Refusal, match="Ask another agent"):
        room.approve(case, first)
    assert room.approve(case, first, who=TOM).answer is Answer.APPROVED


def test_only_the_numbers_that_the_other_agent_ticked_count_as_unassigned(room: Office) -> None:
    room.arrive()
    case = room.leave()
    room.desk.checklists.tick_numbers(TOM, case.id, "unassigned", ["+12065550100"])
    room.desk.checklists.tick(ANNA, case.id, "unassigned", done=True)
    assert room.ask(case).second == ("+12065550101", "+12065550102")


def test_a_tick_of_the_requester_lets_nobody_approve_alone(room: Office) -> None:
    room.arrive()
    case = room.leave(who=TOM)
    room.desk.checklists.tick(TOM, case.id, "unassigned", done=True)
    request = room.ask(case)
    assert len(request.second) == 3
    assert room.approve(case, request).answer is Answer.HALF_APPROVED


def test_an_agent_who_writes_numbers_off_does_not_let_them_go_alone(room: Office) -> None:
    room.arrive()
    case = room.leave()
    foc = TransitionInput(foc_at=datetime(2027, 3, 18, 17, tzinfo=UTC), foc_rules_known=True)
    for status, details in (
        (Status.SUBMITTED, TransitionInput()),
        (Status.FOC, foc),
        (Status.COMPLETED, TransitionInput(why="They are gone", open_items_known=True)),
    ):
        case = room.desk.transitions.move(ANNA, case.id, case.version, status, details)
    again = room.leave(who=ROSA)
    assert room.approve(again, room.ask(again)).answer is Answer.HALF_APPROVED


def test_a_window_that_another_agent_opens_shows_what_holds_for_them(room: Office) -> None:
    room.arrive()
    case = room.leave()
    room.desk.checklists.tick(ANNA, case.id, "unassigned", done=True)
    assert len(room.ask(case).second) == 3
    assert room.desk.port_out.carrier_requests.waiting(TOM, case.id).second == ()


def test_a_requester_cannot_say_that_a_number_is_unassigned(room: Office) -> None:
    room.arrive()
    case = room.leave()
    with told_no(Refusal, match="Only the desk's agents"):
        room.desk.checklists.tick(ROSA, case.id, "unassigned", done=True)
    with told_no(Refusal, match="Only the desk's agents"):
        room.desk.checklists.tick_numbers(ROSA, case.id, "unassigned", ["+12065550100"])


def test_a_replayed_approval_does_nothing_twice(room: Office) -> None:
    case = room.leave()
    request = room.ask(case)
    assert room.approve(case, request) == room.approve(case, request)
    assert room.audit(case).count("approved") == 1
    assert [e.kind for e in room.desk.queries.history(case.id)].count("request_approved") == 1


def test_a_replayed_first_approval_is_no_second_one(room: Office) -> None:
    room.arrive()
    case = room.leave()
    request = room.ask(case)
    room.approve(case, request)
    assert room.approve(case, request).answer is Answer.HALF_APPROVED


def test_an_answer_from_an_old_sight_is_refused(room: Office) -> None:
    case = room.leave()
    request = room.ask(case)
    room.reject(case, request, reason=Reason.NOT_ACTIVE)
    with told_no(Stale, match="answered this request"):
        room.approve(case, request, who=TOM)


def test_a_request_of_another_case_is_not_answered(room: Office) -> None:
    case = room.leave(numbers=ONE)
    other = room.leave(numbers="206-555-0150")
    request = room.ask(case, numbers=ONE)
    with told_no(Refusal, match="no such request"):
        room.approve(other, request)
    with told_no(Refusal, match="no such request"):
        room.desk.port_out.carrier_requests.decide(ANNA, case.id, Decision(999, 1, approve=True))


def test_a_rejection_needs_one_of_the_permitted_reasons(room: Office) -> None:
    case = room.leave()
    request = room.ask(case)
    decision = Decision(request.id, request.version, approve=False)
    with told_no(Refusal, match="Choose the reason"):
        room.desk.port_out.carrier_requests.decide(ANNA, case.id, decision)


def test_a_pin_set_meanwhile_makes_the_comparison_worthless(room: Office) -> None:
    room.arrive()
    case = room.leave()
    request = room.ask(case)
    room.clock.pass_by(minutes=1)
    protect(room, ANNA, ProtectionStep.SET, "GUARD1")
    with told_no(Refusal, match="was set after"):
        room.approve(case, request)


def test_a_protected_number_asks_for_its_own_pin(room: Office) -> None:
    room.arrive(ONE)
    protect(room, ANNA, ProtectionStep.SET, "GUARD1")
    case = room.leave(numbers=ONE)
    assert room.ask(case, key="V-own", numbers=ONE, pin=PIN).found == (Reason.PIN_INVALID,)
    room.reject(case, room.desk.port_out.carrier_requests.waiting(ANNA, case.id))
    assert room.ask(case, numbers=ONE, pin="GUARD1").found == ()


def test_a_protected_number_takes_two_agents_even_when_unassigned(room: Office) -> None:
    room.arrive(ONE)
    protect(room, ANNA, ProtectionStep.SET, "GUARD1")
    case = room.leave(numbers=ONE)
    room.desk.checklists.tick(ANNA, case.id, "unassigned", done=True)
    request = room.ask(case, numbers=ONE, pin="GUARD1")
    assert room.approve(case, request).answer is Answer.HALF_APPROVED
