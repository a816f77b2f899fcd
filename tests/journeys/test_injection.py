"""What people type is shown as they typed it: it pings nobody, links nowhere, forges no line."""

import io
import re
from html import unescape

import pypdf
import pytest

from bot.desk.cases.transition_requirements import TransitionInput
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from tests.journeys.cases import drafted, filed, now, settled, submitted, window
from tests.office import ANNA, ROSA, TOM, Message, Office, headline, posted, private, shown

PING = f"<!channel> <@{TOM}> <http://evil.example|click>"
MARKED = 'Smith & "Sons" *bold* _it_ `code` ~x~ {{ 7*7 }} {% raw %}'
FIELDS = ("customer_name", "street_address", "unit", "city", "authorized_person")
_OURS = re.compile(r"<@(U[A-Z0-9]+)>|<!date\^[^>]*>")


def _all_texts(value: object) -> list[str]:
    """Return every mrkdwn text in a message or view; plain text pings nobody."""
    if isinstance(value, list):
        return [text for item in value for text in _all_texts(item)]
    if not isinstance(value, dict):
        return []
    here = [value["text"]] if value.get("type") in {"mrkdwn", "message"} else []
    return [str(text) for text in here] + _all_texts(list(value.values()))


def _pings(value: object) -> set[str]:
    """Return what Slack would read as markup, but for the desk's own mentions and dates."""
    texts = " ".join(_all_texts(value))
    people = {found for found in _OURS.findall(texts) if found}
    return set(re.findall(r"<[^>]*>", _OURS.sub("", texts))) | (people & {TOM})


@pytest.mark.long
def test_no_field_of_a_request_pings_anybody(desk_office: Office) -> None:
    typed = dict.fromkeys(FIELDS, f"A {PING}")
    case = filed(desk_office, "206 555 0100", losing_carrier=f"Old {PING}"[:60], **typed)
    anna = desk_office.anna
    settled(desk_office)
    anna.click("Details", in_message=headline(anna, case.reference))
    assert _pings(desk_office.slack.record) == set()
    assert _pings(anna.views()) == set()
    assert "<!channel>" in unescape(window(anna.view())), "but it is shown"


def test_the_review_of_a_request_pings_nobody(desk_office: Office) -> None:
    while left := desk_office.service.desk.drafts.latest(ROSA):
        desk_office.service.desk.drafts.discard(ROSA, left.id)
    drafted(desk_office, numbers="206 555 0101", losing_carrier=f"Old {PING}"[:60])
    rosa = desk_office.rosa
    rosa.command("/port-in")
    assert _pings(rosa.views()) == set()
    assert "<!channel>" in unescape(window(rosa.view()))


@pytest.mark.one_quick
@pytest.mark.parametrize(
    "why", [PING, MARKED, "one\n*Anna* moved the case\n\n>three", "\u202etxt.exe"]
)
def test_a_reason_stays_inside_its_quotation(desk_office: Office, why: str) -> None:
    number = [PING, MARKED].index(why) if why in (PING, MARKED) else 2 + ("\u202e" in why)
    case = submitted(desk_office, f"206 555 011{number}")
    details = TransitionInput(why=why)
    desk = desk_office.service.desk
    desk.transitions.move(ANNA, case.id, case.version, Status.PENDING_DOCUMENTS, details)
    settled(desk_office)
    line = [m for m in _thread(desk_office, case) if "Documents needed" in shown(m)][-1]
    quoted = line["text"].split("\n")[1:]
    assert all(part.startswith(">") for part in quoted)
    typed = "\n".join(part.removeprefix(">") for part in quoted)
    assert unescape(typed) == why.replace("\u202e", "")
    assert _pings([line, private(desk_office.rosa, f"{case.reference}* is now")]) == set()


@pytest.mark.long
def test_a_reason_with_a_letter_that_nobody_can_read_is_kept(desk_office: Office) -> None:
    case, anna = submitted(desk_office, "206 555 0118"), desk_office.anna
    settled(desk_office)
    anna.click("move:PENDING_DOCUMENTS", in_message=headline(anna, case.reference))
    assert anna.fill(why="The bill\0please").submit() == {}
    assert anna.view() is None
    settled(desk_office)
    assert any("The bill\ufffdplease" in shown(line) for line in _thread(desk_office, case))


def _thread(office: Office, case: CaseFacts) -> list[Message]:
    return office.anna.thread(headline(office.anna, case.reference)["ts"])


def test_templates_in_a_name_are_not_executed(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0120", customer_name="{{ 7*7 }} & Co {% raw %}")
    assert now(desk_office, case).fields["customer_name"] == "{{ 7*7 }} & Co {% raw %}"
    card = shown(headline(desk_office.anna, case.reference))
    assert "{{ 7*7 }} &amp; Co {% raw %}" in card
    assert "49" not in card


def test_the_letter_prints_what_was_typed(desk_office: Office) -> None:
    name = '<b>Smith</b> & "Sons" {{ 7*7 }}'
    case = filed(
        desk_office, "206 555 0121", customer_name=name, street_address="1 <i>Pier</i> &amp;"
    )
    settled(desk_office)
    letter = private(desk_office.rosa, f"*{case.reference}*: here is letter version 1")
    pdf = desk_office.rosa.download(letter["files"][0])
    printed = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert name in " ".join(printed.split())
    assert "1 <i>Pier</i> &amp;" in " ".join(printed.split())


@pytest.mark.long
def test_a_file_name_pings_nobody(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0122")
    rosa = desk_office.rosa
    rosa.click("Send signed letter", in_message=private(rosa, f"{case.reference} – "))
    scan = rosa.upload(f"<!channel> <@{TOM}> & *x*.pdf", b"%PDF scan")
    assert rosa.fill(signed_loa=[scan], loa_signed_on="2027-03-01").submit() == {}
    settled(desk_office)
    anna = desk_office.anna
    anna.click("Details", in_message=headline(anna, case.reference))
    assert _pings(anna.views()) == set()
    anna.click("Send me a copy")
    settled(desk_office)
    assert posted(anna, case.reference)
    assert _pings([m for m in anna.dm() if m["bot"]]) == set()
