"""What the form answers: the next page, the faults, or what became of the request."""

from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.desk.desk import Desk
from bot.desk.drafts import DraftFacts, Typing
from bot.desk.filing import Refused
from bot.domain.findings import Finding
from bot.slack.calls import error_code
from bot.slack.intake.fields import LAST, asked_fields, beside, moot_fields, step_of
from bot.slack.intake.form import Form
from bot.slack.intake.remarks import earliest, errors_of, page_with, red_texts
from bot.slack.intake.review import changed_view, filed_view, review_view
from bot.slack.intake.sheet import Sheet, sheet_of
from bot.slack.intake.views import step_view
from bot.words import Words

Reply = dict[str, Any]


def shows(view: View) -> Reply:
    """Return the answer to a submission that puts another page in place."""
    return {"response_action": "update", "view": view.to_dict()}


def keep(desk: Desk, who: str, form: Form, at: float, **more: Any) -> DraftFacts:
    """Save what a page holds; the first save of a new form brings the desk's own zone along."""
    return desk.drafts.save(who, _typing(desk, form, at, more), form.draft_id)


def empty(desk: Desk, who: str, form: Form, at: float, name: str) -> DraftFacts:
    """Save a page in which somebody took an answer back, even one that is kept otherwise."""
    typing = replace(_typing(desk, form, at, {}), emptied=frozenset({name}))
    return desk.drafts.save(who, typing, form.draft_id)


def _typing(desk: Desk, form: Form, at: float, more: Reply) -> Typing:
    fresh = {} if form.draft_id else {"kind": "port_in", "time_zone": desk.room.time_zone}
    return form.typing(at, **(fresh | more))


def settle(desk: Desk, who: str, form: Form) -> DraftFacts:
    """Save what a page holds when its owner goes on; answers that fell away are emptied."""
    sent = replace(_typing(desk, form, 0.0, {}), settled=True)
    draft = desk.drafts.save(who, sent, form.draft_id)
    moot = moot_fields(form.step, sheet_of(draft))
    fields = {**sent.fields, **moot}
    return desk.drafts.save(who, replace(sent, fields=fields), draft.id) if moot else draft


def answer(desk: Desk, who: str, draft: DraftFacts, form: Form) -> Reply:
    """Return the next page, or what stands against it."""
    report = desk.filing.review(who, draft.id)
    faults, sheet = errors_of(report), sheet_of(draft)
    here = [fault for fault in faults if step_of(fault.field) is form.step]
    if here:
        desk.drafts.reopen(who, draft.id)
        return _stay(desk.words, draft, form, here)
    if form.step is not LAST:
        return shows(step_view(desk.words, sheet, beside(form.step, 1)))
    if faults:
        return shows(page_with(desk.words, sheet, earliest(faults), faults))
    return shows(review_view(desk.words, sheet, report))


def _stay(words: Words, draft: DraftFacts, form: Form, faults: list[Finding]) -> Reply:
    """Name the faults of a page: in red, or on top where the page does not show a field yet."""
    if all(fault.field in form.shown for fault in faults):
        return {"response_action": "errors", "errors": red_texts(words, faults)}
    return shows(page_with(words, sheet_of(draft, form.held), form.step, faults))


def finish(desk: Desk, who: str, form: Form) -> Reply:
    """File the request or make the change, or bring its owner back to the first fault."""
    draft_id = form.draft_id or 0
    try:
        if form.amends:
            return shows(changed_view(desk.words, desk.changes.apply(who, draft_id)))
        return shows(filed_view(desk.words, desk.filing.file(who, draft_id).cases))
    except Refused as refused:
        faults, sheet = errors_of(refused.report), sheet_of(desk.drafts.load(who, draft_id))
        return shows(page_with(desk.words, sheet, earliest(faults), faults))


def repaint(client: WebClient, form: Form, words: Words, sheet: Sheet) -> None:
    """Show other questions where an answer asks for them.

    Slack refuses the page if it changed meanwhile; then a later answer has repainted it already.
    """
    fields = asked_fields(form.step, sheet)
    if form.shape == tuple((field.name, field.needed(sheet)) for field in fields):
        return
    view = step_view(words, sheet, form.step)
    try:
        client.views_update(view_id=form.view_id, hash=form.hash, view=view)
    except SlackApiError as error:
        if error_code(error) not in {"hash_conflict", "not_found"}:
            raise
