"""The text of a support request, in a window for those who file it."""

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot.desk.desk import Desk
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Role, Status
from bot.domain.gateway.support_request import ask_of
from bot.slack.blocks.case_card import move_label, status_label
from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.fitting import View
from bot.slack.blocks.manual_steps import WORDS, request_blocks
from bot.slack.bolt.payload import Payload, button_target, user_id
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Window
from bot.wording.templates import Templates


def support_view(words: Templates, case: CaseFacts, role: Role) -> View:
    """Return the window with the text for a case, and what to do once it is filed."""
    intro = words.mrkdwn_sentence(WORDS, "intro", reference=case.reference)
    return View(
        type="modal",
        callback_id=Window.SUPPORT,
        title=words.sentence(WORDS, "title"),
        close=words.sentence("forms", "close"),
        blocks=[
            section(intro),
            *request_blocks(words, ask_of(case)),
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
    """Show the text for a case to its requester or to an agent."""
    case, role = desk.queries.case_for(user_id(body), button_target(body).case_id)
    client.views_open(trigger_id=body["trigger_id"], view=support_view(desk.words, case, role))
    ack()


ROUTES = [Route("action", Action.SUPPORT, show_support)]
