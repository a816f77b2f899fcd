"""While somebody else holds the database, everybody hears of it in time, all waits together."""

import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from urllib.parse import urlencode

import pytest
from sqlalchemy import create_engine, func, select, text

from bot.desk.drafts.draft_facts import Typing
from bot.slack.bolt.payload import Target
from bot.store.models.cases import Draft
from bot.store.wait_budget import WRITER_WAIT_SECONDS
from slack_sandbox.delivery.http_mode import FORM, HttpDelivery
from tests.http.conftest import HttpOffice, port_command
from tests.journeys.cases import FIELDS
from tests.office import ROSA

CLICKS = 50
# Seconds that Slack waits. The desk waits for 1.7; people, Slack and desk share this machine here.
IN_TIME = 3.0


@contextmanager
def held_elsewhere(url: str) -> Iterator[None]:
    """Hold what a writer needs, in a session of another program."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    engine = create_engine(url)
    with engine.connect() as other:
        other.execute(text("SELECT * FROM port_case FOR UPDATE"))
        yield
    engine.dispose()


def click(case: int, number: int) -> bytes:
    """Return the body of Rosa's click on *Change details*."""
    button = {"type": "button", "action_id": "change", "value": Target(case, 1).packed()}
    body = {
        "type": "block_actions",
        "user": {"id": ROSA, "team_id": "T0SANDBOX1"},
        "team": {"id": "T0SANDBOX1"},
        "channel": {"id": "C0PORTING1"},
        "container": {"type": "message", "channel_id": "C0PORTING1", "message_ts": "1.2"},
        "trigger_id": f"{number}.2.3",
        "actions": [{**button, "block_id": "b", "action_ts": "1.2"}],
    }
    return urlencode({"payload": json.dumps(body)}).encode()


def timed(office: HttpOffice, body: bytes) -> tuple[int, float]:
    """Post a signed body; returns the status and the seconds until the answer."""
    door = HttpDelivery(office.url, office.slack.signing_secret)
    begun = time.monotonic()
    status, _ = door.post(body, FORM, 30.0)
    return status, time.monotonic() - begun


@pytest.mark.slow
@pytest.mark.both_databases
def test_fifty_at_once_hear_in_time_that_somebody_else_holds_the_database(
    http_office: HttpOffice, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = http_office.service.desk
    draft = desk.drafts.save(ROSA, Typing("V1", "review", FIELDS, 0.0, settled=True)).id
    case = desk.filing.file(ROSA, draft).cases[0]
    with ThreadPoolExecutor(CLICKS + 1) as people, held_elsewhere(database_url):
        clicks = [people.submit(timed, http_office, click(case.id, n)) for n in range(CLICKS)]
        time.sleep(0.5)
        read = people.submit(timed, http_office, port_command("list")).result()
        answers = [done.result() for done in clicks]
    seconds = sorted(took for _, took in answers)
    assert {status for status, _ in answers} == {200}
    assert capsys.readouterr().out.count("desk_busy") == CLICKS
    assert seconds[-1] < IN_TIME, seconds[-5:]
    assert read[1] < WRITER_WAIT_SECONDS / 2, "who only reads waits for nobody"
    status, _took = timed(http_office, click(case.id, CLICKS))
    with desk.context.transaction() as session:
        kept = session.scalar(select(func.count()).where(Draft.amends_id == case.id))
    assert (status, kept) == (200, 1), "nothing of the others was kept, and it goes on"
