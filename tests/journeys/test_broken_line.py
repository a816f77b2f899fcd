"""Whatever becomes of the connection to Slack, the desk is back within seconds."""

import logging
from collections import Counter
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from dbos import DBOS
from dbos._error import DBOSException

from slack_sandbox import Break, RefusedError
from tests.journeys.cases import settled
from tests.journeys.requests import fill_pages
from tests.office import Office, answered

BACK_SECONDS = 10.0
OPEN = "apps.connections.open"


def seconds_until_back(office: Office) -> float:
    """Wait for a new connection and for an answer over it; returns how long both took."""
    begun = monotonic()
    office.slack.wait_until_connected(3 * BACK_SECONDS)
    assert "/port-in" in answered(office.rosa, "/port help")
    return monotonic() - begun


@pytest.mark.parametrize("how", Break)
def test_a_broken_connection_is_replaced(desk_office: Office, how: Break) -> None:
    desk_office.slack.break_sockets(how)
    assert seconds_until_back(desk_office) < BACK_SECONDS


@pytest.mark.long
@pytest.mark.parametrize("trouble", ["server_error", "rate_limit", "silent"])
def test_a_slack_that_lets_nobody_in_is_asked_again(desk_office: Office, trouble: str) -> None:
    desk_office.slack.faults.change({trouble: 1, "methods": [OPEN]})
    desk_office.slack.break_sockets(Break.RESET)
    assert seconds_until_back(desk_office) < BACK_SECONDS


@pytest.mark.long
def test_an_outage_ends_within_seconds_and_is_asked_about_with_pauses(
    desk_office: Office,
) -> None:
    before = asked(desk_office)
    desk_office.slack.faults.change({"server_error": 2, "methods": [OPEN]})
    desk_office.slack.break_sockets(Break.RESET)
    assert seconds_until_back(desk_office) < BACK_SECONDS
    assert asked(desk_office) == before + 3


@pytest.mark.long
def test_a_handshake_without_an_answer_is_given_up(desk_office: Office) -> None:
    before = asked(desk_office)
    desk_office.slack.faults.silent_handshake = True
    desk_office.slack.break_sockets(Break.CLOSE)
    desk_office.rosa.wait_for(lambda _state: asked(desk_office) > before, BACK_SECONDS)
    desk_office.slack.faults.silent_handshake = False
    assert seconds_until_back(desk_office) < BACK_SECONDS


def asked(office: Office) -> int:
    """Return how often Slack was asked for a connection."""
    entries = office.anna._read("/sandbox/traffic?after=0")["entries"]
    return sum(entry["name"] == OPEN for entry in entries)


@pytest.mark.long
@pytest.mark.parametrize("how", [Break.RESET, Break.CLOSE, Break.DISCONNECT])
def test_an_answer_whose_connection_broke_goes_over_the_next(
    desk_office: Office, how: Break
) -> None:
    number = 300 + list(Break).index(how)
    filled(desk_office, number)
    desk_office.slack.break_sockets(how, at_next=True)
    assert desk_office.rosa.submit() == {}
    assert filed_and_told_once(desk_office, number)


@pytest.mark.long
def test_what_was_filed_while_the_connection_fell_silent_is_filed_once(
    desk_office: Office,
) -> None:
    filled(desk_office, number=310)
    desk_office.slack.break_sockets(Break.SILENCE, at_next=True)
    with pytest.raises(RefusedError, match="trouble connecting"):
        desk_office.rosa.submit()
    assert seconds_until_back(desk_office) < BACK_SECONDS
    assert desk_office.rosa.submit() == {}
    assert filed_and_told_once(desk_office, 310)


def filed_and_told_once(office: Office, number: int) -> bool:
    """Say whether one case has this number, and no message of the desk came twice."""
    settled(office)
    with office.service.engine.connect() as connection:
        found = connection.exec_driver_sql(
            f"SELECT case_id FROM case_number WHERE e164 = '+12065550{number}'"
        ).all()
    keys = Counter(
        m["metadata"]["event_payload"]["key"] for m in office.slack.record if m.get("metadata")
    )
    told = [key for key in keys for (case,) in found if key.startswith(f"headline:{case}:")]
    return len(found) == len(told) == max(keys.values()) == 1


def filled(office: Office, number: int) -> None:
    """Fill a request up to its last page."""
    office.rosa.command("/port-in")
    fill_pages(office.rosa, numbers=f"206 555 0{number}")


@pytest.mark.usefixtures("desk_office")
def test_a_job_that_outlives_the_stop_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    stopped = SimpleNamespace(_sys_db_field=None)
    with pytest.raises(DBOSException) as late:
        vars(DBOS)["_sys_db"].fget(stopped)
    another = DBOSException("another")
    for error in (late.value, another):
        logging.getLogger("dbos").error("in a job", exc_info=error)
    assert [record.exc_info and record.exc_info[1] for record in caplog.records] == [another]


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_submission", "user": {"id": "U0ROSA0001"}, "view": 1},
        {"type": "block_actions", "user": {"id": "U0ROSA0001"}, "actions": []},
        {"type": "event_callback", "event": 1},
        {"type": "block_actions", "user": 1},
        {"command": ["/port"], "trigger_id": 1},
    ],
    ids=str,
)
def test_a_payload_that_slack_never_sends_is_passed_over(
    desk_office: Office, payload: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    desk_office.slack.deliver("interactive", payload)
    assert "/port-in" in answered(desk_office.rosa, "/port help")
    assert caplog.records == []
