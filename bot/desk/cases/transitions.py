"""Statuses: who may move a case where, with what, and nothing lost between two people."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from bot.desk.cases.transition_requirements import (
    TransitionInput,
    TransitionRequirements,
    left_behind,
)
from bot.desk.core.case_facts import (
    case_facts,
    check_version,
    facts_of,
    find_case,
    must_be_party,
)
from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import announce_event
from bot.desk.validation.revalidation import Revalidator
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import EventKind, Outcome
from bot.domain.cases.workflow import CLOSED, STATUSES, Need, Status, moves_for
from bot.errors import Refusal
from bot.store.locks import hold_case
from bot.store.models.cases import Case, History

# Five business days' notice, or the carrier may refuse (C).
_WANT_NOTICE = frozenset({Status.CHANGE_REQUESTED, Status.CANCEL_REQUESTED})


@dataclass(frozen=True)
class TransitionForm:
    """A case that somebody wants to move; `short_notice` when the carrier may refuse it (C)."""

    case: CaseFacts
    short_notice: bool


class Transitions:
    """Moves cases from status to status: who may, what it needs, what it causes."""

    def __init__(
        self, context: DeskContext, requirements: TransitionRequirements, revalidator: Revalidator
    ) -> None:
        self._context = context
        self._requirements = requirements
        self._revalidator = revalidator

    def ask(self, who: str, case_id: int, version: int, target: Status) -> TransitionForm:
        """Return the case that a person wants to move, if table, role and version allow it."""
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            self._check(who, case, version, target)
            if STATUSES[target].need is Need.SIGNED_LETTER:
                self._requirements.signed_letter(case)
            late = target in _WANT_NOTICE and self._revalidator.short_of_notice(case)
            return TransitionForm(facts_of(self._context, case), late)

    def move(
        self, who: str, case_id: int, version: int, target: Status, details: TransitionInput
    ) -> CaseFacts:
        """Move a case, if the table, the person's role and the details allow it.

        `version` is what the person saw; when the case has moved on since, `Stale` says so and
        nothing changes. Raises `Refusal` with the field that is missing. The same move
        sent twice is one move.
        """
        return self._context.again(lambda: self._move(who, case_id, version, target, details))

    def _move(
        self, who: str, case_id: int, version: int, target: Status, details: TransitionInput
    ) -> CaseFacts:
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            # A carrier's request that comes at the same moment is seen, or waits for this move.
            hold_case(work, case)
            if _made_before(case, who, version, target):
                return facts_of(self._context, case)
            self._check(who, case, version, target)
            self._requirements.meet(work, case, target, details)
            event = self._apply(work, who, case, target, details)
            event.facts = {**event.facts, "seen": str(version)}
            work.flush()
            return facts_of(self._context, case)

    def _check(self, who: str, case: Case, version: int, target: Status) -> None:
        check_version(case, version)
        if target not in moves_for(case.status, self._context.role(who, case)):
            raise Refusal("move_not_allowed", status=case.status or "NONE", target=target)

    def _apply(
        self, work: Work, who: str, case: Case, target: Status, details: TransitionInput
    ) -> History:
        origin, now = case.status, self._context.clock()
        case.status, case.changed_at = target, now
        case.reason_code = details.reason_code if target is Status.EXCEPTION else ""
        facts = self._effects(case, target, details)
        if target in CLOSED:
            self._close(case, target, details)
        event = record_event(work, case, now, who, EventKind.STATUS, details.why.strip(), **facts)
        event.origin, event.target = origin, target
        announce_event(work, case, event)
        return event

    def _effects(self, case: Case, target: Status, details: TransitionInput) -> dict[str, str]:
        """Keep what came with the move, and return it for the history."""
        if target is Status.FOC and details.foc_at is not None:
            return self._confirmed(case, details, details.foc_at)
        if target is Status.EXCEPTION:
            return {"reason_code": details.reason_code}
        if target is Status.COMPLETED:
            return self._completion(case, details)
        if target in _WANT_NOTICE and self._revalidator.short_of_notice(case):
            return {"short_notice": "yes"}
        return {}

    def _confirmed(self, case: Case, details: TransitionInput, foc_at: datetime) -> dict[str, str]:
        """Keep the confirmed date, and which rules somebody set aside for it."""
        against = [finding.code for finding in self._requirements.against_date(case, details)]
        case.foc_at, case.foc_confirmed_at = foc_at, None
        case.time_zone = details.time_zone or case.time_zone
        return {
            "foc_at": foc_at.isoformat(),
            "time_zone": case.time_zone,
            "against_rules": ", ".join(against),
        }

    def _completion(self, case: Case, details: TransitionInput) -> dict[str, str]:
        facts = case_facts(case, frozenset())
        left = [item.item.key for item in facts.progress if not item.complete]
        behind = sorted(left_behind(case, details))
        return {"open_items": ", ".join(left), "not_moved": ", ".join(behind)}

    def _close(self, case: Case, target: Status, details: TransitionInput) -> None:
        """A closed case lets go of its numbers; each number has its own outcome."""
        behind = left_behind(case, details)
        moved = {number.e164 for number in case.numbers} - behind
        let_go(case, moved if target is Status.COMPLETED else set())

    def confirm_date(self, who: str, case_id: int) -> CaseFacts:
        """The customer says that the confirmed date suits (S3)."""
        return self._context.again(lambda: self._confirm_date(who, case_id))

    def _confirm_date(self, who: str, case_id: int) -> CaseFacts:
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            must_be_party(self._context, who, case)
            if case.status is not Status.FOC:
                raise Refusal("no_date_to_confirm")
            if case.foc_confirmed_at is None:
                case.foc_confirmed_at = self._context.clock()
                event = record_event(
                    work, case, self._context.clock(), who, EventKind.DATE_CONFIRMED
                )
                announce_event(work, case, event, tell_requester=False)
            work.flush()
            return facts_of(self._context, case)


def let_go(case: Case, moved: Set[str]) -> None:
    """Close a case: it holds no number any more, and of each is known whether it moved."""
    case.is_open = False
    for number in case.numbers:
        number.is_held = False
        number.outcome = Outcome.PORTED if number.e164 in moved else Outcome.NOT_PORTED


def dismiss(work: Work, case: Case, who: str) -> None:
    """Close a case that only a rejected request of a carrier had opened."""
    origin, case.status = case.status, Status.CANCELLED
    let_go(case, set())
    event = record_event(work, case, work.context.clock(), who, EventKind.DISMISSED)
    event.origin, event.target = origin, case.status
    announce_event(work, case, event, tell_requester=False)


def _made_before(case: Case, who: str, version: int, target: Status) -> bool:
    """Say whether this person made this move from what they saw, whatever happened since."""
    move = (who, target, str(version))
    return any(
        (event.who, event.target, event.facts.get("seen")) == move
        for event in case.history
        if event.kind == EventKind.STATUS
    )
