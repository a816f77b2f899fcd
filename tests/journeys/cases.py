"""Cases that stand somewhere in their life already, so that a test can begin there."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.drafts.draft_facts import Typing
from bot.desk.letters.letters import SignedLetter
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from tests.journeys.requests import ACCOUNT, CUSTOMER, NUMBERS, PAPERS
from tests.office import ANNA, ROSA, Message, Office, headline, private
from tests.patience import wait_until

FIELDS: dict[str, Any] = {**NUMBERS, **ACCOUNT, **CUSTOMER, **PAPERS, "kind": "port_in"}
TODAY = date(2027, 3, 1)
FOC_AT = datetime.fromisoformat("2027-03-18T17:00+00:00")
DETAILS: dict[Status, TransitionInput] = {
    Status.FOC: TransitionInput(foc_at=FOC_AT, time_zone="America/Los_Angeles"),
    Status.EXCEPTION: TransitionInput(why="They say so", reason_code="OTHER"),
    Status.COMPLETED: TransitionInput(open_items_known=True),
}


def drafted(office: Office, who: str = ROSA, **changes: Any) -> int:
    """Leave a draft behind with everything filled in; returns its id."""
    typing = Typing(f"V{uuid4().hex[:12]}", "review", FIELDS | changes, 0.0, settled=True)
    return office.service.desk.drafts.save(who, typing).id


def filed(office: Office, numbers: str, who: str = ROSA, **changes: Any) -> CaseFacts:
    """File a request; returns its (first) case."""
    draft = drafted(office, who, numbers=numbers, **changes)
    return office.service.desk.filing.file(who, draft).cases[0]


def signed(office: Office, case: CaseFacts, on: date = TODAY, who: str = ROSA) -> CaseFacts:
    """Send the signed letter back."""
    scan = {
        "id": office.person(who).upload("signed.pdf", b"%PDF-1.4 by hand"),
        "name": "s",
        "size": 1,
    }
    version = case.letter.version if case.letter else 0
    paper = SignedLetter(version, on, "ink", [scan])
    return office.service.desk.letters.signed(who, case.id, paper)


def moved(office: Office, case: CaseFacts, *targets: Status, who: str = ANNA) -> CaseFacts:
    """Move a case along these statuses, with what each of them needs."""
    for target in targets:
        details = DETAILS.get(target, TransitionInput(why="Because"))
        case = office.service.desk.transitions.move(who, case.id, case.version, target, details)
    return case


def submitted(office: Office, numbers: str, *targets: Status, **changes: Any) -> CaseFacts:
    """File, sign and submit a case, and move it on along `targets`."""
    case = filed(office, numbers, **changes)
    case = signed(office, case, who=case.requester)
    return moved(office, case, Status.SUBMITTED, *targets)


def now(office: Office, case: CaseFacts) -> CaseFacts:
    """Return a case as it is now."""
    return office.service.desk.queries.case(case.id)


def timeline(office: Office, case: CaseFacts) -> list[str]:
    """Return the kinds of what happened to a case, oldest first."""
    return [event.kind for event in office.service.desk.queries.history(case.id)]


def window(message_or_view: Message | None) -> str:
    """Return all that a modal says, as one text."""
    blocks: Sequence[Message] = (message_or_view or {"blocks": []})["blocks"]
    return "\n".join(
        part["text"]
        for block in blocks
        for part in [block.get("text"), block.get("hint"), *block.get("elements", [])]
        if isinstance(part, dict) and isinstance(part.get("text"), str)
    )


def settled(office: Office) -> None:
    """Wait until everything that is owed to Slack has arrived there."""
    wait_until(lambda: not owed(office), "something is still owed to Slack")


def owed(office: Office) -> int:
    """Return how many deliveries wait."""
    with office.service.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM delivery WHERE done_at IS NULL")
        return int(found.scalar_one())


def desk_card(office: Office, case: CaseFacts) -> Message:
    """Return the headline of a case once it shows the case as it is."""
    settled(office)
    return headline(office.anna, case.reference)


def own_card(office: Office, case: CaseFacts) -> Message:
    """Return the requester's card of a case once it shows the case as it is."""
    settled(office)
    return private(office.rosa, f"{case.reference} – ")
