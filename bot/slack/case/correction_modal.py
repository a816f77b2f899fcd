"""The carrier refused: one modal with the fields it objects to, and the rounds before."""

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block, MarkdownTextObject

from bot.desk.cases.corrections import Corrected, RejectionRound
from bot.desk.desk import Desk
from bot.domain.cases.case import SECRET_FIELDS
from bot.slack.blocks.fitting import InputBlock, SectionBlock, View
from bot.slack.blocks.rejection_blocks import refusal_lines
from bot.slack.bolt.payload import Payload, Target, button_target, user_id, view_target, view_values
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Window
from bot.slack.modals.elements import element
from bot.slack.port_in.questions import FIELDS
from bot.wording.templates import Templates

CALLBACK = Window.CORRECT
_QUESTIONS = {field.name: field for field in FIELDS}


def correction_view(words: Templates, round_: RejectionRound) -> View:
    """Return the form with the offending fields; secrets on file are not shown again."""
    case = round_.case
    intro = "\n".join(refusal_lines(words, case, round_.code, round_.earlier))
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=intro))]
    blocks += [_question(words, round_, name) for name in round_.fields if name in _QUESTIONS]
    kept = " ".join(name for name in round_.fields if _is_kept(round_, name))
    return View(
        type="modal",
        callback_id=CALLBACK,
        private_metadata=Target(case.id, case.version, kept).packed(),
        title=words.sentence("forms", "correct_title", reference=case.reference),
        submit=words.sentence("forms", "correct_save"),
        close=words.sentence("forms", "back"),
        blocks=blocks,
    )


def _question(words: Templates, round_: RejectionRound, name: str) -> InputBlock:
    kept = name in SECRET_FIELDS or _is_kept(round_, name)
    hint = words.sentence("pages", "on_file") if kept else None
    text = "" if kept else str(round_.shown.get(name, ""))
    return InputBlock(
        block_id=name,
        label=words.table("intake/labels")[name],
        hint=hint,
        optional=True,
        element=element(words, _QUESTIONS[name], text),
    )


def _is_kept(round_: RejectionRound, name: str) -> bool:
    """Say whether an answer is too long to be shown, and stays unless another one is typed."""
    field = _QUESTIONS.get(name)
    return field is not None and field.is_long(str(round_.shown.get(name, "")))


def ask_correction(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the fields that the carrier objects to."""
    target = button_target(body)
    round_ = desk.corrections.ask(user_id(body), target.case_id, target.version)
    client.views_open(trigger_id=body["trigger_id"], view=correction_view(desk.words, round_))
    ack()


def take_correction(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """The corrected fields were sent."""
    target = view_target(view)
    kept = target.extra.split()
    values = {name: value for name, value in view_values(view).items() if value or name not in kept}
    corrected = Corrected(view["id"], target.version, values)
    desk.corrections.correct(user_id(body), target.case_id, corrected)
    ack()


ROUTES = [
    Route("action", Action.CORRECT, ask_correction),
    Route("view", CALLBACK, take_correction),
]
