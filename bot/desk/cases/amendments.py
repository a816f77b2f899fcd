"""Changing a case after it was filed: new fields, a new letter, and the carrier's consent."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.desk.core.case_facts import facts_of, find_case, waiting_carrier
from bot.desk.core.context import DeskContext, Stale
from bot.desk.core.faulty_request import Refused
from bot.desk.core.form_fields import Fields, request_fields
from bot.desk.core.history import record_event
from bot.desk.core.new_case import number_rows, write_request
from bot.desk.core.work import Work
from bot.desk.drafts.drafts import Drafts
from bot.desk.letters.documents import keep_documents
from bot.desk.letters.issuing import issue_letter, letter_of
from bot.desk.notifications.announcements import announce_event
from bot.desk.validation.validator import Validator, as_intake, request_of, wanted_moment
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import EventKind, Kind
from bot.domain.cases.workflow import MOVES, Status
from bot.domain.intake.intake import Intake, PortIn
from bot.domain.numbers.phone_number import TelephoneNumber
from bot.domain.rulebook.rulebook import Report, requests_of
from bot.errors import Refusal
from bot.store.locks import hold_case
from bot.store.models.cases import Case, Draft, History


class Amendment(Protocol):
    """Changes what a filed case of one kind says, within the caller's transaction."""

    def change(self, work: Work, who: str, case: Case, typed: Fields) -> None:
        """Make a case say what a whole form says. Raises `Refused` with the findings."""


class CaseAmendments:
    """Turns the draft of a changed request into a new version of its case."""

    def __init__(
        self, context: DeskContext, drafts: Drafts, kinds: Mapping[Kind, Amendment]
    ) -> None:
        self._context = context
        self._drafts = drafts
        self._kinds = kinds

    def apply(self, who: str, draft_id: int) -> CaseFacts:
        """Make a draft's changes to its case, once, however often it is sent.

        A case that a carrier has seen goes to CHANGE_REQUESTED; a changed printed field makes a
        new version of the letter. Raises `Refused` with the findings, `Stale` when somebody
        else changed the case meanwhile.
        """
        return self._context.again(lambda: self._apply_once(who, draft_id))

    def _apply_once(self, who: str, draft_id: int) -> CaseFacts:
        with self._context.transaction() as work:
            draft = self._drafts.owned(work, who, draft_id)
            case = find_case(work, draft.amends_id or 0)
            hold_case(work, case)
            work.refresh(draft)
            if draft.case_id is None:
                self._apply(work, who, draft, case)
            work.flush()
            return facts_of(self._context, case)

    def _apply(self, work: Work, who: str, draft: Draft, case: Case) -> None:
        if case.version != draft.amends_version:
            raise Stale("changed_meanwhile")
        if (carrier := waiting_carrier(case)) is not None:
            raise Refusal("change_waits", carrier=carrier)
        typed = self._drafts.request(work, draft)
        draft.case_id = case.id
        self._kinds[case.kind].change(work, who, case, typed)


class PortInAmendments:
    """Changes a port-in's fields and numbers, and issues a new letter if print changed."""

    def __init__(self, context: DeskContext, validator: Validator) -> None:
        self._context = context
        self._validator = validator

    def change(self, work: Work, who: str, case: Case, typed: Fields, **about: str) -> None:
        """Make a case say what a form says, if the rule book lets it. Raises `Refused`.

        The line of the history says what the change is `about`. Where nothing printed changes, the
        letter stays.
        """
        keep_documents(work, case, who, typed)
        before, intake = request_of(self._context, case), as_intake(typed)
        report = self._validator.check(work, intake, who, own_case=case.id)
        self._must_pass(report)
        [after] = requests_of(intake)
        if changed := differing(before, after):
            printed = letter_of(case, before)
            self._write(work, case, after, typed, report.numbers)
            announce_change(work, who, case, changed, **about)
            letter = letter_of(case, after)
            if letter != printed or not case.letters:
                issue_letter(work, case, letter)

    def _must_pass(self, report: Report) -> None:
        if not report.ok:
            raise Refused("has_faults", report)
        if len(report.split) > 1:
            raise Refusal("change_would_split", "numbers")

    def _write(
        self,
        work: Work,
        case: Case,
        request: PortIn,
        typed: Fields,
        numbers: Sequence[TelephoneNumber],
    ) -> None:
        write_request(self._context, case, request, typed)
        case.losing_carrier = request.losing_carrier
        case.time_zone = request.time_zone or case.time_zone
        case.requested_at = wanted_moment(request, case.time_zone)
        hold_exactly(work, case, numbers)


def hold_exactly(work: Work, case: Case, numbers: Sequence[TelephoneNumber]) -> None:
    """Let a case hold these numbers and no others; a number that stays keeps its row."""
    held = {row.e164: row for row in case.numbers}
    wanted = {number.e164: number for number in numbers}
    new = [number for e164, number in wanted.items() if e164 not in held]
    case.numbers = [row for e164, row in held.items() if e164 in wanted] + number_rows(new)
    work.flush()


def differing(before: Intake, after: Intake) -> tuple[str, ...]:
    """Return the names of the fields that differ; values stay out of it, some are secret."""
    said, says = request_fields(before), request_fields(after)
    return tuple(sorted(name for name in said | says if said.get(name) != says.get(name)))


def announce_change(
    work: Work,
    who: str,
    case: Case,
    changed: Sequence[str],
    **more: str,
) -> History:
    """Write down which fields changed, and ask the carrier's consent where one has the case."""
    now, origin = work.context.clock(), case.status
    event = record_event(work, case, now, who, EventKind.CHANGED, fields=", ".join(changed), **more)
    case.changed_at = now
    if Status.CHANGE_REQUESTED in MOVES[origin]:
        case.status = Status.CHANGE_REQUESTED
        event.origin, event.target = origin, case.status
    announce_event(work, case, event)
    return event
