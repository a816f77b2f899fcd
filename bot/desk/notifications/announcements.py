"""Which messages a change owes to whom. Everything here is written with the change itself."""

from sqlalchemy import select

from bot.desk.core.case_facts import case_facts
from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import add_delivery
from bot.domain.cases.kinds import DeliveryKind
from bot.domain.cases.workflow import CLOSED, Status
from bot.domain.reminders.schedule import still_due
from bot.store.models.cases import Case, Document, History
from bot.store.models.deliveries import Delivery


def refresh_cards(work: Work, case: Case, event: History) -> None:
    """Bring the headline and the requester's card up to date, once for each transaction."""
    if case.id in work.refreshed:
        return
    work.refreshed.add(case.id)
    add_delivery(work, case, DeliveryKind.HEADLINE, event, work.context.channel)
    add_delivery(work, case, DeliveryKind.CARD, event, case.requester)


def announce_filing(work: Work, case: Case, event: History) -> None:
    """A new case: the headline in the desk's channel, the private confirmation."""
    refresh_cards(work, case, event)
    add_delivery(work, case, DeliveryKind.NOTE, event, work.context.channel)


def announce_event(work: Work, case: Case, event: History, tell_requester: bool = True) -> None:
    """A change: cards brought up to date, a line in the thread, a sentence to the requester."""
    refresh_cards(work, case, event)
    if event.target in CLOSED:
        refresh_checklist(work, case, event)
    elif event.target is Status.FOC and _list_was_called(work, case):
        # It is posted if it was held back, since the clock does not call for it again.
        refresh_checklist(work, case, event, wanted=True)
    add_delivery(work, case, DeliveryKind.NOTE, event, work.context.channel)
    if tell_requester:
        add_delivery(work, case, DeliveryKind.WORD, event, case.requester)


def send_letter(work: Work, case: Case, version: int) -> None:
    """The letter and its spreadsheet go to the requester in private."""
    add_delivery(work, case, DeliveryKind.LETTER, f"v{version}", case.requester, version=version)


def fetch_document(work: Work, case: Case, document: Document) -> None:
    """The desk takes its own copy of a file: Slack may forget it."""
    add_delivery(
        work,
        case,
        DeliveryKind.FETCH,
        str(document.id),
        f"file{document.id}",
        document=document.id,
    )


def hand_over(work: Work, case: Case, document: Document, who: str) -> None:
    """An agent gets a copy of a file in private, to pass it on to the carrier."""
    key = f"{document.id}:{who}:{work.context.wall().timestamp():.3f}"
    add_delivery(work, case, DeliveryKind.HANDOVER, key, who, document=document.id)


def on_its_way(work: Work, case: Case, document: Document, who: str) -> bool:
    """Say whether a copy of this file for this agent has not arrived yet."""
    mine = select(Delivery.facts).where(Delivery.case_id == case.id, Delivery.channel == who)
    open_ones = mine.where(Delivery.kind == DeliveryKind.HANDOVER, Delivery.done_at.is_(None))
    return any(facts["document"] == document.id for facts in work.scalars(open_ones))


def refresh_checklist(work: Work, case: Case, event: History, wanted: bool = False) -> None:
    """Show a tick or a new time where the checklist stands; `wanted` posts it where none does."""
    add_delivery(
        work, case, DeliveryKind.CHECKLIST_UPDATE, event, work.context.channel, wanted=wanted
    )


def _list_was_called(work: Work, case: Case) -> bool:
    """Whether the clock called for the list of the confirmed day already.

    A date that moves within its day keeps that list; another day gets a list of its own.
    """
    query = select(Delivery.key).where(
        Delivery.case_id == case.id, Delivery.kind == DeliveryKind.CHECKLIST
    )
    facts, now = case_facts(case, frozenset()), work.context.clock()
    return any(still_due(key, facts, now) for key in work.scalars(query))
