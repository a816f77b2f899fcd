"""The form of /port-in as the engine of forms reads it, and every way into it."""

from functools import partial
from typing import Final

from bot.domain.cases.kinds import Kind
from bot.slack import ids
from bot.slack.bolt.route import Route
from bot.slack.modals.filled_form import HOME
from bot.slack.modals.wizard.form import Form, Looks, Wording
from bot.slack.modals.wizard.listeners import routes
from bot.slack.port_in import page_notes as pages
from bot.slack.port_in.questions import FIELDS, Step
from bot.slack.port_in.read_attachments import read_new_bill, read_new_list
from bot.slack.port_in.record_differences import (
    ABOUT_RECORD,
    ask_record,
    beside_findings,
    take_wording,
)
from bot.slack.port_in.review_page import summary

FORM: Final = Form(
    kind=Kind.PORT_IN,
    ids=ids.PORT_IN,
    steps=tuple(Step),
    fields=FIELDS,
    filing=lambda desk: desk.filing,
    wording=Wording(
        sentences="intake/sentences",
        labels="intake/labels",
        hints="intake/hints",
        left="intake/left.j2",
        filed="intake/filed.j2",
        changed="intake/changed.j2",
    ),
    looks=Looks(
        summary=summary,
        notes=pages.notes,
        hint=pages.hint,
        around=pages.around,
        beside=beside_findings,
    ),
    start={"country": HOME},
    only_if={Step.RECORD: lambda state: state.has_record},
    told_on=dict.fromkeys(ABOUT_RECORD, Step.RECORD),
    ways={"record": lambda state: not state.has_record},
    checked={Step.NUMBERS: read_new_list},
    suggesting={Step.PAPERS: read_new_bill},
    known=pages.with_experience,
    told_of={"losing_carrier"},
)
ROUTES: Final = [
    *routes(FORM),
    Route("action", ids.Action.INTAKE_RECORD, partial(ask_record, FORM)),
    Route("action", ids.Action.INTAKE_TAKE_RECORD, partial(take_wording, FORM)),
]
