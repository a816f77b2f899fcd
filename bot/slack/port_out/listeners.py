"""Listens to the form of /port-out: every letter is kept, every page is answered."""

import re
from dataclasses import replace
from typing import Any, Final

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.desk.core.refusal import Refused
from bot.desk.desk import Desk
from bot.desk.drafts.drafts import DraftFacts
from bot.domain.findings.finding import Finding
from bot.slack.blocks.findings import errors_of, red_texts
from bot.slack.blocks.fitting import LONGEST_TYPED, View
from bot.slack.bolt.payload import Payload, button_row, user_id
from bot.slack.bolt.route import Route
from bot.slack.ids import Action, Command
from bot.slack.modals.choices import carrier_options
from bot.slack.modals.open_modal import open_afterwards
from bot.slack.port_out.open_form import ACTION, CALLBACK, Form, read_form
from bot.slack.port_out.pages import (
    changed_view,
    filed_view,
    first_page,
    left_view,
    page_view,
    review_view,
)
from bot.slack.port_out.questions import FIELDS, Step, page_of

Reply = dict[str, Any]


def open_form(desk: Desk, ack: Ack, body: Payload, client: WebClient, context: BoltContext) -> None:
    """Open the form, or the choice to go on with a request that was left."""

    def view() -> View:
        if left := desk.port_out.filing.left(body["user_id"]):
            return left_view(desk.words, left)
        return first_page(desk.words, (body.get("text") or "")[:LONGEST_TYPED])

    open_afterwards(desk, body, context, client, view)
    ack()


def keep_typing(desk: Desk, ack: Ack, body: Payload) -> None:
    """Keep what the page holds; a secret that was taken back is forgotten."""
    form, action = read_form(body["view"]), body["actions"][0]
    name = str(action["action_id"]).removeprefix(ACTION)
    emptied = frozenset[str]() if form.fields.get(name) else frozenset({name})
    typing = form.typing(float(action["action_ts"]), desk.context.time_zone, emptied)
    desk.drafts.save(user_id(body), typing, form.draft_id)
    ack()


def go_on(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """Check a page and show the next one."""
    form = read_form(view)
    typing = replace(form.typing(0.0, desk.context.time_zone), settled=True)
    draft = desk.drafts.save(user_id(body), typing, form.draft_id)
    ack(**_answer(desk, user_id(body), draft, form))


def _answer(desk: Desk, who: str, draft: DraftFacts, form: Form) -> Reply:
    if draft.filed:
        # The page arrives again after its request was filed.
        return _shows(_sent(desk, who, draft.id))
    report = desk.port_out.filing.review(who, draft.id)
    faults = errors_of(report)
    here = [fault for fault in faults if page_of(fault.field) is form.page]
    if here:
        desk.drafts.reopen(who, draft.id)
        return _stay(desk, draft, form, here)
    if form.page is Step.NUMBERS:
        return _shows(page_view(desk.words, draft, Step.ACCOUNT))
    if faults:
        return _shows(page_view(desk.words, draft, Step.NUMBERS, faults))
    return _shows(review_view(desk.words, draft, report))


def _stay(desk: Desk, draft: DraftFacts, form: Form, faults: list[Finding]) -> Reply:
    if all(fault.field in form.fields for fault in faults):
        return {"response_action": "errors", "errors": red_texts(desk.words, faults)}
    return _shows(page_view(desk.words, draft, form.page, faults))


def _shows(view: View) -> Reply:
    return {"response_action": "update", "view": view.to_dict()}


def go_back(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Keep what the page holds and show the one before."""
    form = read_form(body["view"])
    before = Step.ACCOUNT if form.page is Step.REVIEW else Step.NUMBERS
    at = float(body["actions"][0]["action_ts"])
    typing = replace(form, page=before).typing(at, desk.context.time_zone)
    draft = desk.drafts.save(user_id(body), typing, form.draft_id)
    client.views_update(view_id=form.view_id, view=page_view(desk.words, draft, before))
    ack()


def continue_left(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Go on with a request that was left."""
    draft = desk.drafts.load(user_id(body), button_row(body))
    page = Step.ACCOUNT if draft.step == Step.ACCOUNT else Step.NUMBERS
    client.views_update(view_id=body["view"]["id"], view=page_view(desk.words, draft, page))
    ack()


def start_new(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Leave the old request where it is and start another."""
    client.views_update(view_id=body["view"]["id"], view=first_page(desk.words))
    ack()


def discard_left(desk: Desk, ack: Ack, body: Payload, client: WebClient) -> None:
    """Throw the old request away and start another."""
    desk.drafts.discard(user_id(body), button_row(body))
    start_new(desk, ack, body, client)


def file_request(desk: Desk, ack: Ack, body: Payload, view: Payload) -> None:
    """File the request or make the change, or bring its owner back to the first fault."""
    who, draft_id = user_id(body), read_form(view).draft_id or 0
    try:
        ack(**_shows(_sent(desk, who, draft_id)))
    except Refused as refused:
        faults = errors_of(refused.report)
        first = min((page_of(fault.field) for fault in faults), key=tuple(Step).index)
        draft = desk.drafts.load(who, draft_id)
        ack(**_shows(page_view(desk.words, draft, first, faults)))


def _sent(desk: Desk, who: str, draft_id: int) -> View:
    if desk.drafts.load(who, draft_id).amends:
        return changed_view(desk.words, desk.amendments.apply(who, draft_id))
    (case,) = desk.port_out.filing.file(who, draft_id).cases
    return filed_view(desk.words, case)


def suggest_carriers(desk: Desk, ack: Ack, payload: Payload) -> None:
    """Offer the carriers that were seen before, and what is typed itself."""
    typed = payload["value"]
    ack(options=carrier_options(desk.words, typed, desk.carriers.like(typed)))


_NAMES: Final = "|".join(question.name for question in FIELDS)
ROUTES: Final = [
    Route("command", Command.PORT_OUT, open_form),
    Route("action", re.compile(f"^{ACTION}(?:{_NAMES})$"), keep_typing),
    Route("action", Action.OUT_BACK, go_back),
    Route("action", Action.OUT_CONTINUE, continue_left),
    Route("action", Action.OUT_NEW, start_new),
    Route("action", Action.OUT_DISCARD, discard_left),
    Route("view", re.compile(f"^{CALLBACK}(?:{Step.NUMBERS}|{Step.ACCOUNT})$"), go_on),
    Route("view", f"{CALLBACK}{Step.REVIEW}", file_request),
    Route("options", f"{ACTION}winning_carrier", suggest_carriers),
]
