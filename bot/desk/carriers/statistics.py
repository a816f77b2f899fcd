"""What this desk's own history says of a losing carrier."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from sqlalchemy import select

from bot.desk.carriers.directory import fold
from bot.desk.core.context import DeskContext
from bot.desk.core.work import Work
from bot.domain.cases.kinds import Kind
from bot.domain.cases.workflow import Status
from bot.store.models.cases import Case, History

# Carriers change; the newest cases say most, and so many are read quickly.
MOST_CASES: Final = 200
MOST_CODES: Final = 3


@dataclass(frozen=True)
class CarrierRecord:
    """What happened with one carrier; `days` from submission to the confirmed date, the median.

    `answered` counts the cases in which the carrier confirmed or refused, `first_go` those that it
    confirmed without a refusal before. `refusals` are its commonest codes with their counts,
    `asked` how often it wanted documents, and `asked_last` the newest note on that.
    """

    carrier: str
    completed: int = 0
    answered: int = 0
    first_go: int = 0
    days: int | None = None
    refusals: tuple[tuple[str, int], ...] = ()
    asked: int = 0
    asked_last: str = ""

    @property
    def share(self) -> int | None:
        """The share accepted at first go, in percent."""
        return round(100 * self.first_go / self.answered) if self.answered else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell yet."""
        return not (self.completed or self.answered or self.asked)


@dataclass(frozen=True)
class _Move:
    """One move of a case, as the history has it."""

    case_id: int
    at: datetime
    target: Status
    why: str
    code: str


class CarrierStatistics:
    """Works out from the history how long a carrier takes, and what it rejects."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def of(self, carrier: str) -> CarrierRecord:
        """Return what the newest cases with this carrier came to, whatever its spelling."""
        with self._context.transaction() as work:
            return told(carrier, _moves(work, fold(carrier)))


def _moves(work: Work, folded: str) -> Sequence[_Move]:
    if not folded:
        return ()
    cases = (
        select(Case.id)
        .where(Case.carrier_folded == folded, Case.kind == Kind.PORT_IN)
        .order_by(Case.id.desc())
        .limit(MOST_CASES)
    )
    query = (
        select(History.case_id, History.at, History.target, History.why, History.facts)
        .where(History.case_id.in_(cases), History.target.is_not(None))
        .order_by(History.id)
    )
    return [
        _Move(row.case_id, row.at, row.target, row.why, str(row.facts.get("reason_code") or ""))
        for row in work.execute(query)
    ]


def told(carrier: str, moves: Iterable[_Move]) -> CarrierRecord:
    """Sum up the moves of a carrier's cases, oldest first."""
    by_case: dict[int, list[_Move]] = {}
    for move in moves:
        by_case.setdefault(move.case_id, []).append(move)
    cases = list(by_case.values())
    answers = [answer for case in cases if (answer := _answer(case))]
    asked = [move for case in cases for move in case if move.target is Status.PENDING_DOCUMENTS]
    codes = Counter(move.code for case in cases for move in case if move.code)
    days = [wait for case in cases if (wait := _days(case)) is not None]
    return CarrierRecord(
        carrier=carrier,
        completed=sum(any(move.target is Status.COMPLETED for move in case) for case in cases),
        answered=len(answers),
        first_go=answers.count(Status.FOC),
        days=round(median(days)) if days else None,
        refusals=tuple(codes.most_common(MOST_CODES)),
        asked=len(asked),
        asked_last=max(asked, key=lambda move: move.at).why if asked else "",
    )


def _answer(case: Sequence[_Move]) -> Status | None:
    """Return what the carrier said first: the date, or that something is wrong."""
    said = (move.target for move in case if move.target in {Status.FOC, Status.EXCEPTION})
    return next(said, None)


def _days(case: Sequence[_Move]) -> float | None:
    sent = next((move.at for move in case if move.target is Status.SUBMITTED), None)
    confirmed = next((move.at for move in case if move.target is Status.FOC), None)
    if sent is None or confirmed is None or confirmed < sent:
        return None
    return (confirmed - sent).total_seconds() / 86400
