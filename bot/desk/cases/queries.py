"""Looking things up: a case, its history, lists, a secret for one pair of eyes."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select

from bot.desk.core.case_facts import WHOLE_CASE, facts_of, find_case
from bot.desk.core.context import DeskContext
from bot.desk.core.history import history_of, record_event
from bot.desk.core.references import reference, row_id
from bot.desk.core.work import Work
from bot.domain.cases.case import CaseFacts, Event
from bot.domain.cases.kinds import EventKind, Kind
from bot.domain.cases.subjects import of_case
from bot.domain.cases.workflow import Role
from bot.domain.numbers.number_list import read_numbers
from bot.errors import Refusal
from bot.store.models.cases import Case, CaseNumber, History
from bot.store.models.deliveries import DirectChannel, PostedMessage

MOST_LISTED = 20
# So many cases are read at a time where all are.
AT_ONCE = 500
# Fewer would find too much; no number has more.
ENDING = range(7, 16)


@dataclass(frozen=True)
class Place:
    """Where Slack shows something of a case."""

    channel: str
    ts: str


class CaseQueries:
    """Answers questions; changes nothing but the record of who saw a secret."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def case(self, case_id: int) -> CaseFacts:
        """Return the facts of a case, for the desk's own use."""
        with self._context.transaction() as work:
            return facts_of(self._context, find_case(work, case_id))

    def case_for(self, who: str, case_id: int) -> tuple[CaseFacts, Role]:
        """Return a case and what the person is to it; strangers are refused."""
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            role = self._context.role(who, case)
            if role is Role.OTHER:
                raise Refusal("not_your_case")
            return facts_of(self._context, case), role

    def linked(self, case_id: int) -> tuple[str, ...]:
        """Return the cases that the same request became, without this one."""
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            first = case.linked_id or case.id
            same = (Case.id == first) | (Case.linked_id == first)
            ids = work.scalars(select(Case.id).where(same).order_by(Case.id))
            return tuple(reference(other) for other in ids if other != case_id)

    def history(self, case_id: int) -> tuple[Event, ...]:
        """Return who did what on a case, oldest first."""
        with self._context.transaction() as work:
            return history_of(work, of_case(case_id))

    def event(self, event_id: int) -> Event:
        """Return one line of the history."""
        with self._context.transaction() as work:
            row = work.get_one(History, event_id)
            return Event(
                row.id, row.at, row.who, row.kind, row.origin, row.target, row.why, row.facts
            )

    def places(self, case_id: int) -> dict[str, Place]:
        """Return where the headline, the card and the checklist of a case stand."""
        with self._context.transaction() as work:
            rows = work.scalars(select(PostedMessage).where(PostedMessage.case_id == case_id))
            return {row.place: Place(row.channel, row.ts) for row in rows}

    def address(self, person: str) -> str:
        """Return the direct-message channel of a person, or the person where none is known."""
        with self._context.transaction() as work:
            row = work.get(DirectChannel, (person, work.workspace_id))
            return row.channel if row else person

    def find(self, who: str, asked: str) -> tuple[CaseFacts, ...]:
        """Find cases by reference, telephone number or its last digits.

        Only those the person may see, the newest first.
        """
        with self._context.transaction() as work:
            query = self._seen_by(who).where(_matches(work, asked))
            return self._listed(work, query)

    def open_cases(self, who: str) -> tuple[CaseFacts, ...]:
        """List the open cases: an agent's desk, or one's own."""
        with self._context.transaction() as work:
            return self._listed(work, self._seen_by(who).where(Case.is_open.is_(True)))

    def _seen_by(self, who: str) -> Select[Case]:
        every = select(Case)
        return every if self._context.is_agent(who) else every.where(Case.requester == who)

    def _listed(self, work: Work, query: Select[Case]) -> tuple[CaseFacts, ...]:
        newest = query.order_by(Case.id.desc()).limit(MOST_LISTED)
        rows = work.scalars(newest.options(*WHOLE_CASE))
        return tuple(facts_of(self._context, case) for case in rows)

    def every_case(self) -> tuple[CaseFacts, ...]:
        """Return all cases, for the export."""
        with self._context.transaction() as work:
            query = select(Case).order_by(Case.id).options(*WHOLE_CASE)
            rows = work.scalars(query.execution_options(yield_per=AT_ONCE))
            return tuple(facts_of(self._context, case) for case in rows)

    def reveal(self, who: str, case_id: int, secret: str) -> str:
        """Show one secret to one agent, and write down that it was shown."""
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            if not self._context.is_agent(who):
                raise Refusal("agents_only")
            value = self._context.cipher.unseal(case.sealed).get(secret)
            # What a port-out keeps is shown by "Show what to give" only, which is audited.
            if not value or case.kind is Kind.PORT_OUT:
                raise Refusal("nothing_on_file")
            record_event(work, case, self._context.clock(), who, EventKind.REVEALED, secret=secret)
            return str(value)


def _matches(work: Work, asked: str) -> ColumnElement[bool]:
    """Say which cases are meant: a reference that exists before a number that looks like one."""
    wanted = row_id(asked)
    if wanted > 0 and work.get(Case, wanted) is not None:
        return Case.id == wanted
    return Case.id.in_(select(CaseNumber.case_id).where(_numbers_meant(asked)))


def _numbers_meant(asked: str) -> ColumnElement[bool]:
    found = [number.e164 for number in read_numbers(asked, "US").numbers[:10]]
    digits = "".join(letter for letter in asked if letter in "0123456789")
    if found or len(digits) not in ENDING:
        return CaseNumber.e164.in_(found)
    # Up to a letter, which comes after every digit wherever a database sorts text.
    start = digits[::-1]
    return CaseNumber.backwards.between(start, f"{start}z")
