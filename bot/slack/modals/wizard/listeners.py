"""Listens to the windows of a form: every letter is kept, every page is answered.

Each listener is bound to its form; what is left of it takes the desk first.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Final

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.errors import Refusal
from bot.slack.blocks.fitting import LONGEST_TYPED, View
from bot.slack.bolt.payload import Payload, button_row, command_text, user_id
from bot.slack.bolt.route import Route
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.open_modal import open_afterwards
from bot.slack.modals.question import Kind
from bot.slack.modals.question_options import carrier_options
from bot.slack.modals.wizard.form import Form
from bot.slack.modals.wizard.open_page import read_page
from bot.slack.modals.wizard.page_answers import (
    answer,
    finish,
    keep,
    repaint,
    settle,
    show,
    state_of,
)
from bot.slack.modals.wizard.page_views import opening_view, page_view, resumed_view


def open_form(
    form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient, context: BoltContext
) -> None:
    """Open the form at once; numbers behind the command are taken along."""

    def view() -> View:
        state = FormState({**form.start, "numbers": command_text(body)[:LONGEST_TYPED]})
        left = desk.drafts.latest(body["user_id"], form.kind)
        return opening_view(desk.words, form, left, state)

    open_afterwards(desk, body, context, client, view)
    ack()


def keep_typing(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Keep what the page holds, and show the questions that it leads to."""
    page = read_page(form, body)
    name = str(body["actions"][0]["action_id"]).removeprefix(form.ids.field)
    draft = keep(desk, page) if page.fields.get(name) else keep(desk, page, name)
    repaint(desk, client, page, draft, name)
    ack()


def go_on(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Check a page and show the next one."""
    page = read_page(form, body)
    ack(**answer(desk, client, settle(desk, page), page))


def go_back(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Keep what the page holds and show the one before."""
    page = read_page(form, body)
    state = state_of(desk, form, keep(desk, page))
    before = replace(page, step=form.before(page.step, state))
    keep(desk, before)
    show(client, desk, before, state)
    ack()


def drop_files(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Take the files on file out of the request; what is chosen in their place stays."""
    page, name = read_page(form, body), body["actions"][0].get("value")
    if name not in form.files:
        raise Refusal("not_ours")
    draft = keep(desk, page, **{name: page.fields.get(name, [])})
    show(client, desk, page, state_of(desk, form, draft, page.fresh_inputs))
    ack()


def continue_left(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Go on with a request that was left."""
    draft = desk.drafts.load(user_id(body), button_row(body))
    page = resumed_view(desk.words, form, draft, state_of(desk, form, draft))
    client.views_update(view_id=body["view"]["id"], view=page)
    ack()


def start_new(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Leave the old request where it is and start another."""
    page = page_view(desk.words, form, FormState(form.start), form.steps[0])
    client.views_update(view_id=body["view"]["id"], view=page)
    ack()


def discard_left(form: Form, desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Throw the old request away and start another."""
    desk.drafts.discard(user_id(body), button_row(body))
    start_new(form, desk, ack, body, client)


def file_request(form: Form, desk: Desk, ack: Ack, body: Payload) -> None:
    """File the request, or change the case."""
    ack(**finish(desk, read_page(form, body)))


def suggest_carriers(desk: Desk, ack: Ack, payload: Payload) -> None:
    """Offer the carriers that were seen before, and what is typed itself."""
    typed = payload["value"]
    ack(options=carrier_options(desk.words, typed, desk.carriers.like(typed)))


_BUTTONS: Final = {
    "back": go_back,
    "continue": continue_left,
    "new": start_new,
    "discard": discard_left,
}


def routes(form: Form) -> list[Route]:
    """Return every way into a form."""
    ids, names = form.ids, [field.name for field in form.fields]
    buttons = {**_BUTTONS, **({"drop": drop_files} if form.files else {})}
    carriers = [field.name for field in form.fields if field.kind is Kind.SUGGEST]
    return [
        Route("command", ids.command, partial(open_form, form)),
        Route("action", _one_of(ids.field, names), partial(keep_typing, form)),
        *(Route("action", ids.button + name, partial(do, form)) for name, do in buttons.items()),
        Route("view", _one_of(ids.page, form.asking), partial(go_on, form)),
        Route("view", ids.page + form.steps[-1], partial(file_request, form)),
        *(Route("options", ids.field + name, suggest_carriers) for name in carriers),
    ]


def _one_of(beginning: str, names: Collection[str]) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(beginning)}(?:{'|'.join(map(re.escape, names))})$")
