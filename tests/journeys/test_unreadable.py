"""A secret that no key opens breaks nothing but itself; a wrong key is noticed before it seals."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Role
from bot.domain.port_out.requests import RequestFacts
from bot.errors import Refusal
from bot.slack.blocks.case_card import headline, requester_card
from bot.slack.case.details_modal import details_view
from bot.slack.port_out.credentials_modal import give_view
from bot.store.encryption import Unreadable
from bot.store.models.base import Base, table_of
from bot.store.models.cases import Case, Document, Draft
from bot.store.models.number_pins import Protection
from bot.wording.templates import Templates
from tests.commands import Ended, run_command
from tests.port_out.departures import PIN
from tests.port_out.desks import ANNA, KEY, PORT_IN, ROSA, Office
from tests.port_out.unasked import enter, protect
from tests.refusals import told_no

NUMBER = "206-555-0100"
OTHER = "YW5vdGhlciBzZWNyZXQsIGFsc28gb2YgdGhpcnR5LXQ="
BILL = [{"id": "F0BILL", "name": "bill.pdf", "size": 4}]


def _filed(room: Office, numbers: str) -> CaseFacts:
    draft = room.draft(ROSA, {**PORT_IN, "numbers": numbers, "bill": BILL})
    return room.desk.filing.file(ROSA, draft).cases[0]


def _spoil(room: Office, table: type[Base], **values: Any) -> None:
    """Write over what is stored, in the row with this `id` or in all."""
    where = table_of(table)
    only = [where.c.id == values.pop("id")] if "id" in values else []
    with room.desk.context.transaction() as session:
        session.execute(update(where).where(*only).values(values))


def _run(line: list[str], folder: Path, url: str, key: str = KEY) -> Ended:
    variables = {
        "DATABASE_URL": url,
        "PORTDESK_SECRET_KEY": key,
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "PORTDESK_CHANNEL": "C0PORTING1",
        "PORTDESK_AGENTS": ANNA,
    }
    return run_command(line, folder, variables)


@pytest.mark.long
def test_a_wrong_key_is_told_and_nothing_starts_with_it(
    room: Office, database_url: str, tmp_path: Path
) -> None:
    _filed(room, "206-555-0100")
    refused = _run(["run"], tmp_path, database_url, OTHER)
    assert refused.code == 1
    assert "PORTDESK_SECRET_KEY opens nothing of what is stored in this database." in refused.errors
    told = _run(["doctor"], tmp_path, database_url, OTHER).output
    assert "FAIL keys: PORTDESK_SECRET_KEY opens nothing" in told
    assert "ok   keys\n" in _run(["doctor"], tmp_path, database_url, f"{OTHER},{KEY}").output


def test_one_unreadable_case_is_shown_as_such_beside_all_others(
    room: Office, database_url: str, tmp_path: Path
) -> None:
    whole, spoilt = _filed(room, "206-555-0100"), _filed(room, "206-555-0101")
    _spoil(room, Case, id=spoilt.id, sealed="gAAAA damaged", sealed_link="x")
    assert [case.unreadable for case in room.desk.queries.open_cases(ANNA)] == [True, False]

    rows = json.loads(_run(["export"], tmp_path, database_url).output)
    assert [row["service_pin"] for row in rows] == ["on file", "unreadable"]
    assert [row["pin"] for row in rows] == ["", ""]
    case, words = room.desk.queries.case(spoilt.id), Templates()
    shown = details_view(words, case, Role.AGENT, ()).to_dict()
    assert "*Secrets:* cannot be read" in str(shown)
    for card in (headline(words, case), requester_card(words, case)):
        assert "PIN cannot be read" in str([block.to_dict() for block in card[1]])

    assert room.sign(case).letter is not None, "what needs no secret goes on"
    with pytest.raises(Unreadable):
        room.desk.queries.reveal(ANNA, spoilt.id, "service_pin")
    assert room.desk.queries.reveal(ANNA, whole.id, "service_pin") == PORT_IN["service_pin"]
    said = _run(["doctor"], tmp_path, database_url).output
    assert f"FAIL keys: no key opens the secrets of {spoilt.reference}" in said


def test_an_unreadable_draft_keeps_nobody_from_a_new_request(room: Office) -> None:
    room.draft(ROSA, dict(PORT_IN))
    _spoil(room, Draft, sealed="gAAAA damaged")
    assert room.desk.drafts.latest(ROSA) is None


def test_an_unreadable_file_is_told_and_its_name_is_not_lost(room: Office) -> None:
    [paper] = _filed(room, "206-555-0100").documents
    room.desk.documents.keep_content(paper.id, b"bill")
    _spoil(room, Document, content=b"damaged")
    wanted = room.desk.documents.find(paper.id)
    assert (wanted.name, wanted.content, wanted.unreadable) == ("bill.pdf", None, True)


def _asks_for_a_case(room: Office, pin: str) -> RequestFacts:
    [case] = room.desk.queries.open_cases(ANNA)
    return room.ask(case, numbers=NUMBER, pin=pin)


def _asks_unasked(room: Office, pin: str) -> RequestFacts:
    case = enter(room, f"V-{pin}", numbers=NUMBER, pin=pin).case
    assert case is not None
    assert case.request is not None
    return case.request


@pytest.mark.one_quick
@pytest.mark.parametrize(
    ("table", "column", "asks"),
    [
        (Case, "sealed", _asks_for_a_case),
        (Protection, "sealed", _asks_for_a_case),
        (Protection, "sealed", _asks_unasked),
        (Protection, "sealed_account", _asks_unasked),
    ],
)
def test_what_cannot_be_read_is_neither_right_nor_the_carriers_mistake(
    room: Office, table: type[Base], column: str, asks: Callable[[Office, str], RequestFacts]
) -> None:
    """Nothing is entered, counted or locked; with the key back the same request matches."""
    room.arrive(NUMBER)
    protect(room, numbers=NUMBER)
    if asks is _asks_for_a_case:
        room.leave(numbers=NUMBER)
    where = table_of(table)
    with room.desk.context.transaction() as session:
        kept = session.execute(select(where).order_by(*where.primary_key)).mappings().all()[-1]
    _spoil(room, table, **{column: "gAAAA damaged"})
    for pin in ("0000", "0001", "0002", "0003"):
        with told_no(Refusal, match="cannot be read, so nothing was compared"):
            asks(room, pin)
    _spoil(room, table, **{column: kept[column]})
    assert asks(room, PIN).found == ()


def test_a_pin_that_cannot_be_read_is_shown_as_such(room: Office) -> None:
    room.arrive(NUMBER)
    protect(room, numbers=NUMBER)
    case = room.leave(numbers=NUMBER)
    _spoil(room, Protection, sealed="gAAAA damaged")
    given = room.desk.port_out.credentials.show(ANNA, case.id)
    assert given.protected == {case.numbers[0]: None}
    assert "cannot be read" in str(give_view(Templates(), given).to_dict())


def test_rotation_names_what_it_cannot_read_and_does_the_rest(
    room: Office, database_url: str, tmp_path: Path
) -> None:
    spoilt, whole = _filed(room, "206-555-0100"), _filed(room, "206-555-0101")
    _spoil(room, Case, id=spoilt.id, sealed="gAAAA damaged")
    said = _run(["rotate"], tmp_path, database_url, f"{OTHER},{KEY}")
    assert said.code == 1
    assert f"No key opens those of {spoilt.reference}. Keep all keys" in said.errors
    rows = json.loads(_run(["export"], tmp_path, database_url, OTHER).output)
    assert [row["service_pin"] for row in rows] == ["unreadable", "on file"]
    assert whole.reference == rows[1]["reference"]
