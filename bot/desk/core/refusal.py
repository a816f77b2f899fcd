"""How the desk says no: with a sentence, and with what the rule book found."""

from bot.desk.core.context import DeskContext
from bot.domain.rulebook.rulebook import Report
from bot.errors import PortingError


class Refused(PortingError):
    """A request with faults that a carrier would refuse; `report` lists them."""

    def __init__(self, report: Report, message: str) -> None:
        super().__init__(message)
        self.report = report


def refusal(
    context: DeskContext, answer: str, field: str | None = None, **facts: object
) -> PortingError:
    """Return the error whose sentence stands in `templates/port_out/answers.toml`."""
    return PortingError(context.words.sentence("port_out/answers", answer, **facts), field)
