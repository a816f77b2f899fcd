"""Forms and buttons just before they are sent: each scene returns what sends them to a replica."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from typing import Any, Final

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.drafts.draft_facts import DraftFacts
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import OwnerSays, ProtectionStep, Reason, ReceivedRequest
from bot.slack.case.checklist_modal import numbers_view
from bot.slack.case.correction_modal import correction_view
from bot.slack.case.signed_letter_modal import letter_view
from bot.slack.case.status_modals import move_view
from bot.slack.case.upload_link_modal import link_view
from bot.slack.modals.filled_form import FormState, form_state_of
from bot.slack.modals.wizard.page_views import page_view, review_view
from bot.slack.port_in import FORM
from bot.slack.port_in.questions import Step
from bot.slack.port_out import FORM as OUT
from bot.slack.port_out.pin_protection_modal import protect_view
from bot.slack.port_out.questions import Step as OutStep
from bot.slack.port_out.request_modals import decide_view, enter_view
from bot.wording.templates import Templates
from tests.journeys.requests import NUMBERS
from tests.port_out.departures import ACCOUNT_ID, LEAVING, PIN
from tests.port_out.desks import ANNA, PORT_IN, PORT_OUT, ROSA, TOM, Office
from tests.slack.sending import Act, submission

Scene = Callable[[Office, str], Act]
WORDS = Templates()
SIGNED_ON = date(2027, 3, 1)
# In the inventory before the first scene, and each of them used once.
OURS = "564-555-0100 to 0199"
_ours = (f"564-555-01{place:02}" for place in range(100))
_places = count()


def numbers_nobody_has() -> str:
    """Return a number, fictional as all of ours, that no case of this process holds."""
    place = next(_places)
    return f"{206 + place // 49}-555-01{place % 49:02}"


def _sent(who: str, view: Any, **values: Any) -> Act:
    payload = submission(who, view, **values)
    return lambda replica: replica.send(payload)


# Port-in


def _drafted(room: Office, numbers: str) -> DraftFacts:
    return room.desk.drafts.load(ROSA, room.draft(ROSA, {**PORT_IN, "numbers": numbers}))


def first_page(_room: Office, numbers: str) -> Act:
    view = page_view(WORDS, FORM, FormState({"country": "US"}), Step.NUMBERS)
    return _sent(ROSA, view, **{**NUMBERS, "numbers": numbers})


def last_page(room: Office, numbers: str) -> Act:
    sheet = form_state_of(_drafted(room, numbers))
    return _sent(ROSA, page_view(WORDS, FORM, sheet, Step.PAPERS))


def page_of_a_filed_request(room: Office, numbers: str) -> Act:
    """The page was on its way for longer than its person needed for the rest."""
    draft = _drafted(room, numbers)
    late = _sent(ROSA, page_view(WORDS, FORM, form_state_of(draft), Step.PAPERS))
    room.desk.filing.file(ROSA, draft.id)
    return late


def filing(room: Office, numbers: str) -> Act:
    draft = _drafted(room, numbers)
    report = room.desk.filing.review(ROSA, draft.id)
    return _sent(ROSA, review_view(WORDS, FORM, form_state_of(draft), report))


def change(room: Office, numbers: str) -> Act:
    case = _filed(room, numbers)
    draft = room.desk.drafts.load(ROSA, room.amend(case, unit="Unit 9"))
    report = room.desk.filing.review(ROSA, draft.id)
    return _sent(ROSA, review_view(WORDS, FORM, form_state_of(draft), report))


def _filed(room: Office, numbers: str) -> CaseFacts:
    draft = room.draft(ROSA, {**PORT_IN, "numbers": numbers})
    return room.desk.filing.file(ROSA, draft).cases[0]


def _on_its_way(room: Office, numbers: str, *statuses: Status) -> CaseFacts:
    """Return a port-in that was signed and moved along."""
    case = room.sign(_filed(room, numbers))
    for status in statuses:
        case = room.move(case, status)
    return case


def letter(room: Office, numbers: str) -> Act:
    view = letter_view(WORDS, _filed(room, numbers))
    file = f"F{numbers}"
    return _sent(ROSA, view, signed_loa=[file], loa_signed_on=SIGNED_ON.isoformat())


def move(room: Office, numbers: str) -> Act:
    case = _on_its_way(room, numbers)
    asked = room.desk.transitions.ask(ANNA, case.id, case.version, Status.SUBMITTED)
    return _sent(ANNA, move_view(WORDS, asked, Status.SUBMITTED))


def end(room: Office, numbers: str) -> Act:
    case = _on_its_way(room, numbers, Status.SUBMITTED)
    asked = room.desk.transitions.ask(ROSA, case.id, case.version, Status.CANCEL_REQUESTED)
    return _sent(ROSA, move_view(WORDS, asked, Status.CANCEL_REQUESTED), why="Changed my mind")


def correction(room: Office, numbers: str) -> Act:
    case = _on_its_way(room, numbers, Status.SUBMITTED)
    refused = TransitionInput(why="Says so", reason_code="ADDRESS")
    case = room.move(case, Status.EXCEPTION, refused)
    round_ = room.desk.corrections.ask(ROSA, case.id, case.version)
    return _sent(ROSA, correction_view(WORDS, round_), unit="Ste 4")


def link(room: Office, numbers: str) -> Act:
    view = link_view(WORDS, _filed(room, numbers))
    address = "https://upload.example.com/a"
    return _sent(ANNA, view, link=address, link_sent_on=SIGNED_ON.isoformat())


def boxes(room: Office, numbers: str) -> Act:
    case = _on_its_way(room, numbers, Status.SUBMITTED, Status.FOC)
    item = next(p.item.key for p in case.progress if p.item.per_number)
    return _sent(ANNA, numbers_view(WORDS, case, item), numbers0=list(case.numbers))


# Port-out


def _leaving(room: Office, numbers: str) -> DraftFacts:
    draft = room.draft(ROSA, {**PORT_OUT, "numbers": numbers})
    return room.desk.drafts.load(ROSA, draft)


def first_page_out(_room: Office, numbers: str) -> Act:
    view = page_view(WORDS, OUT, FormState(), OutStep.NUMBERS)
    return _sent(ROSA, view, **{**LEAVING, "numbers": numbers})


def page_of_a_filed_port_out(room: Office, numbers: str) -> Act:
    draft = _leaving(room, numbers)
    late = _sent(ROSA, page_view(WORDS, OUT, form_state_of(draft), OutStep.ACCOUNT))
    room.desk.port_out.filing.file(ROSA, draft.id)
    return late


def filing_out(room: Office, numbers: str) -> Act:
    draft = _leaving(room, numbers)
    report = room.desk.port_out.filing.review(ROSA, draft.id)
    return _sent(ROSA, review_view(WORDS, OUT, form_state_of(draft), report))


def change_out(room: Office, numbers: str) -> Act:
    case = room.leave(numbers=numbers)
    draft = room.desk.drafts.load(ROSA, room.amend(case, account_id="ACCT-99"))
    report = room.desk.port_out.filing.review(ROSA, draft.id)
    return _sent(ROSA, review_view(WORDS, OUT, form_state_of(draft), report))


def _protecting(who: str, numbers: str, step: ProtectionStep, pin: str = "") -> Act:
    return _sent(who, protect_view(WORDS, numbers), step=step.value, pin=pin)


def protection(_room: Office, _numbers: str) -> Act:
    return _protecting(ROSA, next(_ours), ProtectionStep.SET)


def another_pin(room: Office, _numbers: str) -> Act:
    numbers = guarded(room)
    return _protecting(ANNA, numbers, ProtectionStep.SET)


def guarded(room: Office) -> str:
    """Return a number of ours that a PIN protects."""
    numbers = next(_ours)
    room.desk.port_out.pin_protection.take(
        ANNA, numbers, ProtectionStep.SET, f"set:{numbers}", PIN, ACCOUNT_ID
    )
    return numbers


def removal(room: Office, _numbers: str) -> Act:
    numbers = guarded(room)
    return _protecting(ROSA, numbers, ProtectionStep.ASK_REMOVAL)


def confirmed_removal(room: Office, _numbers: str) -> Act:
    numbers = guarded(room)
    step = ProtectionStep.ASK_REMOVAL
    room.desk.port_out.pin_protection.take(ROSA, numbers, step, f"ask:{numbers}")
    return _protecting(ANNA, numbers, ProtectionStep.CONFIRM_REMOVAL)


def _asked(numbers: str, **changes: str) -> dict[str, Any]:
    named = {"carrier": "New Telecom", "account_id": ACCOUNT_ID, "pin": PIN}
    return {**named, "numbers": numbers, **changes}


def request(room: Office, numbers: str) -> Act:
    case = room.leave(numbers=numbers)
    view = enter_view(WORDS, "America/New_York", case)
    return _sent(ANNA, view, **_asked(numbers, pin="WRONG1"))


def unasked_request(room: Office, _numbers: str) -> Act:
    view = enter_view(WORDS, "America/New_York")
    return _sent(ANNA, view, **_asked(guarded(room)))


def request_for_strangers(_room: Office, numbers: str) -> Act:
    return _sent(ANNA, enter_view(WORDS, "America/New_York"), **_asked(numbers))


def _opened(room: Office, **changes: str) -> CaseFacts:
    """Return the case that a request for numbers of ours has opened."""
    numbers = guarded(room)
    asked = ReceivedRequest(**_asked(numbers, **changes))
    case = room.desk.port_out.requests_without_case.enter(ANNA, f"form:{numbers}", asked).case
    assert case is not None
    return case


def _deciding(room: Office, case: CaseFacts, who: str, decision: str, reason: str = "") -> Act:
    waiting = room.desk.port_out.carrier_requests.waiting(who, case.id)
    return _sent(who, decide_view(WORDS, case, waiting), decision=decision, reason=reason)


def approval(room: Office, numbers: str) -> Act:
    case = room.leave(numbers=numbers)
    room.ask(case, numbers=numbers)
    return _deciding(room, case, ANNA, "approve")


def first_approval(room: Office, _numbers: str) -> Act:
    return _deciding(room, _opened(room), ANNA, "approve")


def second_approval(room: Office, _numbers: str) -> Act:
    case = _opened(room)
    first = room.desk.port_out.carrier_requests.waiting(ANNA, case.id)
    room.approve(case, first)
    return _deciding(room, case, TOM, "approve")


def rejection(room: Office, _numbers: str) -> Act:
    """The case was opened for the request alone, so the rejection closes it."""
    case = _opened(room, pin="WRONG1")
    return _deciding(room, case, ANNA, "reject", Reason.PIN_INVALID)


# Buttons


def tick(room: Office, numbers: str) -> Act:
    case = room.leave(numbers=numbers)
    return lambda replica: replica.desk.checklists.tick(ANNA, case.id, "winner_told", True)


def untick(room: Office, numbers: str) -> Act:
    case = room.leave(numbers=numbers)
    room.desk.checklists.tick(ANNA, case.id, "winner_told", True)
    return lambda replica: replica.desk.checklists.tick(ANNA, case.id, "winner_told", False)


def date_suits(room: Office, numbers: str) -> Act:
    case = _on_its_way(room, numbers, Status.SUBMITTED, Status.FOC)
    return lambda replica: replica.desk.transitions.confirm_date(ROSA, case.id)


def owners_word(room: Office, _numbers: str) -> Act:
    case = _opened(room)
    return lambda replica: replica.desk.port_out.owner_confirmation.say(
        ROSA, case.id, OwnerSays.ORDERED
    )


def copy_of_a_file(room: Office, numbers: str) -> Act:
    case = _on_its_way(room, numbers)
    [document] = case.documents
    return lambda replica: replica.desk.documents.hand_over(ANNA, case.id, document.id)


def discarded(room: Office, numbers: str) -> Act:
    draft = _drafted(room, numbers)
    return lambda replica: replica.desk.drafts.discard(ROSA, draft.id)


def begun_change(room: Office, numbers: str) -> Act:
    case = _filed(room, numbers)
    return lambda replica: replica.desk.drafts.amend(ROSA, case.id, f"click:{numbers}")


# By the callback of the form; a form of several pages has a row for each that does something.
FORMS: Final[Mapping[str, tuple[Scene, ...]]] = {
    f"{FORM.ids.page}numbers": (first_page,),
    f"{FORM.ids.page}papers": (last_page, page_of_a_filed_request),
    f"{FORM.ids.page}review": (filing, change),
    "send_letter": (letter,),
    "move": (move, end),
    "correct": (correction,),
    "link": (link,),
    "tick_numbers": (boxes,),
    f"{OUT.ids.page}numbers": (first_page_out,),
    f"{OUT.ids.page}account": (page_of_a_filed_port_out,),
    f"{OUT.ids.page}review": (filing_out, change_out),
    "out_protect": (protection, another_pin, removal, confirmed_removal),
    "out_request": (request, unasked_request, request_for_strangers),
    "out_answer": (approval, first_approval, second_approval, rejection),
}
BUTTONS: Final[tuple[Scene, ...]] = (
    tick,
    untick,
    date_suits,
    owners_word,
    copy_of_a_file,
    discarded,
    begun_change,
)
