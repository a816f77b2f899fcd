"""Every kind of window and message of the product, made of example facts: for those who check them.

`doctor` asks Slack about each. A test sees to it that no window and no message is missing here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_sdk.models.blocks import Block, MarkdownTextObject

from bot.desk.cases.corrections import Round
from bot.desk.cases.transitions import Asked
from bot.desk.port_out.credentials import Handout
from bot.domain.cases.workflow import Role, Status
from bot.domain.port_out import requests as rules
from bot.domain.port_out.requests import Answer, ProtectionStep
from bot.domain.reminders.rows import Audience, Reminder
from bot.slack.blocks import case_card as cards
from bot.slack.blocks import messages
from bot.slack.blocks.checklist_card import checklist_card
from bot.slack.blocks.fitting import SectionBlock, View
from bot.slack.blocks.notice import notice_view
from bot.slack.blocks.rejection_blocks import refusal_blocks
from bot.slack.bolt.payload import Target
from bot.slack.case import checklist_modal as day
from bot.slack.case import correction_modal as correcting
from bot.slack.case import details_modal as details
from bot.slack.case import signed_letter_modal as letters
from bot.slack.case import status_modals as moves
from bot.slack.case import support_modal as support
from bot.slack.case import upload_link_modal as linking
from bot.slack.catalogue import examples as given
from bot.slack.modals.form_state import Sheet, sheet_of
from bot.slack.port_in import findings_page as remarks
from bot.slack.port_in import pages as intake
from bot.slack.port_in import review_page as review
from bot.slack.port_in.questions import ASKING, Step
from bot.slack.port_out import credentials_modal as giving
from bot.slack.port_out import pages
from bot.slack.port_out import pin_protection_modal as protecting
from bot.slack.port_out import request_modals as request_views
from bot.slack.port_out.questions import Page
from bot.wording.templates import Words

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


def catalogue(words: Words) -> list[Example]:
    """Return an example of every window and message."""
    windows = [*_of_cases(words), *_of_intake(words), *_of_port_out(words), *_of_requests(words)]
    shown = [Example(name, "view", view.to_dict()) for name, view in windows]
    return [*shown, *_messages(words)]


def _of_cases(words: Words) -> Iterator[tuple[str, View]]:
    refused = given.case(Status.EXCEPTION)
    corrected = ("customer_name", "account_number", "btn_option", "requested_date")
    for target in Status:
        yield f"move:{target}", moves.move_view(words, Asked(given.case(), True), target)
        asked = Asked(given.port_out(Status.FOC), False)
        yield f"port-out move:{target}", moves.move_view(words, asked, target)
    for role in (Role.AGENT, Role.REQUESTER):
        facts = (given.case(Status.FOC), role, given.HISTORY, ("PRT-1002",))
        yield f"details, {role}", details.details_view(words, *facts)
    yield "secret", details.secret_view(words, Target(1001, 1, "service_pin"), "0000")
    yield "notice", notice_view(words, "Something is wrong.")
    earlier = Round(refused, "NAME_MISMATCH", corrected, given.PORT_IN, (given.REFUSED,))
    yield "correct", correcting.correction_view(words, earlier)
    yield "send_letter", letters.letter_view(words, given.case())
    yield "link", linking.link_view(words, given.case())
    yield "link_shown", linking.shown_link_view(words, given.case(), "https://example.com/up")
    yield "support", support.support_view(words, given.case(), Role.AGENT)
    yield "port-out support", support.support_view(words, given.port_out(), Role.REQUESTER)
    yield "tick_numbers", day.numbers_view(words, given.case(Status.FOC), "flows_assigned")


def _of_intake(words: Words) -> Iterator[tuple[str, View]]:
    draft, report = given.draft(given.PORT_IN, "account"), given.report(given.PORT_IN)
    sheet = replace(sheet_of(draft), experience=given.KNOWN)
    for step in ASKING:
        yield f"intake {step}", intake.step_view(words, sheet, step)
        wrong = replace(sheet, fields=given.ABROAD)
        faults = given.report(given.ABROAD).findings
        yield f"intake {step}, faults", remarks.page_with(words, wrong, step, faults)
    yield "intake, empty", intake.opening_view(words, None, Sheet())
    yield "intake, left", intake.opening_view(words, draft, Sheet())
    yield "intake, resumed", intake.resumed_view(words, draft, sheet)
    change = given.draft(given.PORT_IN, amends="PRT-1001")
    yield "intake, change", intake.amendment_view(words, change)
    yield f"intake {Step.REVIEW}", review.review_view(words, sheet, report, ("PRT-1002",))
    yield "intake, filed", review.filed_view(words, [given.case(), given.case()])
    yield "intake, changed", review.changed_view(words, given.case())


def _of_port_out(words: Words) -> Iterator[tuple[str, View]]:
    draft, report = given.draft(given.PORT_OUT), given.report(given.PORT_OUT)
    for page in (Page.NUMBERS, Page.ACCOUNT):
        yield f"port-out {page}", pages.page_view(words, draft, page)
        yield f"port-out {page}, faults", pages.page_view(words, draft, page, report.findings)
    yield "port-out, empty", pages.first_page(words, "206-555-0100")
    yield "port-out, left", pages.left_view(words, draft)
    yield "port-out, change", pages.amendment_view(words, replace(draft, amends="PRT-1001"))
    yield f"port-out {Page.REVIEW}", pages.review_view(words, draft, report)
    yield "port-out, filed", pages.filed_view(words, given.port_out())
    yield "port-out, changed", pages.changed_view(words, given.port_out())
    pins = dict.fromkeys(given.NUMBERS, "0000")
    yield "give", giving.give_view(words, Handout(given.port_out(), "0000", "0000", pins))
    yield "protect", protecting.protect_view(words, "206-555-0100")
    for step in ProtectionStep:
        standing = protecting.standing_view(words, given.PROTECTED, step)
        yield f"protected, {step}", standing
    yield "pin", protecting.pin_view(words, given.NUMBERS[0], "0000")


def _of_requests(words: Words) -> Iterator[tuple[str, View]]:
    yield "request", request_views.enter_view(words, _ZONE, given.port_out())
    yield "request, unasked", request_views.enter_view(words, _ZONE)
    sent = rules.Asked("New Telecom", "206-555-0100")
    yield "request, not ours", request_views.not_ours_view(words, sent, given.NUMBERS)
    fine = replace(given.REQUEST, found=(), locked=False)
    for request in (given.REQUEST, fine):
        name = "decide" if request.found else "decide, nothing against it"
        yield name, request_views.decide_view(words, given.port_out(), request)
    for answer in (Answer.APPROVED, Answer.REJECTED, Answer.HALF_APPROVED):
        answered = replace(fine, answer=answer, reason=rules.Reason.PIN_INVALID)
        view = request_views.answered_view(words, given.port_out(), answered)
        yield f"answered, {answer}", view


def _messages(words: Words) -> Iterator[Example]:
    standing = [given.case(status) for status in (None, *Status)]
    for case in [*standing, *(given.port_out(status) for status in (None, *Status))]:
        name = f"{case.kind} {case.status or 'before'}"
        yield _message(f"headline, {name}", cards.headline(words, case)[1])
        yield _message(f"card, {name}", cards.requester_card(words, case)[1])
        yield _message(f"checklist, {name}", checklist_card(words, case)[1])
    yield from _lines(words)


def _lines(words: Words) -> Iterator[Example]:
    refused, facts = given.case(Status.EXCEPTION), (given.AGAIN, given.HISTORY)
    told = refusal_blocks(words, refused, *facts, button=True)
    yield _message("note", [*messages.note(words, refused, given.AGAIN)[1], *told])
    yield _message("word", [*messages.word(words, refused, given.AGAIN)[1], *told])
    late = Reminder("confirm_foc", "", given.NOW, Audience.REQUESTER, late=True)
    yield _message("reminder", messages.reminder(words, given.case(Status.FOC), late)[1])
    since = {"since": given.NOW.isoformat(), "why": "not_in_channel"}
    yield _message("alarm", messages.alarm(words, refused, since)[1])
    yield _message("alert", messages.alert(words, refused, given.REFUSED)[1])
    lost = {"refused": "letter", "to": refused.requester, "version": 2, "why": "file_not_found"}
    yield _message("refused", messages.refused(words, refused, lost, "")[1])
    yield _message("shut", messages.shut(words, refused, _CHANNEL, "not_in_channel")[1])
    yield _message("unseen", messages.unseen(words, refused, _CHANNEL)[1])
    answer = MarkdownTextObject(text=words.mrkdwn("slack/help.j2"))
    yield _message("answer", [SectionBlock(text=answer)])


def _message(name: str, blocks: Sequence[Block]) -> Example:
    return Example(name, "message", {"blocks": [block.to_dict() for block in blocks]})
