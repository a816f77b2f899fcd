"""The pages of the form on which the rule book has something to say."""

from collections.abc import Collection, Sequence
from typing import Final

from bot.domain.findings.finding import Finding
from bot.domain.rulebook.rulebook import RULES
from bot.slack.blocks.findings import listed
from bot.slack.blocks.fitting import View
from bot.slack.modals.form_state import FormState
from bot.slack.port_in.pages import step_view
from bot.slack.port_in.questions import Step, step_of
from bot.slack.port_in.record_page import differences, taking
from bot.wording.templates import Templates

# These compare the request with the record. Either side may be wrong, so they are told where the
# record is asked, and never keep anybody from getting there.
ABOUT_RECORD: Final = frozenset(
    {rule.code for rule in RULES if rule.subject == "The carrier's record"}
    | {"btn_close_leaves_numbers", "new_btn_not_on_account"}
)


def page_of(finding: Finding) -> Step:
    """Return the page on which a finding is told."""
    return Step.RECORD if finding.code in ABOUT_RECORD else step_of(finding.field)


def earliest(faults: Collection[Finding]) -> Step:
    """Return the first page that has a fault."""
    steps = {page_of(fault) for fault in faults}
    return next(step for step in Step if step in steps)


def page_with(words: Templates, state: FormState, step: Step, faults: Sequence[Finding]) -> View:
    """Return a page with its faults listed on top, and what differs from the record below."""
    told = listed(words, "intake/faults.j2", faults)
    shown = differences(words, state, faults)
    return step_view(words, state, step, told, [*shown, *taking(words, faults)])
