"""What people try at the desk that cannot be, and what they are told then."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.letters.letters import SignedLetter
from bot.desk.port_out.repeated_answers import Decision
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import ProtectionStep, ReceivedRequest
from tests.port_out.departures import ACCOUNT_ID, PIN
from tests.port_out.desks import ANNA, MATEO, PORT_IN, ROSA, Office

TODAY = date(2027, 3, 1)
LINK = "https://aws.example/upload?token=abc"
FOC_AT = datetime(2027, 3, 18, 17, 0, tzinfo=UTC)
_numbers = (f"212-555-{n:04}" for n in range(100, 200))


def some() -> str:
    """Return a number that no other case has."""
    return next(_numbers)


def filed(room: Office, numbers: str = "", **changes: Any) -> CaseFacts:
    """File a port-in."""
    fields = {**PORT_IN, "numbers": numbers or some(), **changes}
    return room.desk.filing.file(ROSA, room.draft(ROSA, fields)).cases[0]


def change(room: Office, case: CaseFacts, **changes: Any) -> CaseFacts:
    """Change a case in its form."""
    return room.desk.amendments.apply(ROSA, room.amend(case, **changes))


def move(room: Office, case: CaseFacts, target: Status, **details: Any) -> CaseFacts:
    """Move a case from where it stands."""
    now = room.desk.queries.case(case.id)
    return room.desk.transitions.move(ANNA, now.id, now.version, target, TransitionInput(**details))


def sign(room: Office, case: CaseFacts, on: date = TODAY, **more: Any) -> CaseFacts:
    """Send the signed letter."""
    scan = {"id": uuid4().hex[:12], "name": "s.pdf", "size": 1, **more}
    return room.desk.letters.signed(ROSA, case.id, SignedLetter(1, on, "ink", [scan]))


def submitted(room: Office, *targets: Status) -> CaseFacts:
    """Return a port-in that a carrier has."""
    case = filed(room, f"{some()}, {some()}")
    sign(room, case)
    for target in (Status.SUBMITTED, *targets):
        case = move(room, case, target, foc_at=FOC_AT, why="So", reason_code="OTHER")
    return case


def link(room: Office, text: str = LINK, sent_on: date = TODAY, who: str = ANNA) -> CaseFacts:
    """Record a link of a case."""
    return room.desk.upload_links.record(who, filed(room).id, text, sent_on)


def foc(room: Office, at: datetime | None) -> CaseFacts:
    """Confirm a date."""
    return move(room, submitted(room), Status.FOC, foc_at=at, foc_rules_known=True)


def locked(room: Office) -> object:
    """Approve what was locked after it had matched."""
    case = room.leave(numbers=some())
    for _ in range(5):
        room.reject(case, room.ask(case, numbers=case.numbers[0], pin="WRONG1"))
    request = room.ask(case, numbers=case.numbers[0])
    return room.approve(case, request)


def removed(room: Office) -> object:
    """Take a number out that a carrier was promised."""
    case = room.leave(numbers=f"{some()}, {some()}")
    room.approve(case, room.ask(case, numbers=", ".join(case.numbers)))
    return change(room, case, numbers=case.numbers[1])


def entered(room: Office, **sent: Any) -> object:
    """Enter a request without naming a case."""
    asked = ReceivedRequest(
        "Far Telecom", **{"numbers": some(), "account_id": ACCOUNT_ID, "pin": PIN, **sent}
    )
    return room.desk.port_out.requests_without_case.enter(ANNA, uuid4().hex, asked)


def coming_again(room: Office) -> object:
    number = some()
    room.arrive(number)
    filed(room, number)
    return entered(room, numbers=number)


def protected(room: Office, who: str, step: ProtectionStep, pin: str = "") -> object:
    """Protect a number of Rosa's that has a PIN, which an agent wants to remove."""
    number = some()
    room.arrive(number)
    take = room.desk.port_out.pin_protection.take
    take(ANNA, number, ProtectionStep.SET, uuid4().hex, "GUARD1")
    take(ANNA, number, ProtectionStep.ASK_REMOVAL, uuid4().hex)
    return take(who, number, step, uuid4().hex, pin)


def undecided(room: Office) -> object:
    """Reject without a reason."""
    case = room.leave(numbers=some())
    request = room.ask(case, numbers=case.numbers[0])
    decision = Decision(request.id, request.version, approve=False)
    return room.desk.port_out.carrier_requests.decide(ANNA, case.id, decision)


def scans_of_older(room: Office) -> object:
    case = filed(room)
    change(room, case, customer_name="Pier Bakery")
    return sign(room, case)


def entered_of(room: Office, at: datetime) -> object:
    """Enter a request that came at a moment."""
    case = room.leave(numbers=some())
    return room.ask(case, numbers=case.numbers[0], received_at=at)


Act = Callable[[Office], object]
TOLD: dict[str, tuple[Act, str, str | None]] = {
    "a change that would split": (
        lambda room: change(room, filed(room), numbers="206-555-0100, 800-555-0100",
                            number_type=""),
        "Keep one kind in this case", "numbers"),
    "no date": (lambda room: foc(room, None), "date and time that the carrier", "foc_date"),
    "a date of now": (lambda room: foc(room, room.clock.now), "has passed", "foc_date"),
    "a date too far": (
        lambda room: foc(room, room.clock.now + timedelta(days=365, minutes=1)),
        "more than a year away", "foc_date"),
    "no code": (
        lambda room: move(room, submitted(room), Status.EXCEPTION), "If none fits", "reason_code"),
    "a code without words": (
        lambda room: move(room, submitted(room), Status.EXCEPTION, reason_code="OTHER"),
        "says why", "why"),
    "a wish without words": (
        lambda room: move(room, submitted(room), Status.CANCEL_REQUESTED, why="  "),
        "says why", "why"),
    "open items": (
        lambda room: move(room, submitted(room, Status.FOC), Status.COMPLETED),
        "of the checklist are still open", "open_items_known"),
    "a stranger left behind": (
        lambda room: move(room, submitted(room, Status.FOC), Status.COMPLETED,
                          not_moved="206-555-0999", open_items_known=True),
        "+12065550999 is not a number of this case", "not_moved"),
    "numbers that are none": (
        lambda room: move(room, submitted(room, Status.FOC), Status.COMPLETED,
                          not_moved="the fax", open_items_known=True),
        "as in the request", "not_moved"),
    "a scan of an older letter": (scans_of_older, "letter version 2 took the place", "signed_loa"),
    "a letter without a file": (
        lambda room: room.desk.letters.signed(
            ROSA, filed(room).id, SignedLetter(1, TODAY, "ink", [])),
        "Add the scan", "signed_loa"),
    "a letter too old": (
        lambda room: sign(room, filed(room), on=TODAY - timedelta(days=16)),
        "16 days ago", "loa_signed_on"),
    "somebody else's file": (
        lambda room: room.desk.documents.hand_over(ANNA, filed(room).id, 99_999),
        "does not belong to the case", None),
    "a link that is none": (lambda room: link(room, "http://aws.example"), "begins with", "link"),
    "a link without a host": (lambda room: link(room, "https:///x"), "begins with", "link"),
    "a link in disguise": (lambda room: link(room, f"{LINK}|x"), "begins with", "link"),
    "a link of 2,001": (lambda room: link(room, LINK.ljust(2001, "x")), "begins with", "link"),
    "a link of tomorrow": (
        lambda room: link(room, sent_on=TODAY + timedelta(days=1)), "in the future",
        "link_sent_on"),
    "a link of eleven days": (
        lambda room: link(room, sent_on=TODAY - timedelta(days=11)), "ten days only",
        "link_sent_on"),
    "a link from a requester": (lambda room: link(room, who=ROSA), "Only the desk's agents", None),
    "a link that nobody recorded": (
        lambda room: room.desk.upload_links.show(ANNA, filed(room).id), "nothing to show", None),
    "a secret that nobody gave": (
        lambda room: room.desk.queries.reveal(
            ANNA, filed(room, service_pin="").id, "service_pin"),
        "nothing to show", None),
    "a locked number": (locked, "does not match what is on file", "decision"),
    "a promised number": (removed, "is approved for New Telecom already", "numbers"),
    "a request of tomorrow": (
        lambda room: entered_of(room, room.clock.now + timedelta(minutes=1)),
        "in the future", "received_date"),
    "numbers that come again": (coming_again, "wants to bring them in again", "numbers"),
    "a request for no number": (
        lambda room: entered(room, numbers="the fax"), "not a telephone number", "numbers"),
    "a rejection without a reason": (undecided, "Choose the reason", "reason"),
    "an owner who confirms": (
        lambda room: protected(room, ROSA, ProtectionStep.CONFIRM_REMOVAL),
        "Only the desk's agents", "step"),
    "one person twice": (
        lambda room: protected(room, ANNA, ProtectionStep.CONFIRM_REMOVAL),
        "asked for this yourself", "step"),
    "an owner who changes": (
        lambda room: protected(room, ROSA, ProtectionStep.SET), "Only an agent may", "numbers"),
    "a short PIN": (
        lambda room: protected(room, ANNA, ProtectionStep.SET, "123"), "4 to 10", "pin"),
    "a stranger's numbers": (
        lambda room: protected(room, MATEO, ProtectionStep.LOOK), "somebody else", "numbers"),
    "no account ID": (
        lambda room: room.leave(numbers=some(), account_id=""), "Enter the account ID",
        "account_id"),
}  # fmt: skip
