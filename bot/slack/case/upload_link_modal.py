"""The link for uploading documents: recorded by an agent, shown in private, never in a channel."""

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.models.blocks import DatePickerElement, MarkdownTextObject

from bot.desk.desk import Desk
from bot.domain.cases.case import CaseFacts
from bot.slack.blocks.fitting import InputBlock, PlainTextInputElement, SectionBlock, View
from bot.slack.bolt.answers import day_of
from bot.slack.bolt.payload import Payload, Target, button_target, user_id, view_target, view_values
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Window
from bot.wording.templates import Mrkdwn, Templates

CALLBACK = Window.LINK
LONGEST_LINK = 2000


def link_view(words: Templates, case: CaseFacts) -> View:
    """Return the form that takes the link."""
    say = words.sentence
    text = PlainTextInputElement(action_id="link", max_length=LONGEST_LINK)
    day = DatePickerElement(action_id="link_sent_on")
    return View(
        type="modal",
        callback_id=CALLBACK,
        private_metadata=Target(case.id, case.version).packed(),
        title=say("forms", "link_title", reference=case.reference),
        submit=say("forms", "save"),
        close=say("forms", "back"),
        blocks=[
            SectionBlock(text=MarkdownTextObject(text=say("forms", "link_intro"))),
            InputBlock(block_id="link", label=say("forms", "link_label"), element=text),
            InputBlock(block_id="link_sent_on", label=say("forms", "link_sent_on"), element=day),
        ],
    )


def shown_link_view(words: Templates, case: CaseFacts, link: str) -> View:
    """Return the window that shows the link to one person."""
    when = case.link_expires_on.isoformat() if case.link_expires_on else ""
    said = words.mrkdwn_sentence(
        "forms",
        "link_shown",
        reference=case.reference,
        when=when,
        link=Mrkdwn(f"<{words.mrkdwn_sentence('labels', 'item_open', item=link)}>"),
    )
    return View(
        type="modal",
        callback_id=Window.LINK_SHOWN,
        title=words.sentence("forms", "link_shown_title"),
        close=words.sentence("forms", "close"),
        blocks=[SectionBlock(text=MarkdownTextObject(text=said))],
    )


def ask_link(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the form for the link, on top of the details."""
    case, _role = desk.queries.case_for(user_id(body), button_target(body).case_id)
    client.views_push(trigger_id=body["trigger_id"], view=link_view(desk.words, case))
    ack()


def take_link(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """The link was sent."""
    values = view_values(view)
    sent_on = day_of(values, "link_sent_on")
    link = str(values.get("link") or "")
    desk.upload_links.record(user_id(body), view_target(view).case_id, link, sent_on)
    ack()


def show_link(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the link to the requester or an agent."""
    case, _role = desk.queries.case_for(user_id(body), button_target(body).case_id)
    view = shown_link_view(desk.words, case, desk.upload_links.show(user_id(body), case.id))
    show = client.views_push if body.get("view") else client.views_open
    show(trigger_id=body["trigger_id"], view=view)
    ack()


ROUTES = [
    Route("action", Action.LINK, ask_link),
    Route("view", CALLBACK, take_link),
    Route("action", Action.SHOW_LINK, show_link),
]
