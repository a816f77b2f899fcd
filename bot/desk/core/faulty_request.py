"""How the desk refuses a whole request: with what the rule book found."""

from bot.domain.findings.finding import Severity
from bot.domain.rulebook.rulebook import Report
from bot.errors import Refusal


class Refused(Refusal):
    """A request with faults that a carrier would refuse; `report` lists them."""

    def __init__(self, code: str, report: Report) -> None:
        faults = [f for f in report.findings if f.severity is Severity.ERROR]
        super().__init__(code, findings=faults)
        self.report = report
