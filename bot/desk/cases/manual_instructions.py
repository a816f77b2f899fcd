"""What people do by hand for the platform or for a carrier, as the gateway asks for it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.desk.cases.queries import CaseQueries
from bot.desk.core.context import DeskContext
from bot.desk.numbers.pin_protection import Protected
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Role
from bot.domain.gateway.outcomes import Asked, Outcome, Steps
from bot.domain.gateway.requests import CarrierAnswer, Filing, answer_of, filing_of
from bot.domain.gateway.support_request import PIN_PURPOSES, asks_about_pins
from bot.domain.port_out.requests import (
    ProtectionStep,
    Reason,
    ReceivedRequest,
    RequestFacts,
)
from bot.errors import Refusal

R = TypeVar("R", Filing, CarrierAnswer)


class ManualSteps:
    """Asks the gateway what is left to people.

    What the gateway does by itself it is not asked for here: these are shown in windows, and who
    only looks sets nothing in motion.
    """

    def __init__(self, context: DeskContext, queries: CaseQueries) -> None:
        self._context = context
        self._queries = queries

    def for_case(self, who: str, case_id: int) -> tuple[CaseFacts, Role, Steps]:
        """Return a case, what the person is to it, and how it is filed.

        Raises `PortingError` for strangers, and where nobody has to file it.
        """
        case, role = self._queries.case_for(who, case_id)
        steps = self._by_hand(filing_of(case), self._context.gateway.file)
        if steps is None:
            raise Refusal("nothing_to_file", reference=case.reference)
        return case, role, steps

    def for_pins(
        self, form: str, step: ProtectionStep, standing: Sequence[Protected]
    ) -> tuple[Steps, ...]:
        """Return how the platform is told of a step about PINs that `form` took."""
        purpose = PIN_PURPOSES.get(step)
        if purpose is None:
            return ()
        asks = asks_about_pins(purpose, {number.e164: number.platform for number in standing})
        filings = [Filing(f"{form}/{place}", ask) for place, ask in enumerate(asks)]
        found = (self._by_hand(filing, self._context.gateway.file) for filing in filings)
        return tuple(steps for steps in found if steps is not None)

    def for_request(self, case: CaseFacts, request: RequestFacts) -> Steps | None:
        """Return how a winning carrier is told the answer; None while there is none."""
        if request.is_open:
            return None
        return self._by_hand(answer_of(case, request), self._context.gateway.answer)

    def for_stranger(
        self, form: str, sent: ReceivedRequest, numbers: tuple[str, ...]
    ) -> Steps | None:
        """Return how a carrier is told that the numbers in `form` are not here."""
        answer = CarrierAnswer(form, sent.carrier, numbers, False, Reason.NOT_ON_ACCOUNT)
        return self._by_hand(answer, self._context.gateway.answer)

    def _by_hand(self, request: R, operation: Callable[[R], Outcome]) -> Steps | None:
        if self._context.gateway.does(request):
            return None
        outcome = operation(request)
        return outcome.steps if isinstance(outcome, Asked) else None
