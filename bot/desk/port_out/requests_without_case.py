"""A carrier asks for numbers that nobody here wants to let go: a case is opened for it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from sqlalchemy import Select, select

from bot.desk.core.case_facts import facts_of, find_case
from bot.desk.core.context import Crossed, DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.new_case import open_case, write_request
from bot.desk.core.references import reference, row_id
from bot.desk.core.security_audit import note_audit
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import announce_filing
from bot.desk.numbers.holdings import Holding, holdings
from bot.desk.port_out.carrier_requests import CarrierRequests
from bot.desk.port_out.validation import as_port_out
from bot.desk.validation.validator import taken_numbers
from bot.domain.cases.case import UNASKED, CaseFacts
from bot.domain.cases.kinds import AuditKind, EventKind, Kind
from bot.domain.numbers.number_list import read_numbers
from bot.domain.numbers.phone_number import TelephoneNumber
from bot.domain.port_out.requests import ReceivedRequest, RequestFacts
from bot.errors import PortOutRefusal, Refusal
from bot.store.locks import hold_case, take_turn
from bot.store.models.carrier_requests import CarrierRequest
from bot.store.models.cases import Case
from bot.store.models.security_audit import Audit


@dataclass(frozen=True)
class Entered:
    """A request and the case it stands in; without one, none of the numbers is ours."""

    numbers: tuple[str, ...]
    case: CaseFacts | None = None
    request: RequestFacts | None = None


@dataclass(frozen=True)
class _Entry:
    """A request as it was typed in; `key` names the form."""

    who: str
    key: str
    asked: ReceivedRequest
    numbers: tuple[TelephoneNumber, ...]

    @property
    def e164(self) -> tuple[str, ...]:
        return tuple(number.e164 for number in self.numbers)


class RequestsWithoutCase:
    """Finds or opens the case of a carrier's request that names none."""

    def __init__(self, context: DeskContext, requests: CarrierRequests) -> None:
        self._context = context
        self._requests = requests

    def may_enter(self, who: str) -> None:
        """Raise for anybody who is no agent."""
        if not self._context.is_agent(who):
            raise Refusal("agents_only")

    def enter(self, who: str, key: str, asked: ReceivedRequest) -> Entered:
        """Compare a request in the port-out that holds its numbers, or in a case opened for it.

        The owner of the numbers is asked whether they ordered the move. Numbers that are not
        in the inventory belong to no case: such a request only stands in the audit. `key` names
        the form: sent twice, it is one request. Raises `Refusal` under the field that is
        wrong.
        """
        self.may_enter(who)
        listed = read_numbers(asked.numbers)
        if listed.problems or not listed.numbers:
            raise PortOutRefusal("numbers_unreadable", "numbers")
        entry = _Entry(who, key, asked, tuple(listed.numbers))
        return self._context.again(lambda: self._enter(entry))

    def _enter(self, entry: _Entry) -> Entered:
        with self._context.transaction() as work:
            row = work.scalar(_entered_as(entry.key)) or self._compared(work, entry)
            if row is None:
                self._note_strangers(work, entry)
                return Entered(entry.e164)
            case = find_case(work, row.case_id)
            request = self._requests.facts(work, entry.who, case, row)
            return Entered(entry.e164, facts_of(self._context, case), request)

    def _compared(self, work: Work, entry: _Entry) -> CarrierRequest | None:
        """Compare a request where its numbers are; None where we do not have any."""
        taken = taken_numbers(work, entry.e164)
        case = self._leaving(work, set(taken.values()))
        if case is None:
            held = holdings(work, entry.e164)
            self._not_coming_again(held.keys() & taken.keys(), taken)
            if not held:
                return None
            case = self._open(work, entry, held)
        hold_case(work, case)
        if not case.is_open:
            # Closed at the same moment: `again` looks anew where the numbers are.
            raise Crossed("changed_meanwhile")
        if row := work.scalar(_entered_as(entry.key)):
            # The same form, sent twice at once, was the one that opened the case.
            return row
        # They were read already; the case may be in a country that would read them otherwise.
        asked = replace(entry.asked, numbers=", ".join(entry.e164))
        return self._requests.new(work, entry.who, case, entry.key, asked)

    def _not_coming_again(self, numbers: Set[str], taken: Mapping[str, str]) -> None:
        """Numbers of ours in an open port-in are no strangers, and a case holds each of them."""
        if numbers:
            cases = sorted({taken[e164] for e164 in numbers})
            raise PortOutRefusal("coming_again", "numbers", cases=cases)

    def _leaving(self, work: Work, references: set[str]) -> Case | None:
        """Return the open port-out that has some of the numbers already."""
        ids = [row_id(name) for name in references]
        query = select(Case).where(Case.id.in_(ids), Case.kind == Kind.PORT_OUT)
        found = work.scalars(query.order_by(Case.id)).all()
        if len(found) > 1:
            cases = [reference(case.id) for case in found]
            raise PortOutRefusal("several_cases", "numbers", cases=cases)
        return found[0] if found else None

    def _open(self, work: Work, entry: _Entry, held: Mapping[str, Holding]) -> Case:
        mine = [number for number in entry.numbers if number.e164 in held]
        case = self._row(entry, self._one_origin(work, held), mine[0].country)
        open_case(work, case, mine)
        facts = {"carrier": case.fields["winning_carrier"], "numbers": str(len(held))}
        event = record_event(work, case, case.created_at, entry.who, EventKind.OPENED, **facts)
        announce_filing(work, case, event)
        return case

    def _one_origin(self, work: Work, held: Mapping[str, Holding]) -> Case:
        """Return the port-in that brought the numbers: a case has one owner and one platform."""
        ids = sorted({holding.case_id for holding in held.values()})
        came = [find_case(work, case_id) for case_id in ids]
        if len({(case.requester, case.platform) for case in came}) > 1:
            cases = [reference(case.id) for case in came]
            raise PortOutRefusal("several_owners", "numbers", cases=cases)
        return came[0]

    def _row(self, entry: _Entry, origin: Case, country: str) -> Case:
        """Return a port-out of the owner's, with no secret of its own to compare with."""
        now = self._context.clock()
        case = Case(
            kind=Kind.PORT_OUT,
            requester=origin.requester,
            filing_key=f"request:{entry.key}",
            created_at=now,
            changed_at=now,
            time_zone=self._context.time_zone,
        )
        known = {"platform": origin.platform.value, "country": country}
        request = as_port_out(known | {"winning_carrier": entry.asked.carrier})
        write_request(self._context, case, request, {UNASKED: "yes"})
        return case

    def _note_strangers(self, work: Work, entry: _Entry) -> None:
        carrier = entry.asked.carrier.strip()
        facts = {"result": "not_ours", "form": entry.key, "carrier": carrier}
        take_turn(work, entry.key)
        about = select(Audit).where(Audit.e164 == entry.e164[0], Audit.case_id.is_(None))
        if any(row.facts == facts for row in work.scalars(about)):
            return
        for e164 in entry.e164:
            note_audit(work, entry.who, AuditKind.COMPARED, None, e164, **facts)


def _entered_as(key: str) -> Select[CarrierRequest]:
    return select(CarrierRequest).where(CarrierRequest.entry_key == key)
