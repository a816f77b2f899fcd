"""Port-outs as people file and answer them."""

from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from slack_sandbox import Person
from tests.journeys.cases import submitted
from tests.office import Message, Office

ACCOUNT_ID = "ACCT-55440011"
PIN = "K7M4"
ZIP = "98101"
LEAVING: dict[str, Any] = {
    "platform": "voice_connector",
    "numbers": "(206) 555-0100 to 0102",
    "declared": ["yes"],
    "winning_carrier": "New Telecom",
    "contact_email": "rosa@example.com",
}
ACCOUNT: dict[str, Any] = {
    "account_id": ACCOUNT_ID,
    "pin": PIN,
    "requested_date": "2027-03-17",
    "time_zone": "America/Los_Angeles",
}
ASKED: dict[str, Any] = {
    "carrier": "New Telecom",
    "numbers": "206-555-0100 to 0102",
    "account_id": ACCOUNT_ID,
    "pin": PIN,
}


def fill_port_out(person: Person, **changes: Any) -> None:
    """Type `/port-out` and fill both pages up to the review."""
    person.command("/port-out")
    for page in (LEAVING, ACCOUNT):
        view = person.view()
        assert view is not None
        asked = {block["block_id"] for block in view["blocks"]}
        values = {**page, **changes}
        if (carrier := values.get("winning_carrier")) and "winning_carrier" in asked:
            person.suggest("winning_carrier", carrier)
        person.fill({name: value for name, value in values.items() if name in asked and value})
        errors = person.submit()
        assert errors == {}, errors


def file_port_out(person: Person, **changes: Any) -> None:
    """File a port-out of three numbers that are declared by hand."""
    fill_port_out(person, **changes)
    assert person.submit() == {}


def enter_request(agent: Person, card: Message, **changes: Any) -> dict[str, str]:
    """Type in what the winning carrier sent; returns the errors under the fields."""
    agent.click("Enter carrier's request", in_message=card)
    agent.fill({**ASKED, **changes})
    return agent.submit()


def answer(agent: Person, decision: str, reason: str = "") -> dict[str, str]:
    """Answer the request that the window shows."""
    agent.fill(decision=decision)
    if reason:
        agent.fill(reason=reason)
    return agent.submit()


def item_of(checklist: Message, item: str) -> Message:
    """Return a checklist as if it had this item only, so that its button is the one to click."""
    blocks = [block for block in checklist["blocks"] if block["block_id"] == f"item:{item}"]
    return {**checklist, "blocks": blocks}


def bring_in(office: Office, numbers: str = "206-555-0100 to 0102") -> CaseFacts:
    """Complete a port-in (PRT-1001), so that its numbers are in the inventory and assigned."""
    return submitted(office, numbers, Status.FOC, Status.COMPLETED)


def forged(office: Office, who: str, **payload: Any) -> BoltResponse:
    """Hand the app an interaction that no window of Slack would send."""
    body = {"user": {"id": who}, "team": {"id": "T0SANDBOX"}, "trigger_id": "none", **payload}
    return office.service.app.dispatch(BoltRequest(body=body, mode="socket_mode"))
