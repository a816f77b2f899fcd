"""Changing a filed case: the pages of its form once more, with what the case says now."""

from collections.abc import Mapping
from typing import Final

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.slack import port_in, port_out
from bot.slack.bolt.payload import Payload, button_target, user_id
from bot.slack.bolt.route import Route
from bot.slack.ids import Action
from bot.slack.modals.wizard.form import Form
from bot.slack.modals.wizard.page_views import amendment_view

_FORMS: Final[Mapping[str, Form]] = {form.kind: form for form in (port_in.FORM, port_out.FORM)}


def ask_change(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the first page; the click's trigger names the draft, so that a retry finds it."""
    key = str(body["trigger_id"])[-60:]
    draft = desk.drafts.amend(user_id(body), button_target(body).case_id, key)
    view = amendment_view(desk.words, _FORMS[draft.kind], draft)
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


ROUTES = [Route("action", Action.CHANGE, ask_change)]
