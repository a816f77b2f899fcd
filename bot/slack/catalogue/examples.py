"""Made-up facts of cases and drafts, for showing every window and message without a database.

Nobody is behind them: the numbers are fictional, and so is everything that looks like a secret.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from bot.desk.carriers.statistics import CarrierRecord
from bot.desk.drafts.draft_facts import DraftFacts
from bot.desk.numbers.pin_protection import Protected
from bot.domain.cases.case import CaseFacts, DocumentFacts, Event, LetterFacts
from bot.domain.cases.workflow import Status
from bot.domain.checklists.port_in import Tick, items_for, progress
from bot.domain.gateway.aws_forms import Ask
from bot.domain.gateway.requests import CarrierAnswer
from bot.domain.gateway.support_request import PIN_PURPOSES, asks_about_pins
from bot.domain.intake.intake import Platform, read_intake
from bot.domain.port_out.requests import Answer, ProtectionStep, Reason, RequestFacts
from bot.domain.rulebook.rulebook import CheckContext, Report, check

NOW: Final = datetime(2027, 3, 1, 16, tzinfo=UTC)
SOON: Final = NOW + timedelta(days=9)
ASKS, WORKS, OTHER = "U0000000001", "U0000000002", "U0000000003"
NUMBERS: Final = tuple(f"+1206555{n:04}" for n in range(100, 124))
PORT_IN: Final[dict[str, Any]] = {
    "kind": "port_in", "platform": "connect", "country": "US",
    "numbers": "206-555-0100 to 0123", "btn": "206-555-0100", "btn_option": "replace",
    "new_btn": "206-555-0190", "losing_carrier": "Old Telephone Co",
    "customer_name": "Harbour Bakery LLC", "street_address": "12 Pier Road", "city": "Seattle",
    "state": "WA", "postal_code": "98101", "authorized_person": "Rosa Delgado",
    "authorized_title": "Owner", "contact_email": "rosa@example.com",
    "requested_date": "2027-03-17", "requested_time": "10:30",
    "time_zone": "America/Los_Angeles", "support_plan": "premium", "severity": "normal",
    "contact_method": "web", "csr_customer_name": "Harbor Bakery",
    "bill": [{"id": "F0000000001", "name": "bill.pdf", "size": 900}],
    "bill_read": {"file": "F0000000001", "name": "bill.pdf", "ok": True, "fields": ["city"]},
    "account_number": "0000", "service_pin": "0000",
}  # fmt: skip
ABROAD: Final = {**PORT_IN, "numbers": "206-555-0100, 416-555-0100", "losing_carrier": ""}
PORT_OUT: Final[dict[str, Any]] = {
    "kind": "port_out", "platform": "connect", "country": "US",
    "numbers": "206-555-0100 to 0123", "declared": ["yes"], "winning_carrier": "New Telecom",
    "contact_email": "rosa@example.com", "postal_code": "98101", "account_id": "0000",
    "pin": "0000", "requested_date": "2027-03-17", "time_zone": "America/Los_Angeles",
    "instance_arn": "", "region": "us-west-2", "instance_name": "bakery",
}  # fmt: skip
KNOWN: Final = CarrierRecord(
    "Old Telephone Co", 3, 3, 2, 6, (("NAME_MISMATCH", 1),), 1, "a copy of the bill"
)
_EVENT: Final = Event(7, NOW, WORKS, "status", Status.SUBMITTED, Status.EXCEPTION, "As they said")
REFUSED: Final = replace(_EVENT, facts={"reason_code": "NAME_MISMATCH"})
AGAIN: Final = replace(REFUSED, id=8)
HISTORY: Final = (
    replace(_EVENT, id=1, kind="filed", origin=None, target=None, facts={"numbers": "24"}),
    REFUSED,
    AGAIN,
)
REQUEST: Final = RequestFacts(
    id=1, version=1, carrier="New Telecom", numbers=NUMBERS, received_at=NOW, answer_by=SOON,
    answer=Answer.OPEN, found=(Reason.PIN_INVALID,), locked=True, second=NUMBERS[:1],
    first_agent=OTHER, bare=2,
)  # fmt: skip
NOT_OURS: Final = CarrierAnswer("", "New Telecom", NUMBERS, False, Reason.NOT_ON_ACCOUNT)
_PIN_SET: Final = replace(_EVENT, kind="pin_set", origin=None, target=None)
PROTECTED: Final = tuple(
    Protected(e164, Platform.CONNECT, WORKS, NOW, OTHER, True, (_PIN_SET,)) for e164 in NUMBERS
)


def case(status: Status | None = None, **changes: Any) -> CaseFacts:
    """Return a port-in with everything that a card can show."""
    ticks = [Tick("expected_traffic", "", ASKS)]
    shown = CaseFacts(
        id=1001, reference="PRT-1001", version=1, kind="port_in", platform=Platform.CONNECT,
        status=status, requester=ASKS, created_at=NOW, changed_at=NOW,
        losing_carrier="Old Telephone Co", fields=_texts(PORT_IN),
        secrets_given=frozenset({"account_number", "service_pin"}), numbers=NUMBERS,
        requested_at=SOON, foc_at=SOON if status else None, foc_confirmed=False,
        time_zone="America/Los_Angeles", letter=LetterFacts(1, "", False, date(2027, 3, 1)),
        documents=(DocumentFacts(1, "signed_loa", "letter.pdf", 900, True),),
        progress=progress(items_for(Platform.CONNECT), NUMBERS, ticks),
        reason_code="NAME_MISMATCH" if status is Status.EXCEPTION else "",
        link_expires_on=date(2027, 3, 20), link_days_left=19,
    )  # fmt: skip
    return replace(shown, **changes)


def port_out(status: Status | None = None, **changes: Any) -> CaseFacts:
    """Return a port-out with a winning carrier that waits."""
    facts: dict[str, Any] = {
        "kind": "port_out",
        "letter": None,
        "request": REQUEST,
        "link_expires_on": None,
    }
    facts |= {"fields": _texts(PORT_OUT), "losing_carrier": "", "documents": ()}
    facts |= {"secrets_given": frozenset({"account_id", "pin"}), "reason_code": ""}
    return case(status, **{**facts, "link_days_left": None, **changes})


def pin_requests(step: ProtectionStep) -> tuple[Ask, ...]:
    """Return what the platform is asked after a step about the PINs of these numbers."""
    purpose = PIN_PURPOSES.get(step)
    return asks_about_pins(purpose, dict.fromkeys(NUMBERS, Platform.CONNECT)) if purpose else ()


def draft(fields: dict[str, Any], step: str = "") -> DraftFacts:
    """Return what somebody has typed so far."""
    return DraftFacts(7, fields, step, NOW, kind=fields["kind"])


def report(fields: dict[str, Any]) -> Report:
    """Return what the rule book says of an intake."""
    return check(read_intake(_texts(fields)), CheckContext(today=NOW.date(), now=NOW))


def _texts(fields: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if isinstance(value, str)}
