"""Every kind of window and message of the product, made of example facts: for those who check them.

`doctor` asks Slack about each. A test sees to it that no window and no message is missing here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_sdk.models.blocks import Block, MarkdownTextObject

from bot.desk.cases.corrections import RejectionRound
from bot.desk.cases.transitions import TransitionForm
from bot.desk.port_out.credentials import Handout
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Role, Status
from bot.domain.gateway.requests import answer_of
from bot.domain.gateway.support_request import ask_of
from bot.domain.port_out import requests
from bot.domain.port_out.requests import Answer, ProtectionStep
from bot.domain.reminders.rows import Audience, Reminder
from bot.slack import port_in, port_out
from bot.slack.blocks import case_card, messages
from bot.slack.blocks.checklist_card import checklist_card
from bot.slack.blocks.fitting import SectionBlock, View
from bot.slack.blocks.notice import notice_view
from bot.slack.blocks.rejection_blocks import refusal_blocks
from bot.slack.bolt.payload import Target
from bot.slack.case import (
    checklist_modal,
    correction_modal,
    details_modal,
    signed_letter_modal,
    status_modals,
    support_modal,
    upload_link_modal,
)
from bot.slack.catalogue import examples
from bot.slack.modals.filled_form import FormState, form_state_of
from bot.slack.modals.wizard import page_views as pages
from bot.slack.modals.wizard.form import Form
from bot.slack.port_out import credentials_modal, pin_protection_modal, request_modals
from bot.wording.templates import Templates

# What these deliver has no blocks: a greeting and files.
WITHOUT_BLOCKS: Final = frozenset({"letter", "handover", "fetch"})
_ZONE: Final = "America/New_York"
_CHANNEL: Final = "C0PORTING1"


@dataclass(frozen=True)
class Example:
    """One window (`argument` "view") or message ("message"), as it is sent to Slack."""

    name: str
    argument: str
    payload: dict[str, Any]


def catalogue(words: Templates) -> list[Example]:
    """Return an example of every window and message."""
    windows = [*_of_cases(words), *_of_port_in(words), *_of_port_out(words), *_of_requests(words)]
    shown = [Example(name, "view", view.to_dict()) for name, view in windows]
    return [*shown, *_messages(words)]


def _of_cases(words: Templates) -> Iterator[tuple[str, View]]:
    refused = examples.case(Status.EXCEPTION)
    corrected = ("customer_name", "account_number", "btn_option", "requested_date")
    for target in Status:
        yield (
            f"move:{target}",
            status_modals.move_view(words, TransitionForm(examples.case(), True), target),
        )
        asked = TransitionForm(examples.port_out(Status.FOC), False)
        yield f"port-out move:{target}", status_modals.move_view(words, asked, target)
    for role in (Role.AGENT, Role.REQUESTER):
        facts = (examples.case(Status.FOC), role, examples.HISTORY, ("PRT-1002",))
        yield f"details, {role}", details_modal.details_view(words, *facts)
    yield "secret", details_modal.secret_view(words, Target(1001, 1, "service_pin"), "0000")
    yield "notice", notice_view(words, "Something is wrong.")
    earlier = RejectionRound(
        refused, "NAME_MISMATCH", corrected, examples.PORT_IN, (examples.REFUSED,)
    )
    yield "correct", correction_modal.correction_view(words, earlier)
    yield "send_letter", signed_letter_modal.letter_view(words, examples.case())
    yield "link", upload_link_modal.link_view(words, examples.case())
    yield (
        "link_shown",
        upload_link_modal.shown_link_view(words, examples.case(), "https://example.com/up"),
    )
    for name, case, role in (
        ("support", examples.case(), Role.AGENT),
        ("port-out support", examples.port_out(), Role.REQUESTER),
    ):
        yield name, support_modal.support_view(words, case, role, ask_of(case))
    yield (
        "tick_numbers",
        checklist_modal.numbers_view(words, examples.case(Status.FOC), "flows_assigned"),
    )


def _of_port_in(words: Templates) -> Iterator[tuple[str, View]]:
    form, cases = port_in.FORM, [examples.case(), examples.case()]
    yield from _pages_of(words, form, examples.PORT_IN, examples.ABROAD)
    yield from _special_pages_of(words, form, examples.PORT_IN, cases)


def _pages_of(
    words: Templates, form: Form, right: dict[str, Any], wrong: dict[str, Any]
) -> Iterator[tuple[str, View]]:
    """Return the pages with questions, as they come and with the faults of a wrong request."""
    state = replace(form_state_of(examples.draft(right)), experience=examples.KNOWN)
    faulty, faults = form_state_of(examples.draft(wrong)), examples.report(wrong).findings
    for step in form.asking:
        yield f"{form.kind} {step}", pages.page_view(words, form, state, step)
        yield f"{form.kind} {step}, faults", pages.page_with(words, form, faulty, step, faults)


def _special_pages_of(
    words: Templates, form: Form, fields: dict[str, Any], cases: Sequence[CaseFacts]
) -> Iterator[tuple[str, View]]:
    """Return how a form begins, and all that follows its questions."""
    draft, report = examples.draft(fields, "account"), examples.report(fields)
    state = replace(form_state_of(draft), experience=examples.KNOWN)
    change = replace(draft, amends="PRT-1001")
    yield f"{form.kind}, empty", pages.opening_view(words, form, None, FormState())
    yield f"{form.kind}, left", pages.opening_view(words, form, draft, FormState())
    yield f"{form.kind}, resumed", pages.resumed_view(words, form, draft, state)
    yield f"{form.kind}, change", pages.amendment_view(words, form, change)
    yield f"{form.kind} review", pages.review_view(words, form, state, report, ("PRT-1002",))
    yield f"{form.kind}, filed", pages.filed_view(words, form, cases)
    yield f"{form.kind}, changed", pages.changed_view(words, form, cases[0])


def _of_port_out(words: Templates) -> Iterator[tuple[str, View]]:
    form, cases = port_out.FORM, [examples.port_out()]
    yield from _pages_of(words, form, examples.PORT_OUT, examples.PORT_OUT)
    yield from _special_pages_of(words, form, examples.PORT_OUT, cases)
    pins = dict.fromkeys(examples.NUMBERS, "0000")
    yield (
        "give",
        credentials_modal.give_view(words, Handout(examples.port_out(), "0000", "0000", pins)),
    )
    yield "protect", pin_protection_modal.protect_view(words, "206-555-0100")
    for step in ProtectionStep:
        told = examples.pin_requests(step)
        standing = pin_protection_modal.standing_view(words, examples.PROTECTED, told)
        yield f"protected, {step}", standing
    yield "pin", pin_protection_modal.pin_view(words, examples.NUMBERS[0], "0000")


def _of_requests(words: Templates) -> Iterator[tuple[str, View]]:
    yield "request", request_modals.enter_view(words, _ZONE, examples.port_out())
    yield "request, unasked", request_modals.enter_view(words, _ZONE)
    sent = requests.ReceivedRequest("New Telecom", "206-555-0100")
    yield "request, not ours", request_modals.not_ours_view(words, sent, examples.NOT_OURS)
    fine = replace(examples.REQUEST, found=(), locked=False)
    for request in (examples.REQUEST, fine):
        name = "decide" if request.found else "decide, nothing against it"
        yield name, request_modals.decide_view(words, examples.port_out(), request)
    for answer in (Answer.APPROVED, Answer.REJECTED, Answer.HALF_APPROVED):
        answered = replace(fine, answer=answer, reason=requests.Reason.PIN_INVALID)
        case = examples.port_out()
        steps = None if answered.is_open else answer_of(case, answered)
        view = request_modals.answered_view(words, case, answered, steps)
        yield f"answered, {answer}", view


def _messages(words: Templates) -> Iterator[Example]:
    standing = [examples.case(status) for status in (None, *Status)]
    for case in [*standing, *(examples.port_out(status) for status in (None, *Status))]:
        name = f"{case.kind} {case.status or 'before'}"
        yield _message(f"headline, {name}", case_card.headline(words, case)[1])
        yield _message(f"card, {name}", case_card.requester_card(words, case)[1])
        yield _message(f"checklist, {name}", checklist_card(words, case)[1])
    yield from _lines(words)


def _lines(words: Templates) -> Iterator[Example]:
    refused, facts = examples.case(Status.EXCEPTION), (examples.AGAIN, examples.HISTORY)
    told = refusal_blocks(words, refused, *facts, button=True)
    yield _message("note", [*messages.note(words, refused, examples.AGAIN)[1], *told])
    yield _message("word", [*messages.word(words, refused, examples.AGAIN)[1], *told])
    late = Reminder("confirm_foc", "", examples.NOW, Audience.REQUESTER, late=True)
    yield _message("reminder", messages.reminder(words, examples.case(Status.FOC), late)[1])
    since = {"since": examples.NOW.isoformat(), "why": "not_in_channel"}
    yield _message("alarm", messages.alarm(words, refused.reference, refused.zone, since)[1])
    yield _message("alert", messages.alert(words, refused, examples.REFUSED)[1])
    lost = {"refused": "letter", "to": refused.requester, "version": 2, "why": "file_not_found"}
    yield _message("refused", messages.refused(words, refused, lost, "")[1])
    yield _message("shut", messages.shut(words, refused.reference, _CHANNEL, "not_in_channel")[1])
    yield _message("unseen", messages.unseen(words, refused, _CHANNEL)[1])
    answer = MarkdownTextObject(text=words.mrkdwn("slack/help.j2"))
    yield _message("answer", [SectionBlock(text=answer)])


def _message(name: str, blocks: Sequence[Block]) -> Example:
    return Example(name, "message", {"blocks": [block.to_dict() for block in blocks]})
