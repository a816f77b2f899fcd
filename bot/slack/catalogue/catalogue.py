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
from bot.domain.cases.workflow import Role, Status
from bot.domain.gateway.requests import answer_of
from bot.domain.gateway.support_request import ask_of
from bot.domain.port_out import requests
from bot.domain.port_out.requests import Answer, ProtectionStep
from bot.domain.reminders.rows import Audience, Reminder
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
from bot.slack.modals.form_state import FormState, form_state_of
from bot.slack.modals.wizard import pages
from bot.slack.port_in import FORM
from bot.slack.port_out import credentials_modal, pin_protection_modal, request_modals
from bot.slack.port_out import pages as port_out_pages
from bot.slack.port_out.questions import Step as OutStep
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
    windows = [*_of_cases(words), *_of_intake(words), *_of_port_out(words), *_of_requests(words)]
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


def _of_intake(words: Templates) -> Iterator[tuple[str, View]]:
    draft, report = examples.draft(examples.PORT_IN, "account"), examples.report(examples.PORT_IN)
    state = replace(form_state_of(draft), experience=examples.KNOWN)
    for step in FORM.asking:
        yield f"intake {step}", pages.page_view(words, FORM, state, step)
        wrong = replace(state, fields=examples.ABROAD)
        faults = examples.report(examples.ABROAD).findings
        yield f"intake {step}, faults", pages.page_with(words, FORM, wrong, step, faults)
    yield "intake, empty", pages.opening_view(words, FORM, None, FormState())
    yield "intake, left", pages.opening_view(words, FORM, draft, FormState())
    yield "intake, resumed", pages.resumed_view(words, FORM, draft, state)
    change = examples.draft(examples.PORT_IN, amends="PRT-1001")
    yield "intake, change", pages.amendment_view(words, FORM, change)
    yield "intake review", pages.review_view(words, FORM, state, report, ("PRT-1002",))
    yield "intake, filed", pages.filed_view(words, FORM, [examples.case(), examples.case()])
    yield "intake, changed", pages.changed_view(words, FORM, examples.case())


def _of_port_out(words: Templates) -> Iterator[tuple[str, View]]:
    draft, report = examples.draft(examples.PORT_OUT), examples.report(examples.PORT_OUT)
    for page in (OutStep.NUMBERS, OutStep.ACCOUNT):
        yield f"port-out {page}", port_out_pages.page_view(words, draft, page)
        yield (
            f"port-out {page}, faults",
            port_out_pages.page_view(words, draft, page, report.findings),
        )
    yield "port-out, empty", port_out_pages.first_page(words, "206-555-0100")
    yield "port-out, left", port_out_pages.left_view(words, draft)
    yield (
        "port-out, change",
        port_out_pages.amendment_view(words, replace(draft, amends="PRT-1001")),
    )
    yield f"port-out {OutStep.REVIEW}", port_out_pages.review_view(words, draft, report)
    yield "port-out, filed", port_out_pages.filed_view(words, examples.port_out())
    yield "port-out, changed", port_out_pages.changed_view(words, examples.port_out())
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
