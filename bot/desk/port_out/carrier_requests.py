"""A winning carrier's request: compared when it is entered, answered once, by two if need be."""

from dataclasses import replace

from sqlalchemy import select

from bot.desk.cases.transitions import dismiss
from bot.desk.core.case_facts import find_case, request_facts
from bot.desk.core.context import DeskContext, Stale
from bot.desk.core.history import record_event
from bot.desk.core.security_audit import note_audit
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import announce_event
from bot.desk.notifications.deliveries import add_delivery
from bot.desk.numbers.holdings import need_two_agents, protections, unguarded
from bot.desk.numbers.pin_lockout import locked_numbers
from bot.desk.port_out.automatic_ticks import tick_off
from bot.desk.port_out.matching import Comparison, compare
from bot.desk.port_out.repeated_answers import Decision, made_before
from bot.domain.cases.case import OWNER_SAYS, UNASKED
from bot.domain.cases.kinds import AuditKind, DeliveryKind, EventKind, Kind
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import (
    UNANSWERED,
    Answer,
    OwnerSays,
    ReceivedRequest,
    RequestFacts,
    time_to_answer,
)
from bot.errors import PortOutRefusal, Refusal
from bot.store.locks import hold_case
from bot.store.models.carrier_requests import CarrierRequest
from bot.store.models.cases import Case


class CarrierRequests:
    """Compares winning carriers' requests with what is on file, and records the answers."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def case_for(self, who: str, case_id: int) -> int:
        """Return the case if this person may enter or answer requests for it."""
        with self._context.transaction() as work:
            return self._open_case(work, who, case_id).id

    def enter(self, who: str, case_id: int, entry_key: str, asked: ReceivedRequest) -> RequestFacts:
        """Compare a request with what is on file and keep the result, never what was sent.

        `entry_key` names the form: sent twice, it is one request and one comparison. Raises
        `Refusal` under the field that is wrong.
        """
        return self._context.again(lambda: self._enter(who, case_id, entry_key, asked))

    def _enter(
        self, who: str, case_id: int, entry_key: str, asked: ReceivedRequest
    ) -> RequestFacts:
        with self._context.transaction() as work:
            case = self._case(work, who, case_id)
            query = select(CarrierRequest).where(CarrierRequest.entry_key == entry_key)
            row = work.scalar(query.where(CarrierRequest.case_id == case.id))
            if row is None:
                self._must_be_open(case)
                row = self.new(work, who, case, entry_key, asked)
            return self.facts(work, who, case, row)

    def _case(self, work: Work, who: str, case_id: int) -> Case:
        case = find_case(work, case_id)
        if not self._context.is_agent(who):
            raise Refusal("agents_only")
        if case.kind is not Kind.PORT_OUT:
            raise PortOutRefusal("no_port_out")
        # Requests of one case are entered and answered one after the other, on every replica.
        hold_case(work, case)
        return case

    def _open_case(self, work: Work, who: str, case_id: int) -> Case:
        case = self._case(work, who, case_id)
        self._must_be_open(case)
        return case

    def _must_be_open(self, case: Case) -> None:
        if not case.is_open:
            raise PortOutRefusal("closed")

    def _nothing_open(self, case: Case) -> None:
        last = case.carrier_requests[-1] if case.carrier_requests else None
        if last is not None and last.answer in UNANSWERED:
            raise PortOutRefusal("answer_first", "carrier", carrier=last.carrier)

    def new(
        self, work: Work, who: str, case: Case, entry_key: str, asked: ReceivedRequest
    ) -> CarrierRequest:
        """Compare a request within a transaction, write it down and tell of it."""
        self._nothing_open(case)
        now = self._context.clock()
        received = asked.received_at or now
        if received > now:
            raise PortOutRefusal("received_later", "received_date")
        compared = compare(work, case, asked)
        row = CarrierRequest(
            entry_key=entry_key,
            carrier=asked.carrier.strip(),
            numbers=list(compared.numbers),
            found=[str(reason) for reason in compared.found],
            locked=compared.locked,
            entered_by=who,
            entered_at=now,
            received_at=received,
            answer_by=received + time_to_answer(asked.carrier),
        )
        case.carrier_requests.append(row)
        work.flush()
        self._tell_entered(work, who, case, row, compared)
        return row

    def _tell_entered(
        self,
        work: Work,
        who: str,
        case: Case,
        row: CarrierRequest,
        compared: Comparison,
    ) -> None:
        result = "locked" if row.locked else "differs" if row.found else "matches"
        facts = {"request": str(row.id), "carrier": row.carrier, "result": result}
        facts["reasons"] = ", ".join(row.found)
        note_audit(work, who, AuditKind.COMPARED, case.id, **facts)
        seen = {"carrier": row.carrier, "count": str(len(row.numbers)), "result": result}
        seen["unasked"] = case.fields.get(UNASKED, "")
        event = record_event(
            work,
            case,
            self._context.clock(),
            who,
            EventKind.REQUEST,
            **seen,
            by=row.answer_by.isoformat(),
        )
        tick_off(work, case, who, "request_seen")
        announce_event(work, case, event)
        compared.tell(work, who, case)

    def decide(self, who: str, case_id: int, decision: Decision) -> RequestFacts:
        """Answer a request. The same answer sent twice is one; a stale one is refused.

        Approval of a number that is assigned or protected takes two different agents, the second
        of whom is not the requester.
        """
        return self._context.again(lambda: self._decide(who, case_id, decision))

    def _decide(self, who: str, case_id: int, decision: Decision) -> RequestFacts:
        with self._context.transaction() as work:
            case = self._case(work, who, case_id)
            row = work.get(CarrierRequest, decision.request_id)
            if row is None or row.case_id != case.id:
                raise PortOutRefusal("no_request")
            if not made_before(row, who, decision):
                self._must_be_open(case)
                self._must_be_fresh(row, decision)
                answer = self._approve if decision.approve else self._reject
                answer(work, who, case, row, decision)
                work.flush()
            return self.facts(work, who, case, row)

    def _must_be_fresh(self, row: CarrierRequest, decision: Decision) -> None:
        waiting = row.answer in UNANSWERED
        if not waiting or row.version != decision.version:
            raise Stale("answered_meanwhile")

    def _reject(
        self, work: Work, who: str, case: Case, row: CarrierRequest, decision: Decision
    ) -> None:
        if decision.reason is None:
            raise PortOutRefusal("reason_needed", "reason")
        row.answer, row.reason = Answer.REJECTED, decision.reason
        self._close(work, who, case, row, decision)
        if case.fields.get(UNASKED) and not is_leaving(case):
            dismiss(work, case, who)

    def _approve(
        self, work: Work, who: str, case: Case, row: CarrierRequest, decision: Decision
    ) -> None:
        self._may_approve(work, case, row)
        second = need_two_agents(work, case, row.numbers, who)
        if second and row.answer is Answer.OPEN:
            row.answer, row.first_agent, row.seen = Answer.HALF_APPROVED, who, decision.version
            self._tell(work, who, case, row, row.answer)
            return
        if second and who in {row.first_agent, case.requester}:
            raise PortOutRefusal("second_agent", "decision")
        begins = bool(case.fields.get(UNASKED)) and not is_leaving(case)
        row.answer = Answer.APPROVED
        self._close(work, who, case, row, decision)
        tick_off(work, case, who, "request_approved")
        if begins:
            add_delivery(work, case, DeliveryKind.CHECKLIST, "filed", self._context.channel)

    def _may_approve(self, work: Work, case: Case, row: CarrierRequest) -> None:
        if case.fields.get(OWNER_SAYS) == OwnerSays.NOT_ORDERED:
            raise PortOutRefusal("owner_says_no", "decision")
        if case.status is Status.CANCEL_REQUESTED:
            raise PortOutRefusal("being_cancelled", "decision")
        if row.found or row.locked:
            raise PortOutRefusal("not_matching", "decision")
        if locked_numbers(work, row.numbers, self._context.clock()):
            raise PortOutRefusal("locked", "decision")
        newest = [guard.set_at for guard in protections(work, row.numbers).values()]
        if any(set_at > row.entered_at for set_at in newest):
            raise PortOutRefusal("pin_changed_since", "decision")

    def _close(
        self, work: Work, who: str, case: Case, row: CarrierRequest, decision: Decision
    ) -> None:
        row.answered_by, row.answered_at = who, self._context.clock()
        row.seen = decision.version
        self._tell(work, who, case, row, row.answer)

    def _tell(self, work: Work, who: str, case: Case, row: CarrierRequest, answer: Answer) -> None:
        facts = {"carrier": row.carrier, "count": str(len(row.numbers))}
        facts["unasked"] = case.fields.get(UNASKED, "")
        if row.reason:
            facts["reason"] = row.reason
        note_audit(work, who, AuditKind(answer), case.id, request=str(row.id), **facts)
        kind = EventKind(f"request_{answer}")
        event = record_event(work, case, self._context.clock(), who, kind, **facts)
        announce_event(work, case, event)

    def facts(self, work: Work, who: str, case: Case, row: CarrierRequest) -> RequestFacts:
        """Return what `who` may see of a request."""
        work.flush()
        facts = request_facts(row, need_two_agents(work, case, row.numbers, who))
        return replace(facts, bare=unguarded(work, case, row.numbers))

    def waiting(self, who: str, case_id: int) -> RequestFacts:
        """Return the request of a case that waits for an answer, for an agent who answers it."""
        with self._context.transaction() as work:
            case = self._open_case(work, who, case_id)
            row = case.carrier_requests[-1] if case.carrier_requests else None
            if row is None or row.answer not in UNANSWERED:
                raise PortOutRefusal("no_request")
            return self.facts(work, who, case, row)


def is_leaving(case: Case) -> bool:
    """Say whether a request was approved, so that numbers of the case are on their way."""
    return any(row.answer is Answer.APPROVED for row in case.carrier_requests)
