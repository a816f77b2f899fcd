"""A desk without Slack, and port-outs that stand somewhere in their life already."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import sessionmaker

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.core.context import DeskContext
from bot.desk.core.desk_settings import DeskSettings
from bot.desk.core.outbox import NoDispatcher
from bot.desk.core.work import Work
from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import Typing
from bot.desk.gateways.by_hand import ByHand
from bot.desk.letters.letters import SignedLetter
from bot.desk.port_out.repeated_answers import Decision
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.port_out.requests import Reason, ReceivedRequest, RequestFacts
from bot.store.database import prepared_engine
from bot.store.encryption import Cipher
from bot.wording.templates import Templates
from tests.journeys.requests import ACCOUNT, CUSTOMER, NUMBERS, PAPERS
from tests.port_out.departures import ACCOUNT_ID, PIN

ANNA, TOM, ROSA, MATEO = "U0ANNA0001", "U0TOM00001", "U0ROSA0001", "U0MATEO001"
AGENTS = frozenset({ANNA, TOM})
CHANNEL = "C0PORTING1"
# As Fernet makes them; to stretch another one takes longer than most tests.
KEY = "bm90IGEgc2VjcmV0LCBidXQgb2YgdGhpcnR5LXR3byE="
PORT_IN: dict[str, Any] = {**NUMBERS, **ACCOUNT, **CUSTOMER, **PAPERS, "kind": "port_in"}
PORT_OUT: dict[str, Any] = {
    "kind": "port_out",
    "platform": "voice_connector",
    "numbers": "206-555-0100 to 0102",
    "declared": ["yes"],
    "winning_carrier": "New Telecom",
    "contact_email": "rosa@example.com",
    "account_id": ACCOUNT_ID,
    "pin": PIN,
    "time_zone": "America/Los_Angeles",
}
_DETAILS = {
    Status.FOC: TransitionInput(
        foc_at=datetime(2027, 3, 18, 17, tzinfo=UTC), time_zone="America/Chicago"
    ),
    Status.COMPLETED: TransitionInput(open_items_known=True),
}
_forms = count(1)


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = field(default=datetime(2027, 3, 1, 15, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)


@dataclass
class Office:
    """A desk with its clock. Anna and Tom are agents; Rosa and Mateo ask."""

    desk: Desk
    clock: Clock

    def draft(self, who: str, fields: dict[str, Any]) -> int:
        """Leave a draft; returns its id."""
        typing = Typing(f"V{next(_forms)}", "review", fields, 0.0, settled=True)
        return self.desk.drafts.save(who, typing).id

    def leave(self, who: str = ROSA, **changes: Any) -> CaseFacts:
        """File a port-out."""
        draft = self.draft(who, {**PORT_OUT, **changes})
        return self.desk.port_out.filing.file(who, draft).cases[0]

    def amend(self, case: CaseFacts, who: str = ROSA, **changes: Any) -> int:
        """Type changes into the form of a filed case; returns the draft."""
        draft = self.desk.drafts.amend(who, case.id, f"V{next(_forms)}").id
        self.retype(draft, who, **changes)
        return draft

    def retype(self, draft: int, who: str = ROSA, **changes: Any) -> None:
        """Type more into a draft."""
        typing = Typing(f"V{next(_forms)}", "account", changes, 0.0, settled=True)
        self.desk.drafts.save(who, typing, draft)

    def arrive(self, numbers: str = PORT_OUT["numbers"], who: str = ROSA) -> CaseFacts:
        """Complete a port-in, so that its numbers are in the inventory and assigned."""
        draft = self.draft(who, {**PORT_IN, "numbers": numbers})
        case = self.sign(self.desk.filing.file(who, draft).cases[0])
        for status in (Status.SUBMITTED, Status.FOC, Status.COMPLETED):
            case = self.move(case, status)
        return case

    def sign(self, case: CaseFacts) -> CaseFacts:
        """Send the signed letter back."""
        version = case.letter.version if case.letter else 0
        scan = {"id": f"F{next(_forms)}", "name": "signed.pdf", "size": 1}
        paper = SignedLetter(version, date(2027, 3, 1), "ink", [scan])
        return self.desk.letters.signed(case.requester, case.id, paper)

    def move(
        self, case: CaseFacts, status: Status, details: TransitionInput | None = None
    ) -> CaseFacts:
        """Move a case, with what the move needs."""
        given = details or _DETAILS.get(status, TransitionInput(why="Because"))
        return self.desk.transitions.move(ANNA, case.id, case.version, status, given)

    def ask(self, case: CaseFacts, who: str = ANNA, key: str = "", **changes: Any) -> RequestFacts:
        """Enter a winning carrier's request that matches, but for the `changes`."""
        sent = {"numbers": PORT_OUT["numbers"], "account_id": ACCOUNT_ID, "pin": PIN} | changes
        asked = ReceivedRequest(carrier="New Telecom", **sent)
        return self.desk.port_out.carrier_requests.enter(
            who, case.id, key or f"V{next(_forms)}", asked
        )

    def approve(self, case: CaseFacts, request: RequestFacts, who: str = ANNA) -> RequestFacts:
        """Approve a request as it was seen."""
        decision = Decision(request.id, request.version, approve=True)
        return self.desk.port_out.carrier_requests.decide(who, case.id, decision)

    def reject(
        self, case: CaseFacts, request: RequestFacts, who: str = ANNA, reason: Reason | None = None
    ) -> RequestFacts:
        """Reject a request, by default for the first thing that was found."""
        why = reason or (request.found or (Reason.INVALID_REQUEST,))[0]
        decision = Decision(request.id, request.version, approve=False, reason=why)
        return self.desk.port_out.carrier_requests.decide(who, case.id, decision)

    def audit(self, case: CaseFacts) -> list[str]:
        """Return what the audit says about a case, oldest first."""
        return [event.kind for event in self.desk.port_out.audit(case.id)]


@contextmanager
def open_desk(url: str, clock: Clock | None = None, agents: Set[str] = AGENTS) -> Iterator[Office]:
    """Open a desk on a database; several on one database are replicas."""
    engine = prepared_engine(url)
    ticking = clock or Clock()
    sessions = sessionmaker(engine, class_=Work, expire_on_commit=False)
    cipher = Cipher([KEY])
    given = {"channel": CHANNEL, "time_zone": "America/Los_Angeles"}
    room = DeskContext(
        sessions=sessions,
        clock=ticking,
        wall=ticking,
        cipher=cipher,
        settings=DeskSettings(sessions, cipher, given),
        is_agent=agents.__contains__,
        dispatcher=NoDispatcher(),
        gateway=ByHand(),
    )
    yield Office(Desk(room, Templates(), "tests"), ticking)
    engine.dispose()
