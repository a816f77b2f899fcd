"""The text of a support request, in a window for those who file it."""

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot.desk.desk import Desk
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Role, Status
from bot.domain.gateway.outcomes import Steps
from bot.slack.blocks.case_card import move_label, status_label
from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.fitting import View
from bot.slack.blocks.manual_steps import WORDS, steps_blocks
from bot.slack.bolt.payload import Payload, button_target, user_id
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Window
from bot.wording.templates import Templates


def support_view(words: Templates, case: CaseFacts, role: Role, steps: Steps) -> View:
    """Return the window with how a case is filed, and what to do once it is."""
    intro = words.mrkdwn_sentence(WORDS, "intro", reference=case.reference)
    return View(
        type="modal",
        callback_id=Window.SUPPORT,
        title=words.sentence(WORDS, "title"),
        close=words.sentence("forms", "close"),
        blocks=[
            section(intro),
            *steps_blocks(words, steps),
            section(_next_step(words, case, role)),
            *_answer_step(words, case),
        ],
    )


def _next_step(words: Templates, case: CaseFacts, role: Role) -> str:
    return words.mrkdwn_sentence(
        WORDS,
        _next_key(case, role),
        reference=case.reference,
        button=move_label(words, case, Status.SUBMITTED),
        status=status_label(words, case.status),
    )


def _answer_step(words: Templates, case: CaseFacts) -> list[Block]:
    return [section(words.sentence(WORDS, "next_port_out"))] if case.is_port_out else []


def _next_key(case: CaseFacts, role: Role) -> str:
    if role is not Role.AGENT:
        return "next_requester"
    if Status.SUBMITTED in case.moves(role):
        return "next_agent"
    return "next_unsigned" if case.status is None else "next_filed"


def show_support(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show how a case is filed to its requester or to an agent."""
    shown = desk.manual_steps.for_case(user_id(body), button_target(body).case_id)
    client.views_open(trigger_id=body["trigger_id"], view=support_view(desk.words, *shown))
    ack()


ROUTES = [Route("action", Action.SUPPORT, show_support)]
