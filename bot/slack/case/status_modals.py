"""Moving a case: the forms of the moves, and what they ask of the desk."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    MarkdownTextObject,
    StaticSelectElement,
    TimePickerElement,
)

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.cases.transitions import TransitionForm
from bot.desk.desk import Desk
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import STATUSES, Need, Status
from bot.domain.text.dates import is_skipped, read_time, read_zone
from bot.errors import Refusal
from bot.slack.blocks.case_card import move_label, status_label
from bot.slack.blocks.fitting import InputBlock, Option, PlainTextInputElement, SectionBlock, View
from bot.slack.blocks.rejection_blocks import code_choices
from bot.slack.bolt.answers import day_of, one_of
from bot.slack.bolt.payload import Payload, Target, button_target, user_id, view_target, view_values
from bot.slack.bolt.route import Route
from bot.slack.ids import MOVE_TO, Action, Window
from bot.slack.modals.error_reply import say
from bot.slack.modals.time_zones import zone_options
from bot.wording import sentences
from bot.wording.templates import Templates

CALLBACK = Window.MOVE
LONGEST_REASON = 1000
KNOWN = "known"


def move_view(words: Templates, asked: TransitionForm, target: Status) -> View:
    """Return the form of a move: what its row of the table needs, and a word why."""
    say, case = words.sentence, asked.case
    intro = words.mrkdwn_sentence(
        "forms",
        "move_intro",
        reference=case.reference,
        origin=status_label(words, case.status),
        target=status_label(words, target),
    )
    if asked.short_notice:
        intro = f"{intro}\n{say('forms', 'short_notice')}"
    return View(
        type="modal",
        callback_id=CALLBACK,
        private_metadata=Target(case.id, case.version, target).packed(),
        title=say("forms", "move_title", reference=case.reference),
        submit=move_label(words, case, target),
        close=say("forms", "back"),
        blocks=[
            SectionBlock(text=MarkdownTextObject(text=intro)),
            *_FORMS[STATUSES[target].need](words, case),
        ],
    )


def _why(words: Templates, optional: bool) -> InputBlock:
    return InputBlock(
        block_id="why",
        label=words.sentence("forms", "why"),
        hint=words.sentence("forms", "why_hint"),
        optional=optional,
        element=PlainTextInputElement(
            action_id="why", multiline=True, max_length=LONGEST_REASON, focus_on_load=not optional
        ),
    )


def _note_form(words: Templates, _case: CaseFacts) -> list[Block]:
    return [_why(words, optional=False)]


def _optional_note_form(words: Templates, _case: CaseFacts) -> list[Block]:
    return [_why(words, optional=True)]


def _code_form(words: Templates, case: CaseFacts) -> list[Block]:
    choices = code_choices(words, case.kind)
    options = [Option(value=code, text=text) for code, text in choices]
    element = StaticSelectElement(action_id="reason_code", options=options)
    label = words.sentence("forms", "reason_code")
    return [InputBlock(block_id="reason_code", label=label, element=element), _why(words, True)]


def _foc_form(words: Templates, case: CaseFacts) -> list[Block]:
    wanted = case.foc_at or case.requested_at
    local = wanted.astimezone(case.zone) if wanted else None
    zones = zone_options(case.time_zone)
    first_day = f"{local:%Y-%m-%d}" if local else None
    first_time = f"{local:%H:%M}" if local else None
    day = DatePickerElement(action_id="foc_date", initial_date=first_day)
    at = TimePickerElement(action_id="foc_time", initial_time=first_time)
    zone = StaticSelectElement(action_id="foc_zone", options=zones, initial_option=zones[0])
    rows = (("foc_date", day), ("foc_time", at), ("foc_zone", zone))
    inputs = [
        InputBlock(block_id=name, label=words.sentence("forms", name), element=element)
        for name, element in rows
    ]
    return [*inputs, _known(words, "foc_known", "foc_known_label"), _why(words, optional=True)]


def _known(words: Templates, name: str, label: str) -> InputBlock:
    """Return the box with which a person goes on although something speaks against it."""
    box = Option(value=KNOWN, text=words.sentence("forms", name))
    return InputBlock(
        block_id=name,
        optional=True,
        label=words.sentence("forms", label),
        element=CheckboxesElement(action_id=name, options=[box]),
    )


def _outcome_form(words: Templates, case: CaseFacts) -> list[Block]:
    left = [progress for progress in case.progress if not progress.complete]
    blocks: list[Block] = []
    if left:
        open_items = (sentences.render(words, case, "checklist", p.item.key) for p in left)
        items = "\n".join(f"• {item}" for item in open_items)
        said = words.mrkdwn_sentence("forms", "open_items", count=len(left))
        blocks.append(SectionBlock(text=MarkdownTextObject(text=f"{said}\n{items}")))
        blocks.append(_known(words, "open_items_known", "open_items_known_label"))
    blocks.append(
        InputBlock(
            block_id="not_moved",
            optional=True,
            label=words.sentence("forms", "not_moved"),
            hint=words.sentence("forms", "not_moved_hint"),
            element=PlainTextInputElement(action_id="not_moved", multiline=True),
        )
    )
    return [*blocks, _why(words, optional=True)]


_FORMS: dict[Need, Callable[[Templates, CaseFacts], list[Block]]] = {
    Need.NOTHING: _optional_note_form,
    Need.SIGNED_LETTER: _optional_note_form,
    Need.NOTE: _note_form,
    Need.REASON: _note_form,
    Need.REASON_CODE: _code_form,
    Need.FOC_DATE: _foc_form,
    Need.OUTCOME: _outcome_form,
}


def details_from(values: dict[str, Any]) -> TransitionInput:
    """Read the form of a move. Raises `Refusal` for a time that no clock shows."""
    zone = str(values.get("foc_zone") or "")
    return TransitionInput(
        why=str(values.get("why") or ""),
        reason_code=str(values.get("reason_code") or ""),
        foc_at=_moment(values, zone) if values.get("foc_date") else None,
        time_zone=zone,
        not_moved=str(values.get("not_moved") or ""),
        open_items_known=KNOWN in (values.get("open_items_known") or ()),
        foc_rules_known=KNOWN in (values.get("foc_known") or ()),
    )


def _moment(values: dict[str, Any], zone: str) -> datetime:
    """Return the moment in UTC; an hour that the change of clocks skips is refused."""
    day, at = day_of(values, "foc_date"), read_time(str(values.get("foc_time") or ""))
    where = read_zone(zone)
    if at is None:
        raise Refusal("foc_needed", "foc_time")
    if where is None:
        raise Refusal("unknown_zone", "foc_zone")
    if is_skipped(day, at, where):
        raise Refusal("foc_bad_time", "foc_time")
    return datetime.combine(day, at, where).astimezone(UTC)


def ask_move(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """A button of a card: show the form, if the case still stands where the card showed it."""
    target = button_target(body)
    status = one_of(Status, target.extra)
    asked = desk.transitions.ask(user_id(body), target.case_id, target.version, status)
    client.views_open(trigger_id=body["trigger_id"], view=move_view(desk.words, asked, status))
    ack()


def make_move(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """The form of a move was sent."""
    target = view_target(view)
    details = details_from(view_values(view))
    status = one_of(Status, target.extra)
    desk.transitions.move(user_id(body), target.case_id, target.version, status, details)
    ack()


def date_suits(desk: Desk, ack: Ack, body: Payload, context: BoltContext) -> None:
    """The requester agrees to the confirmed date."""
    desk.transitions.confirm_date(user_id(body), button_target(body).case_id)
    ack()
    say(context, desk.words.sentence("forms", "date_noted"))


ROUTES = [
    *(Route("action", f"{MOVE_TO}{status}", ask_move) for status in Status),
    Route("view", CALLBACK, make_move),
    Route("action", Action.DATE_SUITS, date_suits),
]
