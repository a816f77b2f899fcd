"""Stories of cases, act by act: whom each act owes something, and what it leaves written down."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from bot.desk.cases.transition_requirements import TransitionInput
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import ProtectionStep, Reason, RequestFacts
from tests.port_out.desks import ANNA, MATEO, ROSA, TOM, Office
from tests.store import meetings

CARDS = "headline to the channel, card to Rosa"
ALL = f"{CARDS}, note to the channel, word to Rosa"
Act = Callable[[Office, CaseFacts], object]


def move(target: Status, **details: Any) -> Act:
    """Let Anna move a case."""

    def act(room: Office, case: CaseFacts) -> object:
        now = room.desk.queries.case(case.id)
        return room.desk.transitions.move(
            ANNA, now.id, now.version, target, TransitionInput(**details)
        )

    return act


def confirm(days: int, hours: int) -> Act:
    """Let the carrier confirm a date so far ahead."""

    def act(room: Office, case: CaseFacts) -> object:
        at = room.clock.now + timedelta(days=days, hours=hours)
        foc = move(Status.FOC, foc_at=at, time_zone="America/Chicago", foc_rules_known=True)
        return foc(room, case)

    return act


def now(act: Act) -> Act:
    """Act on a case as it is by now."""
    return lambda room, case: act(room, room.desk.queries.case(case.id))


def asked(case: CaseFacts) -> RequestFacts:
    """Return the request of a case."""
    assert case.request is not None
    return case.request


def protect(who: str, step: ProtectionStep, pin: str = "") -> Act:
    """Make a step of the protection of a case's number."""
    return lambda room, case: room.desk.port_out.pin_protection.take(
        who, case.numbers[0], step, uuid4().hex, pin
    )


def rejected(room: Office, case: CaseFacts) -> None:
    """Enter a request with a wrong PIN and reject it."""
    wrong = room.ask(case, numbers=case.numbers[0], pin="BAD1")
    room.reject(case, wrong)


LEFT = ("numbers_assigned, test_calls_both_ways, expected_traffic, port_confirmed, final_test, "
        "customer_told, customer_verified")  # fmt: skip
# An act, what it owes, and the new lines of the history and of the audit.
Step = tuple[Act, str, tuple[str, ...], tuple[str, ...]]
COMING: tuple[Step, ...] = (
    (meetings.sign, f"fetch to the worker, {ALL}", ("Rosa signed version=1 signed_on=2027-03-01",),
     ()),
    (move(Status.SUBMITTED), ALL, ("Anna status SUBMITTED",), ()),
    (move(Status.PENDING_DOCUMENTS, why=" The bill "), ALL,
     ("Anna status PENDING_DOCUMENTS (The bill)",), ()),
    (move(Status.EXCEPTION, reason_code="NAME"), ALL,
     ("Anna status EXCEPTION reason_code=NAME",), ()),
    (now(meetings.correct), f"{ALL}, note to the channel, letter to Rosa",
     ("Rosa changed CHANGE_REQUESTED fields=customer_name", "The desk letter version=2"), ()),
    (confirm(5, 2), ALL,
     ("Anna status FOC foc_at=2027-03-06T17:00:00+00:00 time_zone=America/Chicago "
      "against_rules=requested_date_weekend",), ()),
    (meetings.confirm, f"{CARDS}, note to the channel", ("Rosa date_confirmed",), ()),
    (meetings.record_link, ALL, ("Anna link expires_on=2027-03-11",), ()),
    (lambda room, case: room.desk.upload_links.show(ROSA, case.id), "",
     ("Rosa revealed secret=upload link",), ()),
    (lambda room, case: room.desk.queries.reveal(ANNA, case.id, "account_number"), "",
     ("Anna revealed secret=account_number",), ()),
    (now(meetings.tick), "checklist_update to the channel",
     ("Anna ticked item=numbers_visible done=1",), ()),
    (now(meetings.tick), "", (), ()),
    (lambda room, case: room.desk.checklists.tick(TOM, case.id, "numbers_visible", False),
     "checklist_update to the channel", ("Tom unticked item=numbers_visible done=0",), ()),
    (now(meetings.tick_numbers), "checklist_update to the channel",
     ("Anna ticked item=numbers_assigned done=1",), ()),
    (now(lambda room, case: room.desk.documents.hand_over(TOM, case.id, case.documents[0].id)),
     "handover to Tom", ("Tom handed_over document=signed.pdf",), ()),
    (move(Status.CHANGE_REQUESTED, why="Later"), ALL,
     ("Anna status CHANGE_REQUESTED (Later)",), ()),
    (confirm(4, 2), ALL,
     ("Anna status FOC foc_at=2027-03-05T17:00:00+00:00 time_zone=America/Chicago against_rules=",),
     ()),
    (move(Status.CANCEL_REQUESTED, why="No"), ALL,
     ("Anna status CANCEL_REQUESTED (No) short_notice=yes",), ()),
    (now(lambda room, case: move(Status.COMPLETED, open_items_known=True,
                                 not_moved=case.numbers[0])(room, case)),
     f"{CARDS}, checklist_update to the channel, note to the channel, word to Rosa",
     ("Anna status COMPLETED open_items=numbers_visible, " + LEFT + " not_moved={number}",), ()),
)  # fmt: skip
LEAVING: tuple[Step, ...] = (
    (lambda room, case: room.desk.port_out.credentials.show(ROSA, case.id), "",
     ("Rosa revealed secret=account ID and PIN",), ("Rosa revealed",)),
    (meetings.enter, f"checklist_update to the channel, {ALL}",
     ("Anna request carrier=New Telecom count=1 result=matches unasked= "
      "by=2027-03-02T15:00:00+00:00", "Anna ticked item=request_seen done=1"), ("Anna compared",)),
    (now(meetings.approve), f"{ALL}, checklist_update to the channel",
     ("Anna request_approved carrier=New Telecom count=1 unasked=",
      "Anna ticked item=request_approved done=1"), ("Anna approved",)),
    (meetings.enter, ALL,
     ("Anna request carrier=New Telecom count=1 result=matches unasked= "
      "by=2027-03-02T15:00:00+00:00",), ("Anna compared",)),
    (now(lambda room, case: room.reject(case, asked(case), reason=Reason.NOT_ACTIVE)), ALL,
     ("Anna request_rejected carrier=New Telecom count=1 unasked= reason=not_active",),
     ("Anna rejected",)),
    (lambda room, case: room.desk.amendments.apply(ROSA, room.amend(case, pin="NEW1", unit="")),
     f"{ALL}, checklist_update to the channel", ("Rosa changed fields=pin secrets=pin",),
     ("Rosa secrets_changed",)),
)  # fmt: skip
UNASKED: tuple[Step, ...] = (
    (meetings.say_yes, f"{CARDS}, alert to the channel", ("Rosa owner_ordered approved=",),
     ("Rosa owner_ordered",)),
    (meetings.say_yes, "", (), ()),
    (meetings.say_no, f"{CARDS}, alert to the channel", ("Rosa owner_not_ordered approved=",),
     ("Rosa owner_not_ordered",)),
    (lambda room, case: room.reject(case, asked(case)),
     f"{ALL}, checklist_update to the channel, note to the channel",
     ("Anna request_rejected carrier=Far Telecom count=1 unasked=yes reason=invalid_request",
      "Anna dismissed CANCELLED"), ("Anna rejected",)),
)  # fmt: skip
GUARDED: tuple[Step, ...] = (
    (meetings.approve, ALL,
     ("Anna request_half_approved carrier=Far Telecom count=1 unasked=yes",),
     ("Anna half_approved",)),
    (now(lambda room, case: room.approve(case, asked(case), who=TOM)),
     f"{ALL}, checklist_update to the channel, checklist to the channel",
     ("Tom request_approved carrier=Far Telecom count=1 unasked=yes",
      "Tom ticked item=request_approved done=1"), ("Tom approved",)),
    (meetings.say_no, f"{CARDS}, alert to the channel", ("Rosa owner_not_ordered approved=yes",),
     ("Rosa owner_not_ordered",)),
)  # fmt: skip
HELD: tuple[Step, ...] = (
    (protect(ROSA, ProtectionStep.SET, "GUARD1"), "alert to the channel",
     ("Rosa pin_set numbers={ending}",), ("Rosa pin_set {number}",)),
    (protect(ROSA, ProtectionStep.LOOK), "", (), ()),
    (lambda room, case: room.desk.port_out.pin_protection.show(ROSA, case.numbers[0]), "", (),
     ("Rosa revealed {number}",)),
    (protect(TOM, ProtectionStep.SET, "GUARD2"), "alert to the channel, alert to Rosa",
     ("Tom pin_set numbers={ending}",), ("Tom pin_changed {number}",)),
    (protect(ROSA, ProtectionStep.ASK_REMOVAL), "alert to the channel",
     ("Rosa pin_ask_removal numbers={ending}",), ("Rosa pin_ask_removal {number}",)),
    (protect(ANNA, ProtectionStep.CONFIRM_REMOVAL), "alert to the channel, alert to Rosa",
     ("Anna pin_confirm_removal numbers={ending}",), ("Anna pin_confirm_removal {number}",)),
    (lambda room, case: room.leave(MATEO, numbers=case.numbers[0]),
     "headline to the channel, card to Mateo, note to the channel, word to Mateo, "
     "checklist to the channel, note to the channel, alert to Rosa",
     ("Mateo filed numbers=1", f"Mateo not_own owners={ROSA} numbers=1"), ("Mateo pin_chosen",)),
)  # fmt: skip
GUESSED: tuple[Step, ...] = (
    (lambda room, case: room.ask(case, numbers=case.numbers[0], pin="BAD1"),
     f"{ALL}, alert to the channel",
     ("Anna request carrier=New Telecom count=1 result=differs unasked= "
      "by=2027-03-02T15:00:00+00:00",
      "Anna locked number={ending} until=2027-03-02T15:00:00+00:00"),
     ("Anna compared", "Anna locked {number}")),
)  # fmt: skip


def arrived(room: Office) -> CaseFacts:
    """Return a case that brought a number in."""
    return room.arrive(next(meetings.NUMBERS))


def guessed(room: Office) -> CaseFacts:
    """Return a port-out of which a carrier guessed four times."""
    case = meetings.leaving(room)
    for _ in range(4):
        rejected(room, case)
    return case


STORIES: Mapping[str, tuple[Callable[[Office], CaseFacts], tuple[Step, ...]]] = {
    "numbers that come": (meetings.filed, COMING),
    "numbers that leave": (meetings.leaving, LEAVING),
    "numbers that nobody wants to let go": (meetings.unasked, UNASKED),
    "numbers that are protected": (meetings.guarded, GUARDED),
    "numbers in the inventory": (arrived, HELD),
    "somebody who guesses": (guessed, GUESSED),
}
