"""Show what to give: account ID and PIN in a window for one person, never in a message."""

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.desk.port_out.credentials import Handout
from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.fitting import View
from bot.slack.bolt.payload import Payload, button_target, user_id
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Window
from bot.slack.port_out.modals import window
from bot.wording.templates import Templates

MOST_PROTECTED = 20


def give_view(words: Templates, given: Handout) -> View:
    """Return the window with what the winning carrier has to name."""
    told = words.mrkdwn(
        "port_out/give.j2",
        carrier=given.case.carrier,
        account_id=given.account_id,
        pin=given.pin,
        protected=list(given.protected.items())[:MOST_PROTECTED],
        postal_code=given.case.fields.get("postal_code"),
    )
    return window(words, Window.OUT_GIVEN, "give_title", [section(told)])


def show_what_to_give(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show account ID and PIN to the requester or to an agent, on record."""
    given = desk.port_out.credentials.show(user_id(body), button_target(body).case_id)
    client.views_open(trigger_id=body["trigger_id"], view=give_view(desk.words, given))
    ack()


ROUTES = [Route("action", Action.OUT_GIVE, show_what_to_give)]
