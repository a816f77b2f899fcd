"""Which messages a change owes to whom. Everything here is written with the change itself."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.core.case_facts import case_facts
from bot.desk.core.context import DeskContext
from bot.desk.notifications.deliveries import add_delivery
from bot.domain.cases.workflow import CLOSED, Status
from bot.domain.reminders.schedule import still_due
from bot.store.models.cases import Case, Delivery, Document, History


def refresh_cards(session: Session, context: DeskContext, case: Case, event: History) -> None:
    """Bring the headline and the requester's card up to date, once for each transaction."""
    refreshed = session.info.setdefault("refreshed", set())
    if case.id in refreshed:
        return
    refreshed.add(case.id)
    add_delivery(session, context, case, "headline", event, context.channel)
    add_delivery(session, context, case, "card", event, case.requester)


def announce_filing(session: Session, context: DeskContext, case: Case, event: History) -> None:
    """A new case: the headline in the desk's channel, the private confirmation."""
    refresh_cards(session, context, case, event)
    add_delivery(session, context, case, "note", event, context.channel)


def announce_event(
    session: Session, context: DeskContext, case: Case, event: History, tell_requester: bool = True
) -> None:
    """A change: cards brought up to date, a line in the thread, a sentence to the requester."""
    refresh_cards(session, context, case, event)
    if event.target in CLOSED:
        refresh_checklist(session, context, case, event)
    elif event.target is Status.FOC and _list_was_called(session, context, case):
        # It is posted if it was held back, since the clock does not call for it again.
        refresh_checklist(session, context, case, event, wanted=True)
    add_delivery(session, context, case, "note", event, context.channel)
    if tell_requester:
        add_delivery(session, context, case, "word", event, case.requester)


def send_letter(session: Session, context: DeskContext, case: Case, version: int) -> None:
    """The letter and its spreadsheet go to the requester in private."""
    add_delivery(session, context, case, "letter", f"v{version}", case.requester, version=version)


def fetch_document(session: Session, context: DeskContext, case: Case, document: Document) -> None:
    """The desk takes its own copy of a file: Slack may forget it."""
    add_delivery(
        session,
        context,
        case,
        "fetch",
        str(document.id),
        f"file{document.id}",
        document=document.id,
    )


def hand_over(
    session: Session, context: DeskContext, case: Case, document: Document, who: str
) -> None:
    """An agent gets a copy of a file in private, to pass it on to the carrier."""
    key = f"{document.id}:{who}:{context.wall().timestamp():.3f}"
    add_delivery(session, context, case, "handover", key, who, document=document.id)


def on_its_way(session: Session, case: Case, document: Document, who: str) -> bool:
    """Say whether a copy of this file for this agent has not arrived yet."""
    mine = select(Delivery.facts).where(Delivery.case_id == case.id, Delivery.channel == who)
    open_ones = mine.where(Delivery.kind == "handover", Delivery.done_at.is_(None))
    return any(facts["document"] == document.id for facts in session.scalars(open_ones))


def refresh_checklist(
    session: Session, context: DeskContext, case: Case, event: History, wanted: bool = False
) -> None:
    """Show a tick or a new time where the checklist stands; `wanted` posts it where none does."""
    add_delivery(session, context, case, "checklist_update", event, context.channel, wanted=wanted)


def _list_was_called(session: Session, context: DeskContext, case: Case) -> bool:
    """Whether the clock called for the list of the confirmed day already.

    A date that moves within its day keeps that list; another day gets a list of its own.
    """
    query = select(Delivery.key).where(Delivery.case_id == case.id, Delivery.kind == "checklist")
    facts, now = case_facts(case, frozenset()), context.clock()
    return any(still_due(key, facts, now) for key in session.scalars(query))
