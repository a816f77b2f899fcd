"""The form of /port-out as the engine of forms reads it."""

from typing import Final

from bot.domain.cases.kinds import Kind
from bot.slack import ids
from bot.slack.modals.wizard.form import Form, Looks, Wording
from bot.slack.port_out import page_notes as pages
from bot.slack.port_out.questions import FIELDS, Step
from bot.slack.port_out.review_page import summary

FORM: Final = Form(
    kind=Kind.PORT_OUT,
    ids=ids.PORT_OUT,
    steps=tuple(Step),
    fields=FIELDS,
    filing=lambda desk: desk.port_out.filing,
    wording=Wording(
        sentences="port_out/sentences",
        labels="port_out/questions",
        hints="port_out/hints",
        left="port_out/left.j2",
        filed="port_out/filed.j2",
        changed="port_out/changed.j2",
    ),
    looks=Looks(summary=summary, hint=pages.hint),
    steady=True,
    short_ids=True,
)
