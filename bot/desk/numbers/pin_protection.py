"""PIN protection beforehand: set, changed, and removed by two people only (S3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.desk.core.case_facts import find_case
from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.security_audit import audit_of_number, note_audit
from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import add_delivery
from bot.desk.numbers.holdings import Holding, holdings, protections
from bot.domain.cases.case import Event, mask_number
from bot.domain.cases.kinds import AuditKind, DeliveryKind, EventKind
from bot.domain.intake.intake import Platform
from bot.domain.numbers.number_list import read_numbers
from bot.domain.port_out.pins import is_pin, make_pin
from bot.domain.port_out.requests import ProtectionStep
from bot.errors import PortOutRefusal, Refusal
from bot.store.locks import hold_case
from bot.store.models.number_pins import Protection

MOST_TOLD: Final = 25


@dataclass(frozen=True)
class Protected:
    """How a number stands: who set its PIN and when, and who asked to remove it.

    `history` is told of the first numbers only, since a window has no context for more.
    """

    e164: str
    platform: Platform
    set_by: str = ""
    set_at: datetime | None = None
    removal_by: str = ""
    account_given: bool = False
    history: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Given:
    """What a carrier will have to name, and the form that it was typed into."""

    pin: str = field(repr=False)
    account_id: str = field(repr=False)
    form: str


class PinProtection:
    """Sets, shows and removes the PINs of numbers in the inventory."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context
        self._steps: Mapping[ProtectionStep, Callable[[Work, str, str, Given], None]] = {
            ProtectionStep.SET: self._set,
            ProtectionStep.ASK_REMOVAL: self._ask_removal,
            ProtectionStep.CONFIRM_REMOVAL: self._confirm_removal,
        }

    def take(
        self,
        who: str,
        typed: str,
        step: ProtectionStep,
        form: str,
        pin: str = "",
        account_id: str = "",
    ) -> tuple[Protected, ...]:
        """Make one step for some numbers and return how they stand.

        An empty PIN is made; an empty account ID leaves the one on file. `form` names the form:
        sent twice, it is one step.

        Agents and the owner of a number may take steps; a removal is confirmed by an agent who
        did not ask for it. Raises `Refusal` under the field that is wrong.
        """
        if step is ProtectionStep.SET and pin and not is_pin(pin):
            raise PortOutRefusal("bad_pin", "pin")
        given = Given(pin or make_pin(), account_id, form)
        return self._context.again(lambda: self._take(who, typed, step, given))

    def _take(
        self, who: str, typed: str, step: ProtectionStep, given: Given
    ) -> tuple[Protected, ...]:
        with self._context.transaction() as work:
            held = self._held(work, who, typed)
            if step is not ProtectionStep.LOOK and not self._is_taken(work, held, given):
                self._make(work, who, held, step, given)
            return self._standing(work, held)

    def _is_taken(self, work: Work, held: Mapping[str, Holding], given: Given) -> bool:
        """Say whether this form was taken already; one that comes meanwhile waits for this one."""
        for case_id in sorted({holding.case_id for holding in held.values()}):
            hold_case(work, find_case(work, case_id))
        lines = audit_of_number(work, next(iter(held)))
        return any(line.facts.get("form") == given.form for line in lines)

    def _make(
        self,
        work: Work,
        who: str,
        held: Mapping[str, Holding],
        step: ProtectionStep,
        given: Given,
    ) -> None:
        before = protections(work, list(held))
        for e164 in held:
            self._steps[step](work, who, e164, given)
        work.flush()
        for e164, holding in held.items():
            changed = step is ProtectionStep.SET and e164 in before
            kind = AuditKind.PIN_CHANGED if changed else AuditKind(f"pin_{step}")
            note_audit(work, who, kind, holding.case_id, e164, form=given.form)
        self._tell(work, who, held, step)

    def _held(self, work: Work, who: str, typed: str) -> dict[str, Holding]:
        listed = read_numbers(typed)
        if listed.problems or not listed.numbers:
            raise PortOutRefusal("numbers_unreadable", "numbers")
        e164 = [number.e164 for number in listed.numbers]
        held = holdings(work, e164)
        if strangers := sorted(set(e164) - held.keys()):
            raise PortOutRefusal("not_in_inventory", "numbers", number=strangers[0])
        mine = self._context.is_agent(who) or {holding.owner for holding in held.values()} == {who}
        if not mine:
            raise PortOutRefusal("not_your_numbers", "numbers")
        return held

    def _set(self, work: Work, who: str, e164: str, given: Given) -> None:
        row = work.get(Protection, (e164, work.workspace_id))
        if row is None:
            row = Protection(e164=e164)
            work.add(row)
        elif not self._context.is_agent(who):
            # To change a PIN is to remove the one before.
            raise PortOutRefusal("agents_change", "numbers", number=e164)
        row.sealed = self._context.cipher.seal(given.pin)
        if given.account_id:
            row.sealed_account = self._context.cipher.seal(given.account_id)
        row.set_by, row.set_at = who, self._context.clock()
        row.removal_by, row.removal_at = "", None

    def _ask_removal(self, work: Work, who: str, e164: str, _given: Given) -> None:
        row = self._protected(work, e164)
        if not row.removal_by:
            row.removal_by, row.removal_at = who, self._context.clock()

    def _confirm_removal(self, work: Work, who: str, e164: str, _given: Given) -> None:
        row = self._protected(work, e164)
        if not self._context.is_agent(who):
            raise Refusal("agents_only", "step")
        if not row.removal_by:
            raise PortOutRefusal("ask_removal_first", "step", number=e164)
        if row.removal_by == who:
            raise PortOutRefusal("same_person", "step")
        work.delete(row)

    def _protected(self, work: Work, e164: str) -> Protection:
        row = work.get(Protection, (e164, work.workspace_id))
        if row is None:
            raise PortOutRefusal("not_protected", "numbers", number=e164)
        return row

    def _tell(
        self,
        work: Work,
        who: str,
        held: Mapping[str, Holding],
        step: ProtectionStep,
    ) -> None:
        """Tell the desk once for each case that brought some of the numbers."""
        for case_id in sorted({holding.case_id for holding in held.values()}):
            mine = [e164 for e164, holding in held.items() if holding.case_id == case_id]
            self._alert(work, who, case_id, step, mine)

    def _alert(
        self, work: Work, who: str, case_id: int, step: ProtectionStep, numbers: list[str]
    ) -> None:
        case = find_case(work, case_id)
        shown = ", ".join(mask_number(e164) for e164 in numbers[:5])
        kind = EventKind(f"pin_{step}")
        event = record_event(work, case, self._context.clock(), who, kind, numbers=shown)
        add_delivery(work, case, DeliveryKind.ALERT, event, self._context.alerts_channel)
        if case.requester != who:
            # Whoever owns the numbers would notice first that nobody should have done this.
            add_delivery(work, case, DeliveryKind.ALERT, event, case.requester, ":owner")

    def _standing(self, work: Work, held: Mapping[str, Holding]) -> tuple[Protected, ...]:
        rows = protections(work, list(held))
        told = {e164: audit_of_number(work, e164) for e164 in list(held)[:MOST_TOLD]}
        return tuple(
            self._one(work, e164, holding, rows.get(e164), told.get(e164, ()))
            for e164, holding in held.items()
        )

    def _one(
        self,
        work: Work,
        e164: str,
        holding: Holding,
        row: Protection | None,
        told: tuple[Event, ...],
    ) -> Protected:
        platform = find_case(work, holding.case_id).platform
        if row is None:
            return Protected(e164, platform, history=told)
        given = row.sealed_account is not None
        return Protected(e164, platform, row.set_by, row.set_at, row.removal_by, given, told)

    def show(self, who: str, e164: str) -> str:
        """Show the PIN of one number to an agent or its owner, and write that down."""
        with self._context.transaction() as work:
            held = self._held(work, who, e164)
            if e164 not in held:
                raise PortOutRefusal("not_protected", "numbers", number=e164[:20])
            row = self._protected(work, e164)
            note_audit(work, who, AuditKind.REVEALED, held[e164].case_id, e164, secret="pin")
            return str(self._context.cipher.unseal(row.sealed))
