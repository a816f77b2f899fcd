"""What the requester gives to the winning carrier: shown on request only, and on record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.desk.core.case_facts import facts_of, find_case, must_be_party
from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.security_audit import note_audit
from bot.desk.numbers.holdings import holdings, protections
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import AuditKind, EventKind, Kind
from bot.errors import PortOutRefusal
from bot.store.encryption import Unreadable


@dataclass(frozen=True)
class Handout:
    """Account ID and PIN of a case.

    `protected` numbers have a PIN of their own; it is empty where this person may not see it, and
    None where it cannot be read.
    """

    case: CaseFacts
    account_id: str = field(repr=False)
    pin: str = field(repr=False)
    protected: Mapping[str, str | None] = field(default_factory=dict, repr=False)


class Credentials:
    """Shows account ID and PIN to the requester of a port-out, and notes that it did."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def show(self, who: str, case_id: int) -> Handout:
        """Return what to give to the winning carrier, and write down that it was shown."""
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            if case.kind is not Kind.PORT_OUT:
                raise PortOutRefusal("no_port_out")
            must_be_party(self._context, who, case)
            if not case.is_open:
                raise PortOutRefusal("nothing_to_give")
            secret = self._context.cipher.unseal(case.sealed)
            numbers = [number.e164 for number in case.numbers]
            owners = {e164: held.owner for e164, held in holdings(work, numbers).items()}
            shown = {
                e164: self._protected(who, owners.get(e164, ""), row.sealed)
                for e164, row in sorted(protections(work, numbers).items())
            }
            what = "account ID and PIN"
            record_event(work, case, self._context.clock(), who, EventKind.REVEALED, secret=what)
            note_audit(work, who, AuditKind.REVEALED, case.id, secret="account_id, pin")
            facts = facts_of(self._context, case)
            pin = secret["pin"] if set(shown) < set(numbers) else ""
            return Handout(facts, secret["account_id"], pin, shown)

    def _protected(self, who: str, owner: str, sealed: str) -> str | None:
        """A PIN that was set beforehand is for agents and for the owner of the number only."""
        if who != owner and not self._context.is_agent(who):
            return ""
        try:
            return str(self._context.cipher.unseal(sealed))
        except Unreadable:
            return None
