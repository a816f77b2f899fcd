"""The owner of numbers has a say before a carrier gets them, and so has whoever withdraws."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.desk.cases.transition_requirements import TransitionInput
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import Answer, OwnerSays
from bot.errors import Refusal
from tests.port_out.desks import ANNA, MATEO, ROSA, TOM, Clock, Office, open_desk
from tests.port_out.unasked import opened, protect
from tests.refusals import told_no


@dataclass
class Interrupted(Clock):
    """A clock at whose first look something else happens."""

    meanwhile: Callable[[], None] | None = None

    def __call__(self) -> datetime:
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        return self.now


def test_the_owner_who_says_no_stops_an_approval(room: Office) -> None:
    room.arrive()
    protect(room)
    case = opened(room)
    room.desk.port_out.owner_confirmation.say(ROSA, case.id, OwnerSays.NOT_ORDERED)
    assert case.request is not None
    with told_no(Refusal, match="was not ordered"):
        room.approve(case, case.request)
    room.desk.port_out.owner_confirmation.say(ROSA, case.id, OwnerSays.ORDERED)
    assert room.approve(case, case.request).answer is Answer.HALF_APPROVED
    assert [k for k in room.audit(case) if k.startswith("owner")] == [
        "owner_not_ordered",
        "owner_ordered",
    ]


@pytest.mark.parametrize("who", [ANNA, MATEO])
def test_nobody_but_the_owner_speaks_for_the_owner(room: Office, who: str) -> None:
    room.arrive()
    case = opened(room)
    with told_no(Refusal, match="belongs to somebody else"):
        room.desk.port_out.owner_confirmation.say(who, case.id, OwnerSays.ORDERED)


def test_a_case_is_not_closed_while_a_carrier_waits(room: Office) -> None:
    case = room.leave()
    request = room.ask(case)
    case = room.desk.queries.case(case.id)
    details = TransitionInput(why="Not any more")
    with told_no(Refusal, match="silence counts as a yes"):
        room.desk.transitions.move(ROSA, case.id, case.version, Status.CANCELLED, details)
    room.reject(case, request)
    case = room.desk.queries.case(case.id)
    after = room.desk.transitions.move(ROSA, case.id, case.version, Status.CANCELLED, details)
    assert after.status is Status.CANCELLED


def test_a_request_that_comes_while_a_case_is_withdrawn_is_not_lost(
    room: Office, database_url: str
) -> None:
    case = room.leave()
    entered: list[bool] = []

    def meanwhile() -> None:
        try:
            entered.append(room.ask(case).is_open)
        except Refusal:
            entered.append(False)

    with open_desk(database_url, Interrupted(meanwhile=meanwhile)) as other, suppress(Refusal):
        details = TransitionInput(why="Not any more")
        move = other.desk.transitions.move
        move(ROSA, case.id, case.version, Status.CANCELLED, details)
    assert entered == [room.desk.queries.case(case.id).is_open]


def test_nothing_is_approved_while_a_cancellation_is_asked_for(room: Office) -> None:
    case = room.leave()
    request = room.ask(case)
    for who, status, why in (
        (ANNA, Status.SUBMITTED, ""),
        (ROSA, Status.CANCEL_REQUESTED, "We stay"),
    ):
        version = room.desk.queries.case(case.id).version
        room.desk.transitions.move(who, case.id, version, status, TransitionInput(why=why))
    with told_no(Refusal, match="being cancelled"):
        room.approve(case, request)
    assert room.reject(case, request).answer is Answer.REJECTED


def test_the_owner_changes_an_unasked_case_and_it_stays_one(room: Office) -> None:
    room.arrive()
    protect(room)
    case = opened(room)
    assert case.request is not None
    with told_no(Refusal, match="Far Telecom has no answer"):
        room.amend(case)
    room.desk.port_out.owner_confirmation.say(ROSA, case.id, OwnerSays.ORDERED)
    room.approve(case, room.approve(case, case.request), who=TOM)
    case = room.desk.queries.case(case.id)
    typed = {"account_id": "ACCT-77", "pin": "NEWP1N", "contact_email": "r@example.com"}
    draft = room.amend(case, **typed)
    assert room.desk.drafts.load(ROSA, draft).of_case == frozenset()
    case = room.desk.amendments.apply(ROSA, draft)
    assert (case.is_unasked, case.owner_says) == (True, OwnerSays.ORDERED)
    assert room.desk.queries.history(case.id)[-1].facts["fields"] == ", ".join(sorted(typed))
