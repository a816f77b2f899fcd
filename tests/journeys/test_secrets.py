"""PINs and account numbers: sealed at rest, in no message, shown to one agent at a time."""

import io
import json

import openpyxl
import pypdf
import pytest

from bot.cli.database import export_cases
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.errors import Refusal
from tests.databases import every_row
from tests.journeys.cases import drafted, filed, moved, now, settled, timeline, window
from tests.journeys.requests import file_request
from tests.office import ANNA, ROSA, Message, Office, headline, private
from tests.refusals import told_no

PIN, ACCOUNT = "Zq7Xw9Kp", "ACC-5577-31337"
SECRETS = {"service_pin": PIN, "account_number": ACCOUNT}


def _filed(office: Office, numbers: str) -> CaseFacts:
    file_request(office.rosa, numbers=numbers, **SECRETS)
    settled(office)
    return office.service.desk.queries.every_case()[-1]


def _leaks(text: str | bytes) -> list[str]:
    found = text if isinstance(text, str) else text.decode("latin-1")
    return [secret for secret in SECRETS.values() if secret in found]


def _said_by_the_app(office: Office) -> list[object]:
    """Return all that the app sent: its calls, and its answers to what Slack delivered."""
    entries: list[Message] = office.rosa._read("/sandbox/traffic?after=0")["entries"]
    return [e["response"] if e["direction"] == "to_app" else e["request"] for e in entries]


def test_a_secret_leaves_no_trace_anywhere(
    desk_office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    case = _filed(desk_office, "206 555 0100 to 0111")
    desk_office.anna.click("Details", in_message=headline(desk_office.anna, case.reference))
    anna_sees = json.dumps(desk_office.anna.views())
    assert "on file, not shown" in anna_sees
    said = json.dumps(_said_by_the_app(desk_office))
    assert case.reference in said
    assert _leaks(said) == []
    assert _leaks(json.dumps(desk_office.slack.record)) == []
    assert _leaks(anna_sees) == []
    assert _leaks(export_cases(desk_office.settings, "json")) == []
    assert _leaks(export_cases(desk_office.settings, "csv")) == []
    logged = capfd.readouterr()
    assert "delivered" in logged.out + logged.err
    assert _leaks(logged.out + logged.err) == []


@pytest.mark.long
def test_neither_letter_nor_spreadsheet_prints_a_secret(desk_office: Office) -> None:
    case = _filed(desk_office, "206 555 0112 to 0123")
    sent = private(desk_office.rosa, f"*{case.reference}*: here is letter version 1")["files"]
    pdf, xlsx = (desk_office.rosa.download(file) for file in sent)
    printed = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    cells = str([list(s.values) for s in openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets])
    assert "Harbour Bakery" in printed
    assert "0112" in cells
    assert PIN not in printed + cells


def test_no_row_of_the_database_holds_a_secret_in_clear(desk_office: Office) -> None:
    drafted(desk_office, numbers="206 555 0124", **SECRETS)
    filed(desk_office, "206 555 0125", **SECRETS)
    kept = every_row(desk_office.service.engine).encode()
    assert b"Harbour Bakery" in kept, "the search finds what is in clear"
    assert _leaks(kept) == []


def test_an_agent_may_look_at_a_secret_and_it_is_recorded(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0126", **SECRETS)
    settled(desk_office)
    anna = desk_office.anna
    anna.click("Details", in_message=headline(anna, case.reference))
    anna.click("reveal")
    assert ACCOUNT in window(anna.view())
    last = desk_office.service.desk.queries.history(case.id)[-1]
    assert (last.kind, last.who) == ("revealed", ANNA)
    assert _leaks(json.dumps(desk_office.slack.record)) == []
    assert _leaks(str(last)) == []


def test_the_requester_is_not_shown_a_secret_again(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0127", **SECRETS)
    rosa = desk_office.rosa
    rosa.click("Details", in_message=private(rosa, f"{case.reference} – "))
    assert "reveal" not in json.dumps(rosa.view())
    with told_no(Refusal, match="Only the desk's agents"):
        desk_office.service.desk.queries.reveal(ROSA, case.id, "service_pin")
    assert "revealed" not in timeline(desk_office, case)


@pytest.mark.long
def test_a_changed_secret_is_named_in_the_history_but_not_told(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0128", **SECRETS)
    rosa = desk_office.rosa
    rosa.click("Change details", in_message=private(rosa, f"{case.reference} – "))
    rosa.submit()
    rosa.fill(service_pin="Nw5Pin77")
    for _ in range(4):
        assert rosa.submit() == {}
    last = desk_office.service.desk.queries.history(case.id)[-1]
    assert last.facts["fields"] == "service_pin"
    settled(desk_office)
    assert "Nw5Pin77" not in json.dumps([*_said_by_the_app(desk_office), str(last)])
    assert desk_office.service.desk.queries.reveal(ANNA, case.id, "service_pin") == "Nw5Pin77"


def test_closing_a_case_tells_no_secret(desk_office: Office) -> None:
    case = moved(desk_office, filed(desk_office, "206 555 0129", **SECRETS), Status.CANCELLED)
    settled(desk_office)
    assert not now(desk_office, case).is_open
    assert _leaks(json.dumps(desk_office.slack.record)) == []
