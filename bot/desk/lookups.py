"""Looking things up: a case, its history, lists, a secret for one pair of eyes."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.facts import facts_of, find_case, history_of, record, reference, row_id
from bot.desk.room import Room
from bot.domain.cases import CaseFacts, Event
from bot.domain.numbers import read_numbers
from bot.domain.statuses import Role
from bot.store.tables import Address, Case, CaseNumber, History, Kind, Posted

MOST_LISTED = 20


@dataclass(frozen=True)
class Place:
    """Where Slack shows something of a case."""

    channel: str
    ts: str


class Lookups:
    """Answers questions; changes nothing but the record of who saw a secret."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def case(self, case_id: int) -> CaseFacts:
        """Return the facts of a case, for the desk's own use."""
        with self._room.transaction() as session:
            return facts_of(self._room, find_case(session, self._room, case_id))

    def case_for(self, who: str, case_id: int) -> tuple[CaseFacts, Role]:
        """Return a case and what the person is to it; strangers are refused."""
        with self._room.transaction() as session:
            case = find_case(session, self._room, case_id)
            role = self._room.role(who, case)
            if role is Role.OTHER:
                raise self._room.say("not_your_case")
            return facts_of(self._room, case), role

    def linked(self, case_id: int) -> tuple[str, ...]:
        """Return the cases that the same request became, without this one."""
        with self._room.transaction() as session:
            case = find_case(session, self._room, case_id)
            first = case.linked_id or case.id
            same = (Case.id == first) | (Case.linked_id == first)
            ids = session.scalars(select(Case.id).where(same).order_by(Case.id))
            return tuple(reference(other) for other in ids if other != case_id)

    def history(self, case_id: int) -> tuple[Event, ...]:
        """Return who did what on a case, oldest first."""
        with self._room.transaction() as session:
            return history_of(session, case_id)

    def event(self, event_id: int) -> Event:
        """Return one line of the history."""
        with self._room.transaction() as session:
            row = session.get_one(History, event_id)
            return Event(
                row.id, row.at, row.who, row.kind, row.origin, row.target, row.why, row.facts
            )

    def places(self, case_id: int) -> dict[str, Place]:
        """Return where the headline, the card and the checklist of a case stand."""
        with self._room.transaction() as session:
            rows = session.scalars(select(Posted).where(Posted.case_id == case_id))
            return {row.place: Place(row.channel, row.ts) for row in rows}

    def address(self, person: str) -> str:
        """Return the direct-message channel of a person, or the person where none is known."""
        with self._room.transaction() as session:
            row = session.get(Address, person)
            return row.channel if row else person

    def find(self, who: str, asked: str) -> tuple[CaseFacts, ...]:
        """Find cases by reference or telephone number; only those the person may see."""
        with self._room.transaction() as session:
            found = [case for case in self._matching(session, asked) if self._may_see(who, case)]
            return tuple(facts_of(self._room, case) for case in found)

    def _matching(self, session: Session, asked: str) -> list[Case]:
        by_reference = session.get(Case, row_id(asked)) if row_id(asked) > 0 else None
        if by_reference is not None:
            return [by_reference]
        numbers = [number.e164 for number in read_numbers(asked, "US").numbers[:10]]
        holding = select(CaseNumber.case_id).where(CaseNumber.e164.in_(numbers))
        query = select(Case).where(Case.id.in_(holding))
        return list(session.scalars(query.order_by(Case.id.desc()).limit(MOST_LISTED)))

    def open_cases(self, who: str) -> tuple[CaseFacts, ...]:
        """List the open cases: an agent's desk, or one's own."""
        with self._room.transaction() as session:
            query = select(Case).where(Case.is_open.is_(True))
            if not self._room.is_agent(who):
                query = query.where(Case.requester == who)
            rows = session.scalars(query.order_by(Case.id.desc()).limit(MOST_LISTED))
            return tuple(facts_of(self._room, case) for case in rows)

    def every_case(self) -> tuple[CaseFacts, ...]:
        """Return all cases, for the export."""
        with self._room.transaction() as session:
            rows = session.scalars(select(Case).order_by(Case.id))
            return tuple(facts_of(self._room, case) for case in rows)

    def _may_see(self, who: str, case: Case) -> bool:
        return self._room.role(who, case) is not Role.OTHER

    def reveal(self, who: str, case_id: int, secret: str) -> str:
        """Show one secret to one agent, and write down that it was shown."""
        with self._room.transaction() as session:
            case = find_case(session, self._room, case_id)
            if not self._room.is_agent(who):
                raise self._room.say("agents_only")
            value = self._room.cipher.unseal(case.sealed).get(secret)
            # What a port-out keeps is shown by "Show what to give" only, which is audited.
            if not value or case.kind is Kind.PORT_OUT:
                raise self._room.say("nothing_on_file")
            record(session, case, self._room.clock(), who, "revealed", secret=secret)
            return str(value)
