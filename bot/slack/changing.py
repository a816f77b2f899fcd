"""Changing a filed case: the intake's pages once more, with what the case says now."""

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.slack.intake import amendment_view
from bot.slack.payload import Payload, actor, pressed
from bot.slack.route import Route


def ask_change(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Show the first page; the click's trigger names the draft, so that a retry finds it."""
    desk: Desk = context["desk"]
    key = str(body["trigger_id"])[-60:]
    draft = desk.drafts.amend(actor(body), pressed(body).case_id, key)
    client.views_open(trigger_id=body["trigger_id"], view=amendment_view(desk.words, draft))
    ack()


ROUTES = [Route("action", "change", ask_change)]
