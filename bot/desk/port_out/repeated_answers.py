"""An agent's answer to a winning carrier, and whether it was taken already."""

from dataclasses import dataclass

from bot.domain.port_out.requests import Answer, Reason
from bot.store.models.carrier_requests import CarrierRequest


@dataclass(frozen=True)
class Decision:
    """An agent's answer, from the version that they saw; a rejection has its reason."""

    request_id: int
    version: int
    approve: bool
    reason: Reason | None = None


def made_before(row: CarrierRequest, who: str, decision: Decision) -> bool:
    """Say whether this person's same answer, from the same sight of it, was taken already.

    The first of two agents answered from an older sight than the second.
    """
    if not decision.approve:
        made = (row.answer, row.answered_by, row.seen)
        return made == (Answer.REJECTED, who, decision.version)
    if row.first_agent == who and row.answer is not Answer.HALF_APPROVED:
        return decision.version < row.seen
    by = row.first_agent if row.answer is Answer.HALF_APPROVED else row.answered_by
    return row.answer in _APPROVED and (by, row.seen) == (who, decision.version)


_APPROVED = frozenset({Answer.HALF_APPROVED, Answer.APPROVED})
