"""Shows what the rule book says of a request: under the fields, above a page, in a list."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.findings.finding import Finding, Severity
from bot.domain.rulebook.rulebook import Report
from bot.slack.blocks.fitting import LONGEST_ERROR, shortened
from bot.wording.field_names import field_name
from bot.wording.refusals import word_finding
from bot.wording.templates import Templates

MOST_LISTED: Final = 12


def errors_of(report: Report) -> list[Finding]:
    """Return what a carrier or the platform would refuse."""
    return [finding for finding in report.findings if finding.severity is Severity.ERROR]


def warnings_of(report: Report) -> list[Finding]:
    """Return what often goes wrong."""
    return [finding for finding in report.findings if finding.severity is Severity.WARNING]


def red_texts(words: Templates, faults: Iterable[Finding]) -> dict[str, str]:
    """Return what stands in red under each field; several faults of one field are joined."""
    texts: dict[str, list[str]] = {}
    for fault in faults:
        texts.setdefault(fault.field, []).append(word_finding(words, fault))
    joined = {field: " ".join(dict.fromkeys(found)) for field, found in texts.items()}
    return {field: shortened(text, LONGEST_ERROR) for field, text in joined.items()}


def listed(words: Templates, template: str, findings: Sequence[Finding]) -> str:
    """Return findings as a list in mrkdwn, each with the name that the form gives its field."""
    names = words.table("intake/labels")
    facts = [
        {
            "label": names.get(finding.field) or field_name(words, finding.field),
            "sentence": text[:200],
        }
        for finding in findings[:MOST_LISTED]
        if (text := word_finding(words, finding))
    ]
    more = max(len(findings) - MOST_LISTED, 0)
    return words.mrkdwn(template, remarks=facts, more=more)
