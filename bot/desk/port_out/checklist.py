"""Items of a port-out's checklist that the desk ticks, or opens again, by itself."""

from sqlalchemy.orm import Session

from bot.desk.core.case_facts import porting_round, record
from bot.desk.core.context import Room
from bot.desk.notifications.announcements import refresh_checklist
from bot.store.models.cases import Case, TickRow


def tick_off(session: Session, room: Room, case: Case, who: str, item: str) -> None:
    """Tick an item in somebody's name; what is ticked already keeps its name."""
    key = (case.id, porting_round(case), item, "")
    if session.get(TickRow, key) is not None:
        return
    row = TickRow(case_id=case.id, round=key[1], item=item, e164="", by=who, at=room.clock())
    session.add(row)
    event = record(session, case, room.clock(), who, "ticked", item=item, done="1")
    refresh_checklist(session, room, case, event)


def open_again(session: Session, room: Room, case: Case, who: str, item: str) -> None:
    """Take back a tick that is not true any more."""
    standing = session.get(TickRow, (case.id, porting_round(case), item, ""))
    if standing is None:
        return
    session.delete(standing)
    event = record(session, case, room.clock(), who, "unticked", item=item, done="0")
    refresh_checklist(session, room, case, event)
