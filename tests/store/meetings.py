"""Cases that something happens to, and acts of people on them, by the desk's public methods."""

from datetime import timedelta
from uuid import uuid4

from bot.desk.cases.corrections import Corrected
from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.letters.letters import SignedLetter
from bot.desk.port_out.repeated_answers import Decision
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import OwnerSays, ReceivedRequest
from tests.journeys.cases import TODAY
from tests.port_out.departures import ACCOUNT_ID, PIN
from tests.port_out.desks import ANNA, PORT_IN, ROSA, Office
from tests.port_out.unasked import opened, protect

NUMBERS = iter(f"206-555-01{n:02}" for n in range(100))


def leaving(room: Office) -> CaseFacts:
    """A port-out."""
    return room.leave(numbers=next(NUMBERS))


def asked(room: Office) -> CaseFacts:
    """A port-out of which a carrier waits for an answer."""
    case = leaving(room)
    room.ask(case, numbers=case.numbers[0])
    return room.desk.queries.case(case.id)


def unasked(room: Office) -> CaseFacts:
    """A case that only a carrier's request opened."""
    number = next(NUMBERS)
    room.arrive(number)
    return opened(room, uuid4().hex, numbers=number)


def guarded(room: Office) -> CaseFacts:
    """The same, where nothing speaks against it but the owner."""
    number = next(NUMBERS)
    room.arrive(number)
    protect(room, numbers=number)
    return opened(room, uuid4().hex, numbers=number)


def filed(room: Office) -> CaseFacts:
    """A port-in."""
    draft = room.draft(ROSA, {**PORT_IN, "numbers": next(NUMBERS)})
    return room.desk.filing.file(ROSA, draft).cases[0]


def submitted(room: Office, *targets: Status) -> CaseFacts:
    """A port-in that a carrier has."""
    case = sign(room, filed(room))
    foc = TransitionInput(
        foc_at=case.created_at + timedelta(days=17, hours=2), foc_rules_known=True
    )
    for target in (Status.SUBMITTED, *targets):
        details = foc if target is Status.FOC else TransitionInput(why="So", reason_code="NAME")
        case = room.desk.transitions.move(ANNA, case.id, case.version, target, details)
    return case


def confirmed(room: Office) -> CaseFacts:
    """A port-in with its date."""
    return submitted(room, Status.FOC)


def refused(room: Office) -> CaseFacts:
    """A port-in that the carrier refused for its name."""
    return submitted(room, Status.EXCEPTION)


def sign(room: Office, case: CaseFacts) -> CaseFacts:
    """Send the signed letter."""
    scan = {"id": uuid4().hex[:12], "name": "signed.pdf", "size": 1}
    return room.desk.letters.signed(ROSA, case.id, SignedLetter(1, TODAY, "ink", [scan]))


def cancel(room: Office, case: CaseFacts) -> object:
    return room.desk.transitions.move(
        ANNA, case.id, case.version, Status.CANCELLED, TransitionInput(why="No")
    )


def change(room: Office, case: CaseFacts) -> object:
    return room.desk.amendments.apply(ROSA, room.amend(case, contact_email="mara@example.com"))


def correct(room: Office, case: CaseFacts) -> object:
    corrected = Corrected(uuid4().hex, case.version, {"customer_name": "Pier Bakery"})
    return room.desk.corrections.correct(ROSA, case.id, corrected)


def enter(room: Office, case: CaseFacts) -> object:
    return room.ask(case, numbers=case.numbers[0])


def enter_anywhere(room: Office, case: CaseFacts) -> object:
    sent = ReceivedRequest("Far Telecom", case.numbers[0], ACCOUNT_ID, PIN)
    return room.desk.port_out.requests_without_case.enter(ANNA, uuid4().hex, sent)


def approve(room: Office, case: CaseFacts) -> object:
    assert case.request is not None
    decision = Decision(case.request.id, case.request.version, approve=True)
    return room.desk.port_out.carrier_requests.decide(ANNA, case.id, decision)


def say_yes(room: Office, case: CaseFacts) -> object:
    return room.desk.port_out.owner_confirmation.say(ROSA, case.id, OwnerSays.ORDERED)


def say_no(room: Office, case: CaseFacts) -> object:
    return room.desk.port_out.owner_confirmation.say(ROSA, case.id, OwnerSays.NOT_ORDERED)


def tick(room: Office, case: CaseFacts) -> object:
    return room.desk.checklists.tick(ANNA, case.id, _item(case), True)


def tick_numbers(room: Office, case: CaseFacts) -> object:
    return room.desk.checklists.tick_numbers(ANNA, case.id, _item(case, True), case.numbers)


def _item(case: CaseFacts, per_number: bool = False) -> str:
    return next(p.item.key for p in case.progress if p.item.per_number is per_number)


def confirm(room: Office, case: CaseFacts) -> object:
    return room.desk.transitions.confirm_date(ROSA, case.id)


def record_link(room: Office, case: CaseFacts) -> object:
    return room.desk.upload_links.record(ANNA, case.id, "https://aws.example/u", TODAY)
