"""Items of a port-out's checklist that the desk ticks, or opens again, by itself."""

from bot.desk.core.case_facts import porting_round
from bot.desk.core.history import record_event
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import refresh_checklist
from bot.domain.cases.kinds import EventKind
from bot.store.models.cases import Case, ChecklistTick


def tick_off(work: Work, case: Case, who: str, item: str) -> None:
    """Tick an item in somebody's name; what is ticked already keeps its name."""
    key = (case.id, porting_round(case), item, "")
    if work.get(ChecklistTick, key) is not None:
        return
    row = ChecklistTick(
        case_id=case.id, round=key[1], item=item, e164="", by=who, at=work.context.clock()
    )
    work.add(row)
    event = record_event(
        work, case, work.context.clock(), who, EventKind.TICKED, item=item, done="1"
    )
    refresh_checklist(work, case, event)


def open_again(work: Work, case: Case, who: str, item: str) -> None:
    """Take back a tick that is not true any more."""
    standing = work.get(ChecklistTick, (case.id, porting_round(case), item, ""))
    if standing is None:
        return
    work.delete(standing)
    event = record_event(
        work, case, work.context.clock(), who, EventKind.UNTICKED, item=item, done="0"
    )
    refresh_checklist(work, case, event)
