"""Listens to the form: every letter is kept, every page is answered."""

import re
from dataclasses import replace
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.errors import Refusal
from bot.slack.blocks.fitting import LONGEST_TYPED, View
from bot.slack.bolt.payload import Payload, button_row, command_text, user_id
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Command
from bot.slack.modals.choices import carrier_options
from bot.slack.modals.form_state import HOME, FormState
from bot.slack.modals.open_modal import open_afterwards
from bot.slack.port_in.open_form import CALLBACK, read_form
from bot.slack.port_in.pages import opening_view, resumed_view, step_view
from bot.slack.port_in.questions import ASKING, FIELDS, FILE_FIELDS, Step, beside
from bot.slack.port_in.responses import (
    answer,
    empty,
    finish,
    keep,
    repaint,
    settle,
    sheet_for,
    take_record,
)


def open_form(desk: Desk, ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Open the form at once; numbers behind the command are taken along."""

    def view() -> View:
        state = FormState({"country": HOME, "numbers": command_text(body)[:LONGEST_TYPED]})
        return opening_view(desk.words, desk.drafts.latest(body["user_id"]), state)

    open_afterwards(desk, body, context, client, view)
    ack()


def keep_typing(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Keep what the page holds, and show the questions that it leads to."""
    form = read_form(body["view"])
    name = body["actions"][0]["action_id"]
    save = keep if form.fields.get(name) else partial(empty, name=name)
    draft = save(desk, user_id(body), form, _acted_at(body))
    repaint(client, desk, form, draft, name)
    ack()


def go_on(desk: Desk, ack: Ack, body: Payload, view: Payload, client: WebClient) -> None:
    """Check a page and show the next one."""
    form = read_form(view)
    draft = settle(desk, user_id(body), form)
    ack(**answer(desk, client, user_id(body), draft, form))


def go_back(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Keep what the page holds and show the one before."""
    form = read_form(body["view"])
    state = sheet_for(desk, keep(desk, user_id(body), form, _acted_at(body)))
    before = beside(form.step, -1, state)
    keep(desk, user_id(body), replace(form, step=before), _acted_at(body))
    page = step_view(desk.words, state, before)
    client.views_update(view_id=form.view_id, view=page)
    ack()


def ask_record(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Show the page about the carrier's record to somebody who wants to compare."""
    form = read_form(body["view"])
    state = sheet_for(desk, desk.drafts.load(user_id(body), form.draft_id or 0))
    client.views_update(view_id=form.view_id, view=step_view(desk.words, state, Step.RECORD))
    ack()


def drop_files(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Take the files on file out of the request; what is chosen in their place stays."""
    form, name = read_form(body["view"]), body["actions"][0].get("value")
    if name not in FILE_FIELDS:
        raise Refusal("not_ours")
    left = {name: form.fields.get(name, [])}
    draft = keep(desk, user_id(body), form, _acted_at(body), **left)
    page = step_view(desk.words, sheet_for(desk, draft, form), form.step)
    client.views_update(view_id=form.view_id, view=page)
    ack()


def take_wording(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Write in the request what the record says."""
    form, names = read_form(body["view"]), str(body["actions"][0].get("value")).split(",")
    if not {field.name for field in FIELDS}.issuperset(names):
        raise Refusal("not_ours")
    state = take_record(desk, user_id(body), form, _acted_at(body), names)
    client.views_update(view_id=form.view_id, view=step_view(desk.words, state, form.step))
    ack()


def continue_left(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Go on with a request that was left."""
    draft = desk.drafts.load(user_id(body), button_row(body))
    page = resumed_view(desk.words, draft, sheet_for(desk, draft))
    client.views_update(view_id=body["view"]["id"], view=page)
    ack()


def start_new(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Leave the old request where it is and start another."""
    page = step_view(desk.words, FormState({"country": HOME}), Step.NUMBERS)
    client.views_update(view_id=body["view"]["id"], view=page)
    ack()


def discard_left(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Throw the old request away and start another."""
    desk.drafts.discard(user_id(body), button_row(body))
    start_new(desk, ack, body, client)


def file_request(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """File the request, or change the case."""
    ack(**finish(desk, user_id(body), read_form(view)))


def suggest_carriers(desk: Desk, ack: Ack, payload: Payload) -> None:
    """Offer the carriers that were seen before, and what is typed itself."""
    typed = payload["value"]
    ack(options=carrier_options(desk.words, typed, desk.carriers.like(typed)))


def _acted_at(body: Payload) -> float:
    return float(body["actions"][0]["action_ts"])


def _one_of(names: tuple[Any, ...]) -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(map(re.escape, names))})$")


ROUTES: Final = [
    Route("command", Command.PORT_IN, open_form),
    Route("action", _one_of(tuple(field.name for field in FIELDS)), keep_typing),
    Route("action", Action.INTAKE_BACK, go_back),
    Route("action", Action.INTAKE_DROP, drop_files),
    Route("action", Action.INTAKE_RECORD, ask_record),
    Route("action", Action.INTAKE_TAKE_RECORD, take_wording),
    Route("action", Action.INTAKE_CONTINUE, continue_left),
    Route("action", Action.INTAKE_NEW, start_new),
    Route("action", Action.INTAKE_DISCARD, discard_left),
    Route("view", _one_of(tuple(CALLBACK + step for step in ASKING)), go_on),
    Route("view", CALLBACK + Step.REVIEW, file_request),
    Route("options", "losing_carrier", suggest_carriers),
]
