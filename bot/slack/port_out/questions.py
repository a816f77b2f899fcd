"""The questions of /port-out as one table: on which page each stands, and when it is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.domain.intake.platforms import is_connect
from bot.slack.modals.question import Kind

Fields = Mapping[str, Any]
Condition = Callable[[Fields], bool]


class Step(StrEnum):
    """The pages of the form, in order; the review has no questions."""

    NUMBERS = "numbers"
    ACCOUNT = "account"
    REVIEW = "review"


def _always(_fields: Fields) -> bool:
    return True


def _never(_fields: Fields) -> bool:
    return False


def _connect(fields: Fields) -> bool:
    return is_connect(str(fields.get("platform") or ""))


@dataclass(frozen=True)
class Question:
    """One question; its name is the intake's, and the block_id in Slack.

    Without a `kind` it is a single box to tick.
    """

    name: str
    page: Step
    kind: Kind | None = Kind.TEXT
    needed: Condition = _never
    asked: Condition = _always


FIELDS: Final = (
    Question("platform", Step.NUMBERS, Kind.RADIO, _always),
    Question("numbers", Step.NUMBERS, Kind.LONG, _always),
    Question("declared", Step.NUMBERS, None),
    Question("winning_carrier", Step.NUMBERS, Kind.SUGGEST),
    Question("contact_email", Step.NUMBERS, Kind.EMAIL),
    Question("account_id", Step.ACCOUNT, needed=_always),
    Question("pin", Step.ACCOUNT),
    Question("postal_code", Step.ACCOUNT),
    Question("requested_date", Step.ACCOUNT, Kind.DATE),
    Question("time_zone", Step.ACCOUNT, Kind.SELECT),
    Question("instance_arn", Step.ACCOUNT, Kind.TEXT, _connect, _connect),
    Question("region", Step.ACCOUNT, Kind.TEXT, _connect, _connect),
    Question("instance_name", Step.ACCOUNT, Kind.TEXT, _never, _connect),
)
LONG: Final = tuple(q.name for q in FIELDS if q.kind is Kind.LONG)
_PAGES: Final = {question.name: question.page for question in FIELDS}


def page_of(name: str) -> Step:
    """Return where a field is asked; what the form does not ask belongs to the numbers."""
    return _PAGES.get(name, Step.NUMBERS)


def asked_on(page: Step, fields: Fields) -> tuple[Question, ...]:
    """Return the questions of a page that apply to what is known by now."""
    return tuple(q for q in FIELDS if q.page is page and q.asked(fields))
