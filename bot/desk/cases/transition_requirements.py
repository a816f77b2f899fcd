"""What each move needs, by its row of the table: a reason, a code, a date, a signed letter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.desk.core.case_facts import case_facts, waiting_carrier
from bot.desk.core.context import DeskContext
from bot.desk.core.work import Work
from bot.desk.validation.revalidation import Revalidator
from bot.domain.cases.kinds import Kind
from bot.domain.cases.rejections import OTHER, is_known
from bot.domain.cases.workflow import CLOSED, STATUSES, Need, Status
from bot.domain.checklists.port_out import left_to_clear
from bot.domain.findings.finding import Finding
from bot.domain.numbers.number_list import NumberList, read_numbers
from bot.domain.rulebook.checks.dates import FARTHEST_ABROAD
from bot.errors import Refusal
from bot.store.models.cases import Case

_FOC_FIELD: Final = {"requested_time": "foc_time", "time_zone": "foc_zone"}


@dataclass(frozen=True)
class TransitionInput:
    """What came with a move.

    `foc_rules_known` and `open_items_known` say that the person saw what speaks against it and
    goes on all the same; both are recorded.
    """

    why: str = ""
    reason_code: str = ""
    foc_at: datetime | None = None
    time_zone: str = ""
    foc_rules_known: bool = False
    not_moved: str = ""
    open_items_known: bool = False


class TransitionRequirements:
    """Refuses a move that lacks what it needs, under the field that is missing."""

    def __init__(self, context: DeskContext, revalidator: Revalidator) -> None:
        self._context = context
        self._revalidator = revalidator
        self._table: dict[Need, Callable[[Work, Case, TransitionInput], None]] = {
            Need.NOTHING: self._nothing,
            Need.SIGNED_LETTER: self._signed_letter,
            Need.NOTE: self._why,
            Need.REASON: self._why,
            Need.REASON_CODE: self._code,
            Need.FOC_DATE: self._foc,
            Need.OUTCOME: self._outcome,
        }

    def meet(self, work: Work, case: Case, target: Status, details: TransitionInput) -> None:
        """Raise `Refusal` with the field that is missing, if one is."""
        if target in CLOSED and (carrier := waiting_carrier(case)) is not None:
            # A closed case cannot answer the winning carrier, and silence counts as a yes (B, T).
            raise Refusal("carrier_waits", carrier=carrier)
        self._table[STATUSES[target].need](work, case, details)

    def _nothing(self, _work: Work, _case: Case, _details: TransitionInput) -> None:
        """Let the move go."""

    def _why(self, _work: Work, _case: Case, details: TransitionInput) -> None:
        if not details.why.strip():
            raise Refusal("why_needed", "why")

    def _code(self, work: Work, case: Case, details: TransitionInput) -> None:
        if not details.reason_code:
            raise Refusal("code_needed", "reason_code")
        if details.reason_code == OTHER or not is_known(details.reason_code, case.kind):
            self._why(work, case, details)

    def _foc(self, _work: Work, case: Case, details: TransitionInput) -> None:
        if details.foc_at is None:
            raise Refusal("foc_needed", "foc_date")
        if details.foc_at <= self._context.clock():
            raise Refusal("foc_in_the_past", "foc_date")
        if details.foc_at > self._context.clock() + timedelta(days=FARTHEST_ABROAD):
            raise Refusal("foc_too_far", "foc_date")
        if not details.foc_rules_known:
            self._no_rule_against(self.against_date(case, details))

    def against_date(self, case: Case, details: TransitionInput) -> tuple[Finding, ...]:
        """Return what the rules say against the confirmed date."""
        if details.foc_at is None:
            return ()
        zone = details.time_zone or case.time_zone
        return self._revalidator.against_date(case, details.foc_at, zone)

    def _no_rule_against(self, found: tuple[Finding, ...]) -> None:
        """A person may know better than the rules, and says so: the date is the carrier's."""
        if found:
            field = _FOC_FIELD.get(found[0].field, "foc_date")
            raise Refusal("foc_against_rules", field, finding=found[0])

    def signed_letter(self, case: Case) -> None:
        """Raise for a letter that is unsigned, stale or too old to be submitted (S1).

        Numbers that leave need no letter of ours: the winning carrier has its own (C).
        """
        if case.kind is Kind.PORT_OUT:
            return
        letter = case.letters[-1] if case.letters else None
        if letter is None or letter.stale_at is not None or letter.signed_on is None:
            raise Refusal("letter_not_signed")
        if case.status is None:
            signature = letter.signature or "ink"
            found = self._revalidator.against_letter(case, letter.signed_on, signature)
            self._revalidator.must_hold(found)

    def _signed_letter(self, work: Work, case: Case, _details: TransitionInput) -> None:
        self.signed_letter(case)
        if case.status is None and case.kind is Kind.PORT_IN:
            self._revalidator.before_submission(work, case)

    def _outcome(self, _work: Work, case: Case, details: TransitionInput) -> None:
        facts = case_facts(case, frozenset())
        open_items = [item for item in facts.progress if not item.complete]
        if open_items and not details.open_items_known:
            raise Refusal("items_open", "open_items_known", count=len(open_items))
        if read_left_behind(case, details).problems:
            raise Refusal("not_moved_unreadable", "not_moved")
        strangers = left_behind(case, details) - set(facts.numbers)
        if strangers:
            raise Refusal("not_in_case", "not_moved", number=sorted(strangers)[0])
        if case.kind is Kind.PORT_OUT and not details.why.strip():
            self._nothing_left_here(case, details)

    def _nothing_left_here(self, case: Case, details: TransitionInput) -> None:
        """Numbers that left must be unassigned and deleted, or an agent says why not (S2, S3)."""
        facts = case_facts(case, frozenset())
        left = left_to_clear(facts.progress, facts.numbers, left_behind(case, details))
        if left:
            raise Refusal("not_cleared", "why", numbers=left)


def left_behind(case: Case, details: TransitionInput) -> set[str]:
    """Return the numbers that a person says did not move."""
    return {number.e164 for number in read_left_behind(case, details).numbers}


def read_left_behind(case: Case, details: TransitionInput) -> NumberList:
    """Read those numbers as people type them, in the case's country."""
    country = case.numbers[0].country if case.numbers else "US"
    return read_numbers(details.not_moved, country)
