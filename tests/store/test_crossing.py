"""Something happens to a case at the moment at which somebody acts on it, on another replica.

Whoever decides by what a case says waits for the other transaction and then sees what it did. The
other one is made by hand here, so that it ends exactly when the act waits for it.
"""

import inspect
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.desk.cases.transitions import let_go
from bot.domain.cases.case import OWNER_SAYS, CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import Answer, OwnerSays
from bot.errors import Refusal
from bot.store.locks import hold_case
from bot.store.models.carrier_requests import CarrierRequest
from bot.store.models.cases import Case, ChecklistTick, History
from tests.patience import PATIENCE
from tests.port_out.desks import TOM, Office, open_desk
from tests.refusals import sentence_of
from tests.store.meetings import (
    NUMBERS,
    approve,
    asked,
    cancel,
    change,
    confirm,
    confirmed,
    correct,
    enter,
    enter_anywhere,
    filed,
    guarded,
    leaving,
    record_link,
    refused,
    say_no,
    say_yes,
    sign,
    tick,
    tick_numbers,
    unasked,
)  # fmt: skip

# SQLite has one writer: there such transactions come one after the other anyway.
pytestmark = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True, scope="module")
Meanwhile = Callable[[Session, Case], None]
Act = Callable[[Office, CaseFacts], Any]


@pytest.fixture(scope="module")
def replica(shared_database_url: str) -> Iterator[Office]:
    """A desk for all tests, each of which has a number of its own."""
    with open_desk(shared_database_url) as opened:
        yield opened


def closes(_session: Session, case: Case) -> None:
    """Close the case."""
    case.status = Status.CANCELLED
    let_go(case, set())


def is_asked_for(session: Session, case: Case) -> None:
    """A carrier's request is entered; the case itself stays as it is."""
    now = case.changed_at
    entered = {"entered_by": TOM, "entered_at": now, "received_at": now}
    row = CarrierRequest(
        entry_key=uuid4().hex, carrier="Far Telecom", numbers=[], found=[], locked=False,
        answer_by=now + timedelta(days=1), **entered,
    )  # fmt: skip
    case.carrier_requests.append(row)
    session.flush()


def is_answered(_session: Session, case: Case) -> None:
    """Another agent rejects the request."""
    case.carrier_requests[-1].answer = Answer.REJECTED


def is_approved(_session: Session, case: Case) -> None:
    """Two agents approve the request."""
    case.carrier_requests[-1].answer = Answer.APPROVED


def is_not_ordered(_session: Session, case: Case) -> None:
    """The owner says no."""
    case.fields = {**case.fields, OWNER_SAYS: OwnerSays.NOT_ORDERED.value}


def moves_on(_session: Session, case: Case) -> None:
    """Another agent moves the case."""
    case.status = Status.PENDING_DOCUMENTS


def crossed(room: Office, case: CaseFacts, meanwhile: Meanwhile, act: Act) -> Any:
    """Act while a transaction is open that changes the case, and return what that came to."""
    with ThreadPoolExecutor(1) as pool:
        with room.desk.context.sessions.begin() as other:
            row = other.get_one(Case, case.id)
            hold_case(other, row)
            meanwhile(other, row)
            other.flush()
            result = pool.submit(act, room, case)
            _wait_until_it_waits(room, result)
        try:
            return result.result()
        except Refusal as error:
            return error


def _wait_until_it_waits(room: Office, result: "Future[Any]") -> None:
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    until = monotonic() + PATIENCE
    with room.desk.context.sessions() as session:
        while not result.done() and not session.scalar(waiting):
            session.rollback()
            assert monotonic() < until
            sleep(0.01)


MEETINGS: dict[str, tuple[Callable[[Office], CaseFacts], Meanwhile, Act, str]] = {
    "closed while a carrier's request is entered": (
        leaving, is_asked_for, cancel, "silence counts as a yes"),
    "changed while a carrier's request is entered": (
        leaving, is_asked_for, change, "has no answer yet"),
    "changed while it is closed": (leaving, closes, change, "Somebody changed"),
    "a port-in changed while it is closed": (filed, closes, change, "Somebody changed"),
    "corrected while it moves on": (refused, moves_on, correct, "while you were looking|Somebody"),
    "asked for while it is closed": (leaving, closes, enter, "This case is closed"),
    "asked for twice": (leaving, is_asked_for, enter, "Answer it first"),
    "approved while the owner says no": (guarded, is_not_ordered, approve, "not ordered"),
    "approved while it is rejected": (asked, is_answered, approve, "answered this request"),
    "the owner speaks while it is closed": (unasked, closes, say_yes, "Nobody waits"),
    "moved while it moves on": (filed, closes, cancel, "while you were looking"),
    "signed while it is closed": (filed, closes, sign, "This case is closed"),
    "ticked while it is closed": (confirmed, closes, tick, "checklist is open only"),
    "a port-out ticked while it is closed": (leaving, closes, tick, "checklist is open only"),
    "numbers ticked while it is closed": (leaving, closes, tick_numbers, "checklist is open only"),
    "its date confirmed while it moves on": (confirmed, moves_on, confirm, "no confirmed date"),
    "given a link while it is closed": (filed, closes, record_link, "case is closed|Somebody"),
}  # fmt: skip


@pytest.mark.parametrize("name", MEETINGS)
def test_whoever_comes_second_sees_what_the_first_one_did(replica: Office, name: str) -> None:
    arrange, meanwhile, act, says = MEETINGS[name]
    case = arrange(replica)
    before = _written(replica, case)
    result = crossed(replica, case, meanwhile, act)
    assert isinstance(result, Refusal), "the act went on as if nothing had been"
    assert any(part in sentence_of(result) for part in says.split("|")), sentence_of(result)
    assert _written(replica, case) == before


def _written(room: Office, case: CaseFacts) -> tuple[int, ...]:
    """Return how many lines of history and ticks a case has."""
    with room.desk.context.sessions() as session:
        counts = (
            select(func.count()).where(table.case_id == case.id)
            for table in (History, ChecklistTick)
        )
        return tuple(session.scalar(count) or 0 for count in counts)


def test_a_request_is_not_entered_in_a_case_that_is_just_being_closed(replica: Office) -> None:
    case = leaving(replica)
    entered = crossed(replica, case, closes, enter_anywhere)
    assert not isinstance(entered, Refusal)
    assert (entered.case, entered.request) == (None, None), "none of its numbers is ours any more"
    assert replica.desk.queries.case(case.id).request is None


def test_of_our_own_numbers_it_opens_another_case(replica: Office) -> None:
    number = next(NUMBERS)
    replica.arrive(number)
    case = replica.leave(numbers=number)
    entered = crossed(replica, case, closes, enter_anywhere)
    assert not isinstance(entered, Refusal)
    assert entered.case is not None
    assert entered.case.id != case.id
    assert entered.case.owes_answer


def test_an_owner_who_says_no_while_it_is_approved_raises_the_alarm(replica: Office) -> None:
    case = guarded(replica)
    crossed(replica, case, is_approved, say_no)
    said = replica.desk.queries.history(case.id)[-1]
    assert (said.kind, said.facts["approved"]) == ("owner_not_ordered", "yes")


# Methods that decide nothing by what a case says: they read, note that somebody looked, or write
# rows of their own, which the database keeps apart.
READS = """
    validator.check validator.check_context drafts.latest drafts.load drafts.of_kind drafts.owned
    drafts.request drafts.to_file filing.review port_out.audit port_out.whole_audit
    port_out.filing.review port_out.carrier_requests.case_for
    port_out.carrier_requests.facts port_out.carrier_requests.waiting
    port_out.requests_without_case.may_enter carriers.like carrier_statistics.of transitions.ask
    corrections.ask inventory.held_for letters.letter documents.find queries.address
    queries.case queries.case_for queries.event queries.every_case queries.find queries.history
    queries.linked queries.open_cases queries.places monitoring.now reminders.due
    key_rotation.look manual_steps.for_case manual_steps.for_pins manual_steps.for_request
    manual_steps.for_stranger settings.listed
"""
NOTES_A_LOOK = """
    port_out.credentials.show port_out.pin_protection.show upload_links.show documents.hand_over
    queries.reveal settings.get
"""
OWN_ROWS = """
    drafts.amend drafts.discard drafts.reopen drafts.save filing.file port_out.filing.file
    port_out.pin_protection.take documents.keep_content monitoring.raise_alarm reminders.queue_due
    key_rotation.rotate claims.claim claims.completed claims.defer claims.done claims.met
    claims.sweep claims.uploaded settings.set settings.unset
"""
MET = """
    transitions.move transitions.confirm_date amendments.apply corrections.correct
    upload_links.record letters.signed checklists.tick checklists.tick_numbers
    port_out.carrier_requests.enter port_out.carrier_requests.decide
    port_out.owner_confirmation.say port_out.requests_without_case.enter
"""
# Steps of those that are met.
WITHIN = "port_out.amendments.change port_out.carrier_requests.new"


def test_every_method_of_the_desk_is_met_or_needs_no_lock(replica: Office) -> None:
    known = [
        *READS.split(),
        *NOTES_A_LOOK.split(),
        *OWN_ROWS.split(),
        *MET.split(),
        *WITHIN.split(),
    ]
    assert sorted(_methods(replica.desk)) == sorted(known)


def _methods(part: object, path: str = "") -> Iterator[str]:
    """Return the public methods of the desk and its parts, by their names in it."""
    for name, inner in vars(part).items():
        of_the_desk = type(inner).__module__.startswith("bot.desk")
        if of_the_desk and not name.startswith("_") and name != "context":
            yield from _methods(inner, f"{path}{name}.")
    if path:
        own = inspect.getmembers(type(part), inspect.isfunction)
        yield from (f"{path}{name}" for name, _ in own if not name.startswith("_"))
