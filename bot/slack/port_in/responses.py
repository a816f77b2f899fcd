"""What the form answers: the next page, the faults, or what became of the request."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.core.form_fields import RECORD, with_find
from bot.desk.core.references import row_id
from bot.desk.core.refusal import Refused
from bot.desk.desk import Desk
from bot.desk.drafts.drafts import DraftFacts, Typing
from bot.domain.findings.finding import Finding
from bot.errors import Refusal
from bot.slack.blocks.findings import errors_of, red_texts
from bot.slack.blocks.fitting import LONGEST_ERROR, View, shortened
from bot.slack.bolt.api_errors import error_code
from bot.slack.modals.form_state import FormState, form_state_of
from bot.slack.port_in.attachments import lost_find, read_bill, read_list, unread_bill, unread_list
from bot.slack.port_in.findings_page import earliest, page_of, page_with
from bot.slack.port_in.open_form import Form
from bot.slack.port_in.pages import step_view
from bot.slack.port_in.questions import (
    Step,
    asked_fields,
    beside,
    is_needed,
    moot_fields,
)
from bot.slack.port_in.review_page import changed_view, filed_view, review_view
from bot.wording.refusals import word_error

Reply = dict[str, Any]


def shows(view: View) -> Reply:
    """Return the answer to a submission that puts another page in place."""
    return {"response_action": "update", "view": view.to_dict()}


def keep(desk: Desk, who: str, form: Form, at: float, **more: Any) -> DraftFacts:
    """Save what a page holds; the first save of a new form brings the desk's own zone along."""
    return desk.drafts.save(who, _typing(desk, form, at, more), form.draft_id)


def empty(desk: Desk, who: str, form: Form, at: float, name: str) -> DraftFacts:
    """Save a page in which somebody took an answer back, even one that is kept otherwise."""
    typing = replace(_typing(desk, form, at, {}), emptied=form.emptied | {name})
    return desk.drafts.save(who, typing, form.draft_id)


def _typing(desk: Desk, form: Form, at: float, more: Reply) -> Typing:
    fresh = {} if form.draft_id else {"kind": "port_in", "time_zone": desk.context.time_zone}
    return form.typing(at, **(fresh | more))


def settle(desk: Desk, who: str, form: Form) -> DraftFacts:
    """Save what a page holds when its owner goes on; answers that fell away are emptied."""
    sent = replace(_typing(desk, form, 0.0, {}), settled=True)
    draft = desk.drafts.save(who, sent, form.draft_id)
    moot = moot_fields(form.step, form_state_of(draft))
    fields = {**sent.fields, **moot}
    return desk.drafts.save(who, replace(sent, fields=fields), draft.id) if moot else draft


def answer(desk: Desk, client: WebClient, who: str, draft: DraftFacts, form: Form) -> Reply:
    """Return the next page, or what stands against it; its files are read on the way.

    A page that arrives again after its request was filed is answered as the filing was.
    """
    if draft.filed:
        return finish(desk, who, replace(form, draft_id=draft.id))
    try:
        draft = _with_list(desk, client, who, draft, form)
    except Refusal as error:
        if error.field is None:
            raise
        desk.drafts.reopen(who, draft.id)
        told = shortened(word_error(desk.words, error), LONGEST_ERROR)
        return {"response_action": "errors", "errors": {error.field: told}}
    report = desk.filing.review(who, draft.id)
    faults = errors_of(report)
    here = [fault for fault in faults if page_of(fault) is form.step]
    if here:
        desk.drafts.reopen(who, draft.id)
        return _stay(desk, draft, form, here)
    state = sheet_for(desk, _with_bill(desk, client, who, draft, form))
    following = beside(form.step, 1, state)
    if following is not Step.REVIEW:
        return shows(step_view(desk.words, state, following))
    if faults:
        return shows(page_with(desk.words, state, earliest(faults), faults))
    return shows(review_view(desk.words, state, report, _linked(desk, form)))


def _linked(desk: Desk, form: Form) -> tuple[str, ...]:
    """Return the cases that belong to the one that is changed."""
    return desk.queries.linked(row_id(form.amends)) if form.amends else ()


def _with_list(
    desk: Desk, client: WebClient, who: str, draft: DraftFacts, form: Form
) -> DraftFacts:
    """Read the numbers of a new file into the draft, so that count and split are right from now."""
    file = unread_list(draft.fields) if form.step is Step.NUMBERS else None
    if file is None:
        return draft
    found = read_list(client, file, str(draft.fields.get("country") or ""))
    return _add(desk, who, draft, form, {"listed": found})


def _with_bill(
    desk: Desk, client: WebClient, who: str, draft: DraftFacts, form: Form
) -> DraftFacts:
    """Read a new bill, so that the page about the record can suggest what it says."""
    if form.step is not Step.PAPERS:
        return draft
    file = unread_bill(draft.fields)
    read = read_bill(client, file, draft.fields) if file else lost_find(draft.fields)
    return _add(desk, who, draft, form, read) if read else draft


def _add(desk: Desk, who: str, draft: DraftFacts, form: Form, more: Reply) -> DraftFacts:
    sent = replace(form.typing(0.0), fields=more, settled=True, emptied=frozenset(more))
    return desk.drafts.save(who, sent, draft.id)


def sheet_for(desk: Desk, draft: DraftFacts, form: Form | None = None) -> FormState:
    """Return the sheet of a draft with what the desk knows of its carrier.

    `form` is the page that is to be painted again.
    """
    state = (
        form_state_of(draft)
        if form is None
        else replace(form_state_of(draft), inputs=form.fresh_inputs)
    )
    carrier = state.text("losing_carrier")
    return replace(state, experience=desk.carrier_statistics.of(carrier)) if carrier else state


def _stay(desk: Desk, draft: DraftFacts, form: Form, faults: list[Finding]) -> Reply:
    """Name the faults of a page: in red, or on top where the page does not show a field yet."""
    state = sheet_for(desk, draft, form)
    if all(fault.field in form.shown for fault in faults) and not _other(form, state):
        return {"response_action": "errors", "errors": red_texts(desk.words, faults)}
    return shows(page_with(desk.words, state, form.step, faults))


def _other(form: Form, state: FormState) -> bool:
    """Say whether the page should ask other questions than it does."""
    fields = asked_fields(form.step, state)
    return form.shape != tuple((field.name, is_needed(field, state)) for field in fields)


def take_record(desk: Desk, who: str, form: Form, at: float, names: Sequence[str]) -> FormState:
    """Put the record's wording into the request, also of a secret that is not shown."""
    draft = keep(desk, who, form, at)
    theirs = {name: with_find(draft.fields).get(f"{RECORD}{name}") for name in names}
    given = {name: value for name, value in theirs.items() if value}
    return sheet_for(desk, keep(desk, who, form, at, **given), form)


def finish(desk: Desk, who: str, form: Form) -> Reply:
    """File the request or make the change, or bring its owner back to the first fault."""
    draft_id = form.draft_id or 0
    try:
        if form.amends:
            return shows(changed_view(desk.words, desk.amendments.apply(who, draft_id)))
        return shows(filed_view(desk.words, desk.filing.file(who, draft_id).cases))
    except Refused as refused:
        faults, state = errors_of(refused.report), sheet_for(desk, desk.drafts.load(who, draft_id))
        return shows(page_with(desk.words, state, earliest(faults), faults))


def repaint(client: WebClient, desk: Desk, form: Form, draft: DraftFacts, changed: str) -> None:
    """Show other questions where an answer asks for them, and what is known of a new carrier.

    Slack refuses the page if it changed meanwhile; then a later answer has repainted it already.
    """
    if changed != "losing_carrier" and not _other(form, form_state_of(draft)):
        return
    view = step_view(desk.words, sheet_for(desk, draft, form), form.step)
    try:
        client.views_update(view_id=form.view_id, hash=form.hash, view=view)
    except SlackApiError as error:
        if error_code(error) not in {"hash_conflict", "not_found"}:
            raise
