"""What Slack will never take: the desk is told, and so is the requester who misses a letter."""

from collections.abc import Sequence

from bot.desk.core.history import record_event
from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import OUTSIDE, add_delivery
from bot.domain.cases.kinds import DeliveryKind, EventKind
from bot.store.models.cases import Case
from bot.store.models.deliveries import Delivery


def tell_refused(work: Work, row: Delivery, addresses: Sequence[str]) -> None:
    """Tell the desk of a delivery that was refused for good, outside of all lines.

    A letter is missed by somebody, so its case says so as well. Of a message that speaks of another
    one only the log tells.
    """
    if row.kind in OUTSIDE:
        return
    case = work.get_one(Case, row.case_id)
    facts = {**row.facts, "refused": row.kind, "to": row.channel, "why": row.failed}
    facts.pop("event", None)
    for address in addresses:
        add_delivery(work, case, DeliveryKind.REFUSED, f"{row.id}:{address}", address, **facts)
    if row.kind is DeliveryKind.LETTER:
        _note_letter(work, case, row)


def _note_letter(work: Work, case: Case, row: Delivery) -> None:
    version = str(row.facts["version"])
    facts = {"version": version, "refusal": row.failed}
    event = record_event(work, case, work.context.clock(), "", EventKind.LETTER_REFUSED, **facts)
    add_delivery(work, case, DeliveryKind.NOTE, event, work.context.channel)
    add_delivery(work, case, DeliveryKind.WORD, event, case.requester)
