"""Changing a filed port-out: what it says, its secrets, and what the winning carrier was told."""

from collections.abc import Set

from bot.desk.carriers.directory import remember_carrier
from bot.desk.cases.amendments import announce_change, differing, hold_exactly
from bot.desk.core.context import DeskContext
from bot.desk.core.form_fields import FOLLOWS, Fields
from bot.desk.core.security_audit import note_audit
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import refresh_checklist
from bot.desk.port_out.automatic_ticks import open_again
from bot.desk.port_out.owner_confirmation import tell_owners
from bot.desk.port_out.validation import (
    PortOutValidator,
    ValidatedPortOut,
    as_port_out,
    port_out_of,
)
from bot.domain.cases.case import SECRET_FIELDS
from bot.domain.cases.kinds import AuditKind
from bot.domain.port_out.requests import Answer
from bot.errors import PortOutRefusal
from bot.store.models.cases import Case


class PortOutAmendments:
    """Changes a filed port-out's fields, secrets and numbers, unless its carrier waits."""

    def __init__(self, context: DeskContext, validator: PortOutValidator) -> None:
        self._context = context
        self._validator = validator

    def change(self, work: Work, who: str, case: Case, typed: Fields) -> None:
        """Make a case say what a form says, if the rule book lets it. Raises `Refused`."""
        wish = self._validator.passed(work, who, as_port_out(typed), own_case=case.id)
        changed = self._changed(case, wish)
        if not changed:
            return
        before = {row.e164 for row in case.numbers}
        after_e164 = {number.e164 for number in wish.numbers}
        self._keep_approved(case, before - after_e164)
        wish.write(self._context, case)
        hold_exactly(work, case, wish.numbers)
        remember_carrier(work, wish.request.winning_carrier)
        secrets = ", ".join(name for name in changed if name in SECRET_FIELDS)
        event = announce_change(work, who, case, changed, secrets=secrets)
        if secrets:
            self._replace(work, who, case, secrets)
        if added := sorted(after_e164 - before):
            open_again(work, case, who, "request_approved")
            tell_owners(work, case, who, added)
        refresh_checklist(work, case, event)

    def _changed(self, case: Case, wish: ValidatedPortOut) -> tuple[str, ...]:
        before = port_out_of(self._context, case)
        changed = {*differing(before, wish.request)} - FOLLOWS
        if before.numbers != wish.request.numbers:
            changed.add("numbers")
        return tuple(sorted(changed))

    def _keep_approved(self, case: Case, removed: Set[str]) -> None:
        """What a carrier was promised leaves the case only with the move itself."""
        for request in case.carrier_requests:
            promised = sorted(removed & set(request.numbers))
            if request.answer is Answer.APPROVED and promised:
                raise PortOutRefusal(
                    "approved_already", "numbers", number=promised[0], carrier=request.carrier
                )

    def _replace(self, work: Work, who: str, case: Case, secrets: str) -> None:
        """Other secrets than the winning carrier was told: it has to be told again."""
        note_audit(work, who, AuditKind.SECRETS_CHANGED, case.id, secret=secrets)
        open_again(work, case, who, "winner_told")
