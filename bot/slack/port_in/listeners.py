"""Listens to the form: every letter is kept, every page is answered."""

import re
from dataclasses import replace
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.slack.blocks.fitting import LONGEST_TYPED, View
from bot.slack.bolt.answers import UnknownChoice
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


def open_form(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Open the form at once; numbers behind the command are taken along."""
    desk: Desk = context["desk"]

    def view() -> View:
        sheet = FormState({"country": HOME, "numbers": command_text(body)[:LONGEST_TYPED]})
        return opening_view(desk.words, desk.drafts.latest(body["user_id"]), sheet)

    open_afterwards(body, context, client, view)
    ack()


def keep_typing(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Keep what the page holds, and show the questions that it leads to."""
    desk: Desk = context["desk"]
    form = read_form(body["view"])
    name = body["actions"][0]["action_id"]
    save = keep if form.fields.get(name) else partial(empty, name=name)
    draft = save(desk, user_id(body), form, _acted_at(body))
    repaint(client, desk, form, draft, name)
    ack()


def go_on(ack: Ack, body: Payload, view: Payload, client: WebClient, context: BoltContext) -> None:
    """Check a page and show the next one."""
    desk: Desk = context["desk"]
    form = read_form(view)
    draft = settle(desk, user_id(body), form)
    ack(**answer(desk, client, user_id(body), draft, form))


def go_back(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Keep what the page holds and show the one before."""
    desk: Desk = context["desk"]
    form = read_form(body["view"])
    sheet = sheet_for(desk, keep(desk, user_id(body), form, _acted_at(body)))
    before = beside(form.step, -1, sheet)
    keep(desk, user_id(body), replace(form, step=before), _acted_at(body))
    page = step_view(desk.words, sheet, before)
    client.views_update(view_id=form.view_id, view=page)
    ack()


def ask_record(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Show the page about the carrier's record to somebody who wants to compare."""
    desk: Desk = context["desk"]
    form = read_form(body["view"])
    sheet = sheet_for(desk, desk.drafts.load(user_id(body), form.draft_id or 0))
    client.views_update(view_id=form.view_id, view=step_view(desk.words, sheet, Step.RECORD))
    ack()


def drop_files(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Take the files on file out of the request; what is chosen in their place stays."""
    desk: Desk = context["desk"]
    form, name = read_form(body["view"]), body["actions"][0].get("value")
    if name not in FILE_FIELDS:
        raise UnknownChoice
    left = {name: form.fields.get(name, [])}
    draft = keep(desk, user_id(body), form, _acted_at(body), **left)
    page = step_view(desk.words, sheet_for(desk, draft, form), form.step)
    client.views_update(view_id=form.view_id, view=page)
    ack()


def take_wording(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Write in the request what the record says."""
    desk: Desk = context["desk"]
    form, names = read_form(body["view"]), str(body["actions"][0].get("value")).split(",")
    if not {field.name for field in FIELDS}.issuperset(names):
        raise UnknownChoice
    sheet = take_record(desk, user_id(body), form, _acted_at(body), names)
    client.views_update(view_id=form.view_id, view=step_view(desk.words, sheet, form.step))
    ack()


def continue_left(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Go on with a request that was left."""
    desk: Desk = context["desk"]
    draft = desk.drafts.load(user_id(body), button_row(body))
    page = resumed_view(desk.words, draft, sheet_for(desk, draft))
    client.views_update(view_id=body["view"]["id"], view=page)
    ack()


def start_new(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Leave the old request where it is and start another."""
    desk: Desk = context["desk"]
    page = step_view(desk.words, FormState({"country": HOME}), Step.NUMBERS)
    client.views_update(view_id=body["view"]["id"], view=page)
    ack()


def discard_left(ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Throw the old request away and start another."""
    desk: Desk = context["desk"]
    desk.drafts.discard(user_id(body), button_row(body))
    start_new(ack, body, client, context)


def file_request(ack: Ack, body: Payload, view: Payload, context: BoltContext) -> None:
    """File the request, or change the case."""
    desk: Desk = context["desk"]
    ack(**finish(desk, user_id(body), read_form(view)))


def suggest_carriers(ack: Ack, payload: Payload, context: BoltContext) -> None:
    """Offer the carriers that were seen before, and what is typed itself."""
    desk: Desk = context["desk"]
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
