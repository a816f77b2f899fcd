"""Handing numbers over: filing, what to give, PIN protection, carriers' requests, the audit."""

from bot.desk.core.context import DeskContext
from bot.desk.core.security_audit import audit_of, whole_audit
from bot.desk.drafts.drafts import Drafts
from bot.desk.numbers.pin_protection import PinProtection
from bot.desk.port_out.amendments import PortOutAmendments
from bot.desk.port_out.carrier_requests import CarrierRequests
from bot.desk.port_out.credentials import Credentials
from bot.desk.port_out.filing import PortOutFiling
from bot.desk.port_out.owner_confirmation import OwnerConfirmation
from bot.desk.port_out.requests_without_case import RequestsWithoutCase
from bot.desk.port_out.validation import PortOutValidator
from bot.desk.validation.validator import Validator
from bot.domain.cases.case import Event


class PortOutDesk:
    """Gathers the use cases of port-out, which share drafts and validation."""

    def __init__(self, context: DeskContext, drafts: Drafts, validator: Validator) -> None:
        self._context = context
        examining = PortOutValidator(context, validator)
        self.filing = PortOutFiling(context, drafts, examining)
        self.amendments = PortOutAmendments(context, examining)
        self.credentials = Credentials(context)
        self.pin_protection = PinProtection(context)
        self.carrier_requests = CarrierRequests(context)
        self.requests_without_case = RequestsWithoutCase(context, self.carrier_requests)
        self.owner_confirmation = OwnerConfirmation(context)

    def whole_audit(self) -> tuple[Event, ...]:
        """Return the audit of all cases and numbers, also of those that belong to no case."""
        with self._context.transaction() as work:
            return whole_audit(work)

    def audit(self, case_id: int) -> tuple[Event, ...]:
        """Return the audit of a case and of its numbers, for the export."""
        with self._context.transaction() as work:
            return audit_of(work, case_id)
