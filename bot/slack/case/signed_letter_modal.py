"""The signed letter comes back."""

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import DatePickerElement, MarkdownTextObject, RadioButtonsElement
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.desk.desk import Desk
from bot.desk.letters.letters import SignedLetter
from bot.domain.cases.case import CaseFacts
from bot.domain.rulebook.checks.letter import Signature
from bot.slack.blocks.fitting import InputBlock, Option, SectionBlock, View
from bot.slack.bolt.answers import day_of, one_of
from bot.slack.bolt.payload import (
    Payload,
    Target,
    button_target,
    row,
    user_id,
    view_target,
    view_values,
)
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Window
from bot.wording.templates import Templates

CALLBACK = Window.SEND_LETTER
FILE_TYPES = ["pdf", "png", "jpg", "jpeg", "heic", "tif", "tiff"]


def letter_view(words: Templates, case: CaseFacts) -> View:
    """Return the form that takes the signed letter."""
    say = words.sentence
    version = case.letter.version if case.letter else 0
    intro = words.mrkdwn_sentence("forms", "letter_intro", version=version)
    ways = [Option(value=way, text=say("forms", way)) for way in ("ink", "electronic")]
    return View(
        type="modal",
        callback_id=CALLBACK,
        private_metadata=Target(case.id, case.version, str(version)).packed(),
        title=say("forms", "letter_title", reference=case.reference),
        submit=say("buttons", "send_letter"),
        close=say("forms", "back"),
        blocks=[
            SectionBlock(text=MarkdownTextObject(text=intro)),
            InputBlock(
                block_id="signed_loa",
                label=say("forms", "signed_loa"),
                element=FileInputElement(action_id="signed_loa", filetypes=FILE_TYPES, max_files=3),
            ),
            InputBlock(
                block_id="loa_signed_on",
                label=say("forms", "loa_signed_on"),
                hint=say("forms", "loa_signed_on_hint"),
                element=DatePickerElement(action_id="loa_signed_on"),
            ),
            InputBlock(
                block_id="signature",
                label=say("forms", "signature"),
                element=RadioButtonsElement(
                    action_id="signature", options=ways, initial_option=ways[0]
                ),
            ),
        ],
    )


def ask_letter(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the form for the signed letter."""
    case, _role = desk.queries.case_for(user_id(body), button_target(body).case_id)
    client.views_open(trigger_id=body["trigger_id"], view=letter_view(desk.words, case))
    ack()


def take_letter(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """The signed letter was sent."""
    values, target = view_values(view), view_target(view)
    paper = SignedLetter(
        version=row(target.extra),
        signed_on=day_of(values, "loa_signed_on"),
        signature=one_of(Signature, values.get("signature")),
        files=values.get("signed_loa") or (),
    )
    desk.letters.signed(user_id(body), target.case_id, paper)
    ack()


ROUTES = [
    Route("action", Action.SEND_LETTER, ask_letter),
    Route("view", CALLBACK, take_letter),
]
