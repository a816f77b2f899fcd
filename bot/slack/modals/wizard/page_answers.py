"""What a form answers: the next page, the faults, or what became of the request."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.core.faulty_request import Refused
from bot.desk.core.references import row_id
from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import DraftFacts
from bot.domain.findings.finding import Finding
from bot.domain.rulebook.rulebook import Report
from bot.errors import Refusal
from bot.slack.blocks.findings import errors_of, red_texts
from bot.slack.blocks.fitting import LONGEST_ERROR, View, shortened
from bot.slack.bolt.api_errors import error_code
from bot.slack.modals.filled_form import FormState, form_state_of
from bot.slack.modals.wizard.form import Form, Reader
from bot.slack.modals.wizard.open_page import OpenPage
from bot.slack.modals.wizard.page_views import (
    changed_view,
    filed_view,
    page_view,
    page_with,
    review_view,
)
from bot.wording.refusals import word_error

Reply = dict[str, Any]


def shows(view: View) -> Reply:
    """Return the answer to a submission that puts another page in place."""
    return {"response_action": "update", "view": view.to_dict()}


def keep(desk: Desk, page: OpenPage, *emptied: str, **more: Any) -> DraftFacts:
    """Save what a page holds; `emptied` answers were taken back, even where others are kept."""
    typing = page.typing(desk.context.time_zone, **more)
    typing = replace(typing, emptied=page.emptied.union(emptied))
    return desk.drafts.save(page.who, typing, page.draft_id)


def settle(desk: Desk, page: OpenPage) -> DraftFacts:
    """Save what a page holds when its owner goes on; answers that fell away are emptied."""
    sent = replace(page.typing(desk.context.time_zone), settled=True)
    draft = desk.drafts.save(page.who, sent, page.draft_id)
    moot = page.form.moot(page.step, form_state_of(draft))
    fields = {**sent.fields, **moot}
    return desk.drafts.save(page.who, replace(sent, fields=fields), draft.id) if moot else draft


def state_of(
    desk: Desk, form: Form, draft: DraftFacts, inputs: Mapping[str, str] | None = None
) -> FormState:
    """Return what a draft holds, with what the desk knows; `inputs` of a page painted again."""
    return form.known(desk, replace(form_state_of(draft), inputs=inputs or {}))


def show(client: WebClient, desk: Desk, page: OpenPage, state: FormState) -> None:
    """Put a page in place of the one that is open."""
    view = page_view(desk.words, page.form, state, page.step)
    client.views_update(view_id=page.view_id, view=view)


def answer(desk: Desk, client: WebClient, draft: DraftFacts, page: OpenPage) -> Reply:
    """Return the next page, or what stands against it; its files are read on the way.

    A page that arrives again after its request was filed is answered as the filing was.
    """
    if draft.filed:
        return finish(desk, replace(page, draft_id=draft.id, amends=draft.amends))
    try:
        draft = _with_files(desk, client, draft, page, page.form.checked)
    except Refusal as error:
        if error.field is None:
            raise
        desk.drafts.reopen(page.who, draft.id)
        told = shortened(word_error(desk.words, error), LONGEST_ERROR)
        return {"response_action": "errors", "errors": {error.field: told}}
    report = page.form.filing(desk).review(page.who, draft.id)
    faults = errors_of(report)
    if here := [fault for fault in faults if page.form.step_of(fault) == page.step]:
        desk.drafts.reopen(page.who, draft.id)
        return _stay(desk, draft, page, here)
    draft = _with_files(desk, client, draft, page, page.form.suggesting)
    return shows(_next(desk, page, state_of(desk, page.form, draft), report))


def _next(desk: Desk, page: OpenPage, state: FormState, report: Report) -> View:
    """Return the page after one that passed: before the last look the first that has a fault."""
    words, form = desk.words, page.form
    following = form.after(page.step, state)
    if following != form.steps[-1]:
        return page_view(words, form, state, following)
    if faults := errors_of(report):
        return page_with(words, form, state, form.earliest(faults), faults)
    linked = desk.queries.linked(row_id(state.amends)) if state.amends else ()
    return review_view(words, form, state, report, linked)


def _with_files(
    desk: Desk, client: WebClient, draft: DraftFacts, page: OpenPage, readers: Mapping[str, Reader]
) -> DraftFacts:
    """Read new files of a page into the draft, so that what follows from them is right from now."""
    reader = readers.get(page.step)
    found = reader(client, draft.fields) if reader else {}
    if not found:
        return draft
    sent = replace(page.typing(""), fields=found, settled=True, emptied=frozenset(found))
    return desk.drafts.save(page.who, sent, draft.id)


def _stay(desk: Desk, draft: DraftFacts, page: OpenPage, faults: Sequence[Finding]) -> Reply:
    """Name the faults of a page: in red, or on top where the page does not show a field yet."""
    state = state_of(desk, page.form, draft, page.fresh_inputs)
    if all(fault.field in page.shown for fault in faults) and not _asks_other(page, state):
        return {"response_action": "errors", "errors": red_texts(desk.words, faults)}
    return shows(page_with(desk.words, page.form, state, page.step, faults))


def _asks_other(page: OpenPage, state: FormState) -> bool:
    """Say whether the page should ask other questions than it does."""
    form, asked = page.form, page.form.asked(page.step, state)
    return not form.steady and page.shape != tuple((f.name, form.needs(f, state)) for f in asked)


def finish(desk: Desk, page: OpenPage) -> Reply:
    """File the request or make the change, or bring its owner back to the first fault."""
    try:
        return shows(_end(desk, page, page.draft_id or 0))
    except Refused as refused:
        form, faults = page.form, errors_of(refused.report)
        state = state_of(desk, form, desk.drafts.load(page.who, page.draft_id or 0))
        return shows(page_with(desk.words, form, state, form.earliest(faults), faults))


def _end(desk: Desk, page: OpenPage, draft: int) -> View:
    amends = desk.drafts.load(page.who, draft).amends if page.amends is None else page.amends
    if amends:
        return changed_view(desk.words, page.form, desk.amendments.apply(page.who, draft))
    cases = page.form.filing(desk).file(page.who, draft).cases
    return filed_view(desk.words, page.form, cases)


def repaint(desk: Desk, client: WebClient, page: OpenPage, draft: DraftFacts, changed: str) -> None:
    """Show other questions where an answer asks for them, and what the desk knows of it.

    Slack refuses the page if it changed meanwhile; then a later answer has repainted it already.
    """
    if changed not in page.form.told_of and not _asks_other(page, form_state_of(draft)):
        return
    state = state_of(desk, page.form, draft, page.fresh_inputs)
    view = page_view(desk.words, page.form, state, page.step)
    try:
        client.views_update(view_id=page.view_id, hash=page.hash, view=view)
    except SlackApiError as error:
        if error_code(error) not in {"hash_conflict", "not_found"}:
            raise
