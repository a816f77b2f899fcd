"""Filing: a draft becomes one or more cases, once, whatever is clicked twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bot.desk.carriers.directory import remember_carrier
from bot.desk.core.case_facts import facts_of
from bot.desk.core.context import DeskContext
from bot.desk.core.faulty_request import Refused
from bot.desk.core.form_fields import Fields
from bot.desk.core.history import record_event
from bot.desk.core.new_case import open_case, write_request
from bot.desk.core.work import Work
from bot.desk.drafts.draft_numbers import close_draft
from bot.desk.drafts.drafts import Drafts
from bot.desk.letters.documents import keep_documents
from bot.desk.letters.issuing import issue_letter, letter_of, note_signature
from bot.desk.notifications.announcements import announce_filing
from bot.desk.validation.validator import Validator, as_intake, wanted_moment
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import EventKind, Kind
from bot.domain.intake.intake import PortIn
from bot.domain.rulebook.rulebook import Report, requests_of
from bot.store.models.cases import Case, Draft


@dataclass(frozen=True)
class Filed:
    """The cases that a draft became; `again` when it had been filed before."""

    cases: tuple[CaseFacts, ...]
    again: bool = False


class Filing:
    """Judges drafts of port-ins, and files each as one case or several linked ones."""

    def __init__(self, context: DeskContext, drafts: Drafts, validator: Validator) -> None:
        self._context = context
        self._drafts = drafts
        self._validator = validator

    def review(self, who: str, draft_id: int) -> Report:
        """Check a draft as the strictest carrier would, against what the desk holds already."""
        with self._context.transaction() as work:
            draft = self._drafts.of_kind(work, who, draft_id, Kind.PORT_IN)
            intake = as_intake(self._drafts.request(work, draft))
            return self._validator.check(work, intake, who, draft.amends_id)

    def file(self, who: str, draft_id: int) -> Filed:
        """Make the cases of a draft: their letters, their messages, all in one transaction.

        Raises `Refused` with the findings, also when another open case holds a number.
        """
        return self._context.again(lambda: self._file_once(who, draft_id))

    def _file_once(self, who: str, draft_id: int) -> Filed:
        with self._context.transaction() as work:
            draft = self._drafts.to_file(work, who, draft_id, Kind.PORT_IN)
            before = _filed_before(work, draft)
            if before:
                return Filed(tuple(facts_of(self._context, case) for case in before), again=True)
            return Filed(tuple(self._file(work, who, draft)))

    def _file(self, work: Work, who: str, draft: Draft) -> Sequence[CaseFacts]:
        typed = self._drafts.request(work, draft)
        intake = as_intake(typed)
        report = self._validator.check(work, intake, who, advise=False)
        if not report.ok:
            raise Refused("has_faults", report)
        requests = requests_of(intake)
        cases = [_case_row(self._context, who, request, typed) for request in requests]
        lots = zip(cases, requests, report.split, strict=True)
        for place, (case, request, group) in enumerate(lots):
            case.filing_key = f"{draft.view_id}:{place}"
            # The first one has no id yet, and is linked to none.
            case.linked_id = cases[0].id
            open_case(work, case, group.numbers)
            self._begin(work, case, request, typed)
        close_draft(work, draft, cases[0].id)
        work.flush()
        return [facts_of(self._context, case) for case in cases]

    def _begin(self, work: Work, case: Case, request: PortIn, typed: Fields) -> None:
        who = case.requester
        remember_carrier(work, case.losing_carrier)
        count = str(len(case.numbers))
        filed = record_event(work, case, case.created_at, who, EventKind.FILED, numbers=count)
        keep_documents(work, case, who, typed)
        announce_filing(work, case, filed)
        issue_letter(work, case, letter_of(case, request))
        if typed.get("signed_loa") and request.loa_signed_on and case.letters:
            signed_on = date.fromisoformat(request.loa_signed_on)
            note_signature(work, case, who, signed_on, request.signature)


def _filed_before(work: Work, draft: Draft) -> Sequence[Case]:
    if draft.case_id is None:
        return ()
    same = (Case.id == draft.case_id) | (Case.linked_id == draft.case_id)
    return work.scalars(select(Case).where(same).order_by(Case.id)).all()


def _case_row(context: DeskContext, who: str, request: PortIn, typed: Fields) -> Case:
    zone = request.time_zone or context.time_zone
    now = context.clock()
    case = Case(
        kind=Kind(request.kind),
        status=None,
        requester=who,
        created_at=now,
        changed_at=now,
        losing_carrier=request.losing_carrier,
        requested_at=wanted_moment(request, zone),
        time_zone=zone,
    )
    write_request(context, case, request, typed)
    return case
