"""Items of a port-out's checklist that the desk ticks, or opens again, by itself."""

from sqlalchemy.orm import Session

from bot.desk.core.case_facts import porting_round, record_event
from bot.desk.core.context import DeskContext
from bot.desk.notifications.announcements import refresh_checklist
from bot.store.models.cases import Case, ChecklistTick


def tick_off(session: Session, context: DeskContext, case: Case, who: str, item: str) -> None:
    """Tick an item in somebody's name; what is ticked already keeps its name."""
    key = (case.id, porting_round(case), item, "")
    if session.get(ChecklistTick, key) is not None:
        return
    row = ChecklistTick(
        case_id=case.id, round=key[1], item=item, e164="", by=who, at=context.clock()
    )
    session.add(row)
    event = record_event(session, case, context.clock(), who, "ticked", item=item, done="1")
    refresh_checklist(session, context, case, event)


def open_again(session: Session, context: DeskContext, case: Case, who: str, item: str) -> None:
    """Take back a tick that is not true any more."""
    standing = session.get(ChecklistTick, (case.id, porting_round(case), item, ""))
    if standing is None:
        return
    session.delete(standing)
    event = record_event(session, case, context.clock(), who, "unticked", item=item, done="0")
    refresh_checklist(session, context, case, event)
