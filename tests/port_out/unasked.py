"""Carriers that ask for numbers which nobody here wants to let go."""

from typing import Any
from uuid import uuid4

from bot.desk.port_out.requests_without_case import Entered
from bot.domain.cases.case import CaseFacts
from bot.domain.port_out.requests import ProtectionStep, ReceivedRequest
from tests.port_out.departures import ACCOUNT_ID, PIN
from tests.port_out.desks import ANNA, PORT_OUT, Office

NUMBERS = str(PORT_OUT["numbers"])


def enter(room: Office, key: str, who: str = ANNA, **changes: str) -> Entered:
    """Enter a request without naming a case."""
    sent: dict[str, Any] = {"numbers": NUMBERS, "account_id": ACCOUNT_ID, "pin": PIN} | changes
    return room.desk.port_out.requests_without_case.enter(
        who, key, ReceivedRequest(carrier="Far Telecom", **sent)
    )


def opened(room: Office, key: str = "V-1", **changes: str) -> CaseFacts:
    """Enter a request that opens a case, and return the case."""
    case = enter(room, key, **changes).case
    assert case is not None
    assert case.request is not None
    return case


def protect(
    room: Office, pin: str = PIN, account_id: str = ACCOUNT_ID, numbers: str = NUMBERS
) -> None:
    """Set PIN and account ID for the numbers of the inventory."""
    form = f"V{uuid4().hex[:12]}"
    room.desk.port_out.pin_protection.take(ANNA, numbers, ProtectionStep.SET, form, pin, account_id)
