"""Shows what the rule book says of a request: under the fields, above a page, in a list."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from bot.domain.findings.finding import Finding, Severity, label
from bot.domain.rulebook.rulebook import RULES, Report
from bot.slack.intake.differences import differences, taking
from bot.slack.intake.fields import Step, step_of
from bot.slack.intake.sheet import Sheet
from bot.slack.intake.views import step_view
from bot.slack.sizes import LONGEST_ERROR, View, shortened
from bot.wording.templates import Words

MOST_LISTED = 12
# These compare the request with the record. Either side may be wrong, so they are told where the
# record is asked, and never keep anybody from getting there.
ABOUT_RECORD: Final = frozenset(
    {rule.code for rule in RULES if rule.subject == "The carrier's record"}
    | {"btn_close_leaves_numbers", "new_btn_not_on_account"}
)


def page_of(finding: Finding) -> Step:
    """Return the page on which a finding is told."""
    return Step.RECORD if finding.code in ABOUT_RECORD else step_of(finding.field)


def errors_of(report: Report) -> list[Finding]:
    """Return what a carrier or the platform would refuse."""
    return [finding for finding in report.findings if finding.severity is Severity.ERROR]


def warnings_of(report: Report) -> list[Finding]:
    """Return what often goes wrong."""
    return [finding for finding in report.findings if finding.severity is Severity.WARNING]


def sentence(words: Words, finding: Finding) -> str:
    """Return a finding as a sentence for the person."""
    return words.sentence("findings", finding.code, **finding.params)


def red_texts(words: Words, faults: Iterable[Finding]) -> dict[str, str]:
    """Return what stands in red under each field; several faults of one field are joined."""
    texts: dict[str, list[str]] = {}
    for fault in faults:
        texts.setdefault(fault.field, []).append(sentence(words, fault))
    joined = {field: " ".join(dict.fromkeys(found)) for field, found in texts.items()}
    return {field: shortened(text, LONGEST_ERROR) for field, text in joined.items()}


def listed(words: Words, template: str, findings: Sequence[Finding]) -> str:
    """Return findings as a list in mrkdwn, each with the name that the form gives its field."""
    names = words.table("intake/labels")
    facts = [
        {"label": names.get(finding.field, label(finding.field)), "sentence": text[:200]}
        for finding in findings[:MOST_LISTED]
        if (text := sentence(words, finding))
    ]
    more = max(len(findings) - MOST_LISTED, 0)
    return words.mrkdwn(template, remarks=facts, more=more)


def earliest(faults: Collection[Finding]) -> Step:
    """Return the first page that has a fault."""
    steps = {page_of(fault) for fault in faults}
    return next(step for step in Step if step in steps)


def page_with(words: Words, sheet: Sheet, step: Step, faults: Sequence[Finding]) -> View:
    """Return a page with its faults listed on top, and what differs from the record below."""
    told = listed(words, "intake/faults.j2", faults)
    shown = differences(words, sheet, faults)
    return step_view(words, sheet, step, told, [*shown, *taking(words, faults)])
