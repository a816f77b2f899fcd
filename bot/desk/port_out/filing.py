"""Filing a port-out: a draft becomes a case, once, and the numbers are held for it."""

from bot.desk.carriers.directory import remember_carrier
from bot.desk.cases.filing import Filed
from bot.desk.core.case_facts import facts_of, find_case
from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.new_case import open_case
from bot.desk.core.security_audit import note_audit
from bot.desk.core.work import Work
from bot.desk.drafts.draft_numbers import close_draft
from bot.desk.drafts.drafts import Drafts
from bot.desk.notifications.announcements import announce_filing
from bot.desk.notifications.deliveries import add_delivery
from bot.desk.port_out.owner_confirmation import tell_owners
from bot.desk.port_out.validation import PortOutValidator, as_port_out
from bot.domain.cases.kinds import AuditKind, DeliveryKind, EventKind, Kind
from bot.domain.rulebook.rulebook import Report
from bot.store.models.cases import Case, Draft


class PortOutFiling:
    """Judges drafts of port-outs, and files each as one case that holds its numbers."""

    def __init__(self, context: DeskContext, drafts: Drafts, validator: PortOutValidator) -> None:
        self._context = context
        self._drafts = drafts
        self._validator = validator

    def review(self, who: str, draft_id: int) -> Report:
        """Check a draft by the rule book, against what the desk holds."""
        with self._context.transaction() as work:
            draft = self._drafts.of_kind(work, who, draft_id, Kind.PORT_OUT)
            request = as_port_out(self._drafts.request(work, draft))
            return self._validator.check(work, who, request, draft.amends_id)

    def file(self, who: str, draft_id: int) -> Filed:
        """Make the case of a draft, its messages and its checklist, in one transaction.

        Raises `Refused` with the findings. The same draft sent twice is one case.
        """
        return self._context.again(lambda: self._file_once(who, draft_id))

    def _file_once(self, who: str, draft_id: int) -> Filed:
        with self._context.transaction() as work:
            draft = self._drafts.to_file(work, who, draft_id, Kind.PORT_OUT)
            if draft.case_id is not None:
                before = find_case(work, draft.case_id)
                return Filed((facts_of(self._context, before),), again=True)
            case = self._file(work, who, draft)
            return Filed((facts_of(self._context, case),))

    def _file(self, work: Work, who: str, draft: Draft) -> Case:
        request = as_port_out(self._drafts.request(work, draft))
        wish = self._validator.passed(work, who, request)
        now = self._context.clock()
        case = Case(kind=Kind.PORT_OUT, status=None, created_at=now, changed_at=now, requester=who)
        wish.write(self._context, case)
        case.filing_key = f"{draft.view_id}:0"
        open_case(work, case, wish.numbers)
        close_draft(work, draft, case.id)
        remember_carrier(work, wish.request.winning_carrier)
        self._announce(work, who, case, wish.pin_made)
        return case

    def _announce(self, work: Work, who: str, case: Case, made: bool) -> None:
        context = self._context
        event = record_event(
            work, case, case.created_at, who, EventKind.FILED, numbers=str(len(case.numbers))
        )
        note_audit(work, who, AuditKind.PIN_MADE if made else AuditKind.PIN_CHOSEN, case.id)
        announce_filing(work, case, event)
        add_delivery(work, case, DeliveryKind.WORD, event, who)
        add_delivery(work, case, DeliveryKind.CHECKLIST, "filed", context.channel)
        tell_owners(work, case, who, [number.e164 for number in case.numbers])
