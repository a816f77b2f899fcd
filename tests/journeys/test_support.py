"""The text of a support request: ready to paste, whole, without a secret, for those it concerns."""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.domain.gateway.support_request import ask_of
from slack_sandbox import Person
from tests.domain.intakes import ARN, BRITISH, CONNECT, TOLL_FREE
from tests.journeys.cases import filed, moved, settled, signed, window
from tests.journeys.requests import ACCOUNT
from tests.office import ROSA, Message, Office, buttons, copied, headline, private, shown
from tests.port_out.departures import ACCOUNT_ID, PIN, file_port_out

TODAY, CENTER = "AWS Support Center, as it is today", "AWS Support Center"
CONSOLE = "Amazon Chime console"
TECHNICAL = "Technical Support, with premium support"
LIMIT = "Service limit increase, with basic support"
NAMES = (TODAY, CENTER, CONSOLE, TECHNICAL, LIMIT)
LONDON: dict[str, Any] = {**BRITISH, "requested_date": "", "requested_time": ""}


def asked(person: Person, card: Message) -> Message:
    """Press the button of a card and return the window."""
    if person.view() is not None:
        person.close(clear=True)
    person.click("Support request", in_message=card)
    view = person.view()
    assert view is not None
    return view


def for_agent(office: Office, case: CaseFacts) -> Message:
    """Return the window as an agent sees it."""
    return asked(office.anna, headline(office.anna, case.reference))


def let_go(office: Office, **changes: Any) -> CaseFacts:
    """File a port-out."""
    file_port_out(office.rosa, **changes)
    return office.service.desk.queries.open_cases(ROSA)[0]


def for_requester(office: Office, case: CaseFacts) -> Message:
    """Return the window as the requester of a port-out sees it."""
    return asked(office.rosa, private(office.rosa, f"{case.reference} –"))


def routes(view: Message) -> list[str]:
    """Return the routes that a window names, in their order."""
    titles = re.findall(r"^\*(?:Or: )?(.*?)\*$", window(view), re.MULTILINE)
    return [title for title in titles if title in NAMES]


@pytest.mark.one_quick
@pytest.mark.parametrize(
    ("number", "changes", "named", "says"),
    [
        (
            "206 555 0100",
            CONNECT,
            [TODAY, TECHNICAL],
            (
                "Case type: Account and billing\nService: Connect (Number Management)",
                "Category: Number Porting North America",
                "Case type: Technical Support\nService: Connect (Contact center)",
                "Category: Phone Number Porting\nSeverity: System impaired",
                f"Instance ARN: {ARN}",
                "Contact by: Web\nLanguage: English",
                "Contact flow, by its exact name: to be given later",
            ),
        ),
        (
            "206 555 0110 to 0112",
            {**CONNECT, "support_plan": "basic", "instance_arn": "", "contact_method": "phone"},
            [TODAY, LIMIT],
            (
                "Case type: Service limit increase\nLimit type: Amazon Connect\nRegion: us-east-1",
                "Limit: Phone Number Porting\nNew limit value: 3",
                "Instance ARN: to be given later",
                "Contact by: Phone\nCall: 206 555 0199",
                "Phone numbers (3):\n+12065550110 to +12065550112",
            ),
        ),
        (
            "020 7946 0100",
            {**LONDON, "platform": "connect", "instance_arn": ARN},
            [TODAY, TECHNICAL, LIMIT],
            (
                "Category: Number Porting Non-North America",
                "Severity: to be given later",
                "Country: GB",
                "Porting time: to be given later",
            ),
        ),
        (
            "206 555 0120, 206 555 0122",
            {},
            [CENTER, CONSOLE],
            (
                "Service: Chime SDK (Number Management)\nCategory: Phone Number Port In",
                "Phone number: +12065550120 and 1 more, listed in the description",
                "Porting date: 2027-03-17\nPorting time: 10:30 America/Los_Angeles",
                "Contact by: to be given later\nLanguage: to be given later",
                "Category: Other\nSubject: Porting phone numbers in",
                "Please port these numbers in to Voice Connector.",
                "Billing Telephone Number (BTN): 206.555.0150",
                "Customer name, as in the carrier's contract: Harbour Bakery",
            ),
        ),
        (
            "020 7946 0110",
            LONDON,
            [CENTER, CONSOLE],
            ("Estimated usage: 2,000 minutes a month", "SIP Media Application Dial-In"),
        ),
        (
            "800-555-0100",
            {**TOLL_FREE, "numbers": "800-555-0100"},
            [CENTER, CONSOLE],
            ("Phone number type: Toll-free",),
        ),
    ],
)
def test_a_port_in_is_told_as_its_route_asks_for_it(
    desk_office: Office, number: str, changes: dict[str, Any], named: list[str], says: list[str]
) -> None:
    case = filed(desk_office, **{**changes, "numbers": number})
    view = for_agent(desk_office, case)
    assert routes(view) == named
    assert [text for text in says if text not in window(view)] == []
    assert f"Our reference: {case.reference}" in window(view)


def test_a_toll_free_number_has_no_btn(desk_office: Office) -> None:
    case = filed(desk_office, **{**TOLL_FREE, "numbers": "888-555-0100"})
    assert "BTN" not in window(for_agent(desk_office, case))


def test_a_port_out_is_told_as_its_route_asks_for_it(desk_office: Office) -> None:
    chime = for_requester(desk_office, let_go(desk_office, numbers="206 555 0150 to 0152"))
    assert routes(chime) == [CENTER, CONSOLE]
    for text in (
        "Category: Phone Number Port Out\nSubject: Porting phone numbers out",
        "Please let these numbers of Voice Connector go to another carrier.",
        "Please tell us the account ID and the PIN that the new carrier has to name.",
        "New carrier: New Telecom",
        "Porting date: 2027-03-17\nPorting time: to be given later",
    ):
        assert text in window(chime)


def test_a_port_out_of_connect_names_its_instance(desk_office: Office) -> None:
    instance = {"instance_arn": ARN, "region": "us-east-1", "instance_name": "harbour"}
    case = let_go(
        desk_office, platform="connect", numbers="206 555 0160", requested_date="", **instance
    )
    connect = for_agent(desk_office, case)
    assert routes(connect) == [TODAY]
    for text in (
        "Category: Number Porting North America\nSubject: Porting phone numbers out",
        "Please let this number of Amazon Connect go to another carrier.",
        f"Instance ARN: {ARN}\nRegion: us-east-1\nInstance name: harbour",
        "New carrier: New Telecom",
        "Porting date: to be given later",
    ):
        assert text in window(connect)
    assert "account ID" not in "".join(copied(connect))


def test_no_secret_stands_in_the_text(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0131")
    view = for_agent(desk_office, case)
    assert "Account number: [an agent copies it here from" in window(view)
    leaving = let_go(desk_office, numbers="206 555 0132")
    seen = json.dumps([view, for_agent(desk_office, leaving)])
    secrets = (ACCOUNT["account_number"], ACCOUNT["service_pin"], ACCOUNT_ID, PIN)
    assert [secret for secret in secrets if secret in seen] == []


def test_a_stranger_does_not_get_the_text(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0133")
    mateo = desk_office.mateo
    view = asked(mateo, headline(mateo, case.reference))
    assert "belongs to somebody else" in window(view)
    assert copied(view) == []


@pytest.mark.one_quick
@pytest.mark.parametrize(
    "name",
    ["``` <!channel> ```", "````", "`", "<@U0TOM00001> & {{ 7*7 }}"],
)
def test_a_name_does_not_break_out_of_what_is_copied(desk_office: Office, name: str) -> None:
    number = f"212 555 01{sum(map(ord, name)) % 100:02}"
    view = for_agent(desk_office, filed(desk_office, number, customer_name=f"Bakery {name}"))
    texts = copied(view)
    assert all(text.count("`") == 6 and text.endswith("\n```") for text in texts)
    assert not re.search(r"<[!@#]", json.dumps(view))
    lines = unescape("\n".join(texts)).splitlines()
    plain = " ".join(name.split()).replace("`", "'")
    assert f"Customer name, as in the carrier's contract: Bakery {plain}" in lines


def test_a_name_of_two_lines_forges_no_line(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0134")
    forged = replace(case, fields={**case.fields, "customer_name": "A\nSubject: B\u2028C: D"})
    assert ask_of(forged).given["customer_name"] == "A Subject: B C: D"


@pytest.mark.long
def test_many_numbers_go_into_a_list_of_their_own(desk_office: Office) -> None:
    blocks = ", ".join(f"{area} 555 0100 to 0199" for area in (303, 312, 415))
    case = filed(desk_office, f"{blocks}, 503 555 0100")
    view = for_agent(desk_office, case)
    assert "Phone numbers (301), see the attached list; the first ones:" in window(view)
    assert "+13035550100 to +13035550109\n" in window(view)
    whole = copied(view)[-1].strip("`\n").splitlines()
    assert whole[0] == "+13035550100 to +13035550199"
    assert whole[-1] == "+15035550100"


def test_a_hundred_numbers_apart_fit_into_the_text(desk_office: Office) -> None:
    apart = ", ".join(f"{area} 555 01{n:02}" for area in (602, 702) for n in range(0, 100, 2))
    view = for_agent(desk_office, filed(desk_office, apart))
    assert "attached list" not in window(view)
    assert window(view).count("+1602555") == 51, "fifty in the description, the first in the form"


def test_the_window_says_what_comes_next(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0140")
    assert "the button comes with the signed letter" in window(for_agent(desk_office, case))
    case = signed(desk_office, case)
    assert "press *Submit to carrier* on the card of the case." in window(
        for_agent(desk_office, case)
    )
    moved(desk_office, case, Status.SUBMITTED)
    assert "“Submitted to the carrier” already" in window(for_agent(desk_office, case))


@pytest.mark.long
def test_an_agent_and_a_requester_of_a_port_out_are_told_their_own_next_step(
    desk_office: Office,
) -> None:
    case = let_go(desk_office, numbers="206 555 0141")
    assert "press *Ordered at the carrier*" in window(for_agent(desk_office, case))
    told = window(for_requester(desk_office, case))
    assert "The desk's agents file this." in told


@pytest.mark.long
def test_a_closed_case_offers_no_text(desk_office: Office) -> None:
    case = filed(desk_office, "206 555 0142")
    assert "Support request" in buttons(headline(desk_office.anna, case.reference))
    moved(desk_office, case, Status.CANCELLED)
    settled(desk_office)
    card = headline(desk_office.anna, case.reference)
    assert "Cancelled" in shown(card)
    assert "Support request" not in buttons(card)
