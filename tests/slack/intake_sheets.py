"""Drafts, sheets and pages for the tests of the intake."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from slack_sdk.models.views import View

from bot.desk.carriers.statistics import CarrierRecord
from bot.desk.drafts.draft_facts import DraftFacts
from bot.desk.validation.validator import as_intake
from bot.domain.rulebook.rulebook import CheckContext, Report, check
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.wizard.open_page import OpenPage, read_page
from bot.slack.port_in import FORM
from bot.wording.templates import Templates
from slack_sandbox.block_kit.input_values import initial_values

WORDS = Templates()
SCOPES = frozenset({"commands", "chat:write", "files:read", "files:write"})
MIXED = {"platform": "connect", "numbers": "206-555-0100, 416-555-0100"}
READ = {
    "csr_customer_name": "Ada Bakery",
    "bill_read": {"file": "F1", "name": "bill.pdf", "ok": True, "fields": ["csr_customer_name"]},
}
KNOWN = CarrierRecord("Example Telephone", 3, 3, 2, 6, (("NAME_MISMATCH", 1),), 1, "a note")
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
SECRETS = {"account_number": "SECRET-4711", "service_pin": "0042"}
BILL = {"id": "F1", "name": "bill.pdf", "size": 900}
COMPLETE: Mapping[str, Any] = {
    "platform": "voice_connector",
    "country": "US",
    "numbers": "206-555-0100 to 0109, 206-555-0150",
    "losing_carrier": "Example Telephone",
    "btn": "206-555-0190",
    "customer_name": "Ada Bakery",
    "street_address": "100 Example Street",
    "city": "Seattle",
    "state": "WA",
    "postal_code": "98101",
    "authorized_person": "Ada Example",
    "authorized_title": "Owner",
    "contact_email": "ada@bakery.example",
    "requested_date": "2026-12-09",
    "requested_time": "10:30",
    "time_zone": "America/New_York",
}
BRITISH = {"country": "GB", "numbers": "020 7946 0100 to 0102", "platform": "connect"}


def a_sheet(**changes: Any) -> FormState:
    return FormState({**COMPLETE, **changes})


def a_draft(step: str = "account", amends: str = "", **changes: Any) -> DraftFacts:
    return DraftFacts(7, {**COMPLETE, **SECRETS, **changes}, step, NOW, amends)


def a_report(sheet: FormState) -> Report:
    return check(as_intake(sheet.fields), CheckContext(today=date(2026, 11, 23), now=NOW))


def questions(view: View) -> dict[str, dict[str, Any]]:
    blocks = view.to_dict()["blocks"]
    return {block["block_id"]: block for block in blocks if block["type"] == "input"}


def answers(view: View) -> dict[str, Any]:
    given = {}
    for name, block in questions(view).items():
        element = block["element"]
        option = element.get("initial_option")
        initial = [value for key, value in element.items() if key.startswith("initial_")]
        given[name] = option["value"] if option else next(iter(initial), None)
    return given


def all_text(view: View) -> str:
    return str(view.to_dict())


def opened(view: View, **typed: Mapping[str, Any]) -> OpenPage:
    """Return the page of a view as Slack sends it after somebody filled in `typed`."""
    given = view.to_dict()
    values = initial_values([block for block in given["blocks"] if block["type"] == "input"])
    for name, held in typed.items():
        values[name][name] |= held
    state = {"values": values}
    sent = given | {"id": "V1", "root_view_id": "V0", "hash": "h", "state": state}
    return read_page(FORM, {"user": {"id": "U1"}, "view": sent})


@dataclass(frozen=True)
class Page:
    sheet: FormState
    step: str


PAGES = [
    Page(sheet, step)
    for sheet in (
        FormState({"country": "US"}),
        a_sheet(),
        a_sheet(btn="2065550100", btn_option="replace", bill=[BILL], numbers_file=[BILL]),
        a_sheet(platform="connect", support_plan="basic"),
        a_sheet(**BRITISH),
        replace(a_sheet(**MIXED), experience=KNOWN),
        FormState({**COMPLETE, **READ}, frozenset({"found_account_number"})),
    )
    for step in FORM.asking
]
