"""What the owner of numbers says when a carrier asks for them and nobody here filed a move."""

from collections.abc import Sequence

from bot.desk.core.case_facts import facts_of, find_case
from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.security_audit import note_audit
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import refresh_cards
from bot.desk.notifications.deliveries import add_delivery
from bot.desk.numbers.holdings import holdings
from bot.desk.port_out.carrier_requests import is_leaving
from bot.domain.cases.case import OWNER_SAYS, UNASKED, CaseFacts
from bot.domain.cases.kinds import AuditKind, DeliveryKind, EventKind
from bot.domain.port_out.requests import OwnerSays
from bot.errors import PortOutRefusal, Refusal
from bot.store.locks import hold_case
from bot.store.models.cases import Case


class OwnerConfirmation:
    """Records whether the owner ordered a move that a carrier asked for."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def say(self, who: str, case_id: int, word: OwnerSays) -> CaseFacts:
        """Write down whether the owner ordered the move; the same word twice is one.

        Raises `Refusal` for anybody else, agents too: they cannot know.
        """
        return self._context.again(lambda: self._say(who, case_id, word))

    def _say(self, who: str, case_id: int, word: OwnerSays) -> CaseFacts:
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            # An approval at the same moment comes before this word, or after it.
            hold_case(work, case)
            if who != case.requester:
                raise Refusal("not_your_case")
            if not case.is_open or not case.fields.get(UNASKED):
                raise PortOutRefusal("nothing_to_say")
            if case.fields.get(OWNER_SAYS) != word:
                case.fields = {**case.fields, OWNER_SAYS: word.value}
                self._tell(work, case, who, word)
            work.flush()
            return facts_of(self._context, case)

    def _tell(self, work: Work, case: Case, who: str, word: OwnerSays) -> None:
        note_audit(work, who, AuditKind(f"owner_{word}"), case.id)
        approved = "yes" if is_leaving(case) else ""
        now = self._context.clock()
        event = record_event(work, case, now, who, EventKind(f"owner_{word}"), approved=approved)
        refresh_cards(work, case, event)
        add_delivery(work, case, DeliveryKind.ALERT, event, self._context.alerts_channel)


def tell_owners(work: Work, case: Case, who: str, e164: Sequence[str]) -> None:
    """Tell those for whom numbers came in that somebody else wants to let them go."""
    held = holdings(work, e164)
    others = {number: h.owner for number, h in held.items() if h.owner not in {who, case.requester}}
    if not others:
        return
    owners = sorted(set(others.values()))
    facts = {"owners": " ".join(owners), "numbers": str(len(others))}
    event = record_event(work, case, work.context.clock(), who, EventKind.NOT_OWN, **facts)
    add_delivery(work, case, DeliveryKind.NOTE, event, work.context.channel)
    for owner in owners:
        add_delivery(work, case, DeliveryKind.ALERT, event, owner, apart=f":{owner}")
