"""A case's facts, made without a desk."""

from datetime import UTC, date, datetime
from typing import Any

from bot.domain.cases.case import CaseFacts, LetterFacts
from bot.domain.cases.workflow import Status
from bot.domain.intake.intake import Platform
from bot.domain.port_out.requests import Answer, RequestFacts

CHANGED = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
ZONE = "America/Los_Angeles"
SIGNED = LetterFacts(1, "f", stale=False, signed_on=date(2027, 3, 1))


def a_case(status: Status | None = Status.SUBMITTED, **changes: Any) -> CaseFacts:
    """Return a case that was changed last on the first of March 2027, at seven in Los Angeles."""
    facts: dict[str, Any] = {
        "id": 1,
        "reference": "PRT-1001",
        "version": 1,
        "kind": "port_in",
        "platform": Platform.VOICE_CONNECTOR,
        "status": status,
        "requester": "U0ROSA0001",
        "created_at": CHANGED,
        "changed_at": CHANGED,
        "losing_carrier": "Old Telephone Co",
        "fields": {},
        "secrets_given": frozenset(),
        "numbers": ("+12065550100",),
        "requested_at": None,
        "foc_at": None,
        "foc_confirmed": False,
        "time_zone": ZONE,
    }
    return CaseFacts(**{**facts, **changes})


def a_request(answer: Answer = Answer.OPEN, **changes: Any) -> RequestFacts:
    """Return a winning carrier's request of the first of March, to be answered within a day."""
    facts: dict[str, Any] = {
        "id": 1,
        "version": 1,
        "carrier": "New Telecom",
        "numbers": ("+12065550100",),
        "received_at": CHANGED,
        "answer_by": CHANGED.replace(day=2),
        "answer": answer,
    }
    return RequestFacts(**{**facts, **changes})
