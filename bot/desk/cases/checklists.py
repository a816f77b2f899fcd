"""The porting-day checklist: ticked by people, one list for each confirmed date."""

from collections.abc import Iterable

from sqlalchemy import select

from bot.desk.core.case_facts import facts_of, find_case, items_of, must_be_party, porting_round
from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import refresh_checklist
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import EventKind, Kind
from bot.domain.cases.workflow import Status
from bot.domain.checklists.port_in import Item, Team
from bot.errors import Refusal
from bot.store.locks import hold_case
from bot.store.models.cases import Case, ChecklistTick


class Checklists:
    """Ticks and unticks items of the porting day, for a case or for single numbers."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def tick(self, who: str, case_id: int, item: str, done: bool) -> CaseFacts:
        """Set one item to done or open; for items of each number, all of its numbers."""
        return self._context.again(lambda: self._tick_once(who, case_id, item, done))

    def _tick_once(self, who: str, case_id: int, item: str, done: bool) -> CaseFacts:
        with self._context.transaction() as work:
            case = self._open_case(work, who, case_id)
            found = self._item(who, case, item)
            numbers = [number.e164 for number in case.numbers] if found.per_number else [""]
            self._set(work, who, case, found, numbers if done else [])
            return self._shown(work, case)

    def tick_numbers(self, who: str, case_id: int, item: str, numbers: Iterable[str]) -> CaseFacts:
        """Set which numbers of an item are done; the others are open."""
        chosen = frozenset(numbers)
        return self._context.again(lambda: self._tick_numbers(who, case_id, item, chosen))

    def _tick_numbers(
        self, who: str, case_id: int, item: str, numbers: frozenset[str]
    ) -> CaseFacts:
        with self._context.transaction() as work:
            case = self._open_case(work, who, case_id)
            chosen = [number.e164 for number in case.numbers if number.e164 in numbers]
            self._set(work, who, case, self._item(who, case, item), chosen)
            return self._shown(work, case)

    def _open_case(self, work: Work, who: str, case_id: int) -> Case:
        case = find_case(work, case_id)
        # Whoever closes the case, or moves its date, at the same moment comes before or after.
        hold_case(work, case)
        must_be_party(self._context, who, case)
        # Whoever takes the same tick back at the same moment sees it gone, or waits for this.
        hold_case(work, case)
        # A port-out has work before its date is known and after the numbers have left.
        if not case.is_open if case.kind is Kind.PORT_OUT else case.status is not Status.FOC:
            raise Refusal("no_checklist_now")
        return case

    def _item(self, who: str, case: Case, key: str) -> Item:
        item = next((item for item in items_of(case) if item.key == key), None)
        if item is None:
            raise Refusal("no_such_item")
        # Whether a number is still assigned decides who may let it go.
        desk_only = case.kind is Kind.PORT_OUT and item.team is Team.DESK
        if desk_only and not self._context.is_agent(who):
            raise Refusal("agents_only")
        return item

    def _set(self, work: Work, who: str, case: Case, item: Item, done: list[str]) -> None:
        """Bring the ticks of an item to exactly `done`; what stood already keeps its name."""
        query = select(ChecklistTick).where(
            ChecklistTick.case_id == case.id,
            ChecklistTick.round == porting_round(case),
            ChecklistTick.item == item.key,
        )
        standing = {tick.e164: tick for tick in work.scalars(query)}
        gone, new = standing.keys() - set(done), [e for e in done if e not in standing]
        for e164 in gone:
            work.delete(standing[e164])
        for e164 in new:
            work.add(self._tick(who, case, item, e164))
        if gone or new:
            self._tell(work, who, case, item, len(done))

    def _tick(self, who: str, case: Case, item: Item, e164: str) -> ChecklistTick:
        return ChecklistTick(
            case_id=case.id,
            round=porting_round(case),
            item=item.key,
            e164=e164,
            by=who,
            at=self._context.clock(),
        )

    def _tell(self, work: Work, who: str, case: Case, item: Item, done: int) -> None:
        kind = EventKind.TICKED if done else EventKind.UNTICKED
        event = record_event(
            work, case, self._context.clock(), who, kind, item=item.key, done=str(done)
        )
        refresh_checklist(work, case, event)

    def _shown(self, work: Work, case: Case) -> CaseFacts:
        work.flush()
        work.refresh(case, ["ticks"])
        return facts_of(self._context, case)
