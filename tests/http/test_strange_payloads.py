"""Signed payloads of shapes that Slack never sends: refused or answered, never a traceback."""

import logging
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.slack.bolt.payload_shapes import KINDS, MalformedPayload, request_of
from slack_sandbox import Person
from slack_sandbox.delivery.http_mode import FORM, HttpDelivery
from tests.http.conftest import HttpOffice, port_command
from tests.http.strange import Payload, as_json, strange
from tests.journeys.requests import file_request
from tests.office import headline
from tests.patience import PATIENCE

FEW, MANY = 150, 4_000
# What the desk says of a payload that it took, or refused.
EXPECTED = {200, 400, 404}


@pytest.fixture(scope="module")
def payloads(shared_http_office: HttpOffice) -> list[Payload]:
    """What Slack sends while a request is filed and looked at; with other kinds, as documented."""
    seen: dict[str, Payload] = {}

    def note(exchange: dict[str, Any]) -> None:
        if exchange["direction"] == "to_app":
            asked = exchange["request"]
            seen.setdefault(f"{asked.get('type')} {exchange['name']}", asked)

    shared_http_office.slack.watch(note)
    rosa: Person = shared_http_office.rosa
    file_request(rosa)
    card = headline(rosa)
    rosa.click("Details", in_message=card)
    rosa.close(clear=True)
    return [*seen.values(), *_others(seen)]


def _others(seen: dict[str, Payload]) -> Iterator[Payload]:
    form = next(asked for asked in seen.values() if asked.get("type") == "view_submission")
    yield {**form, "type": "view_closed", "is_cleared": False}
    yield {"type": "url_verification", "token": "t", "challenge": "c"}
    message = {"type": "message", "channel": "C1", "user": "U1", "text": "x", "ts": "1.2"}
    installed = [{"team_id": "T1", "user_id": "U2", "is_bot": True}]
    yield {"type": "event_callback", "team_id": "T1", "event": message, "authorizations": installed}
    yield {"type": "shortcut", "user": {"id": "U1"}, "trigger_id": "1.2.3", "callback_id": "c"}


def _sent(office: HttpOffice, payload: Payload) -> int:
    door = HttpDelivery(office.url, office.slack.signing_secret)
    try:
        if "command" in payload:
            return door.post(urlencode(payload).encode(), FORM, PATIENCE)[0]
        if payload.get("type") in ("event_callback", "url_verification"):
            return door.post(as_json(payload).encode(), "application/json", PATIENCE)[0]
        return door.post(urlencode({"payload": as_json(payload)}).encode(), FORM, PATIENCE)[0]
    except UnicodeEncodeError:
        # Half a pair cannot even be put in a form.
        return 400


def _must_be_answered(
    office: HttpOffice, payloads: list[Payload], log: pytest.LogCaptureFixture, times: int
) -> None:
    chance = random.Random(times)
    with log.at_level(logging.ERROR):
        for number in range(times):
            payload = strange(chance.choice(payloads), chance)
            assert _sent(office, payload) in EXPECTED, (number, payload)
    # DBOS complains of jobs of a desk that an earlier test has closed.
    ours = [record for record in log.records if record.name != "dbos"]
    assert [record.message for record in ours if record.exc_info] == []


@pytest.mark.long
def test_what_slack_never_sends_is_refused_or_answered(
    shared_http_office: HttpOffice, payloads: list[Payload], caplog: pytest.LogCaptureFixture
) -> None:
    assert {p.get("type", "command") for p in payloads} >= KINDS.keys() - {
        "message_action",
        "app_rate_limited",
    }
    _must_be_answered(shared_http_office, payloads, caplog, FEW)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_however_much_of_it_comes(
    shared_http_office: HttpOffice, payloads: list[Payload], caplog: pytest.LogCaptureFixture
) -> None:
    _must_be_answered(shared_http_office, payloads, caplog, MANY)


def test_what_slack_does_send_is_taken(payloads: list[Payload]) -> None:
    for payload in payloads:
        request_of(payload)
        request_of({**payload, "something_new": {"of": ["Slack's"]}})


def test_what_no_database_keeps_does_not_come_in() -> None:
    """PostgreSQL has no NUL in a text; what only looks like one is somebody's text."""
    command = {"command": "/port", "user_id": "U1", "trigger_id": "1.2.3"}
    typed = {**command, "text": "a\0b", "more": [{"c\0": ["\0"]}], "kept": r"C:\u0000"}
    body = request_of(typed).body
    assert (body["text"], body["more"]) == ("a\ufffdb", [{"c\ufffd": ["\ufffd"]}])
    assert body["kept"] == r"C:\u0000"


def _answered(kind: str, answer: Payload) -> Payload:
    block = {"type": "input", "block_id": "why", "element": {"type": kind, "action_id": "why"}}
    return {**FORM_SENT["view"], "blocks": [block], "state": {"values": {"why": {"why": answer}}}}


FORM_SENT: Payload = {
    "type": "view_submission",
    "user": {"id": "U1"},
    "trigger_id": "1.2.3",
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "move",
        "blocks": [],
        "state": {"values": {}},
    },
}


def test_an_empty_answer_may_name_more_than_its_own_shape() -> None:
    empty = {"type": "static_select", "selected_option": None, "value": None, "files": None}
    request_of({**FORM_SENT, "view": _answered("static_select", empty)})
    chosen = {**empty, "selected_option": {"value": "x", "text": {"type": "plain_text"}}}
    request_of({**FORM_SENT, "view": _answered("static_select", chosen)})


@pytest.mark.parametrize(
    "changes",
    [
        {"view": "V1"},
        {"view": {**FORM_SENT["view"], "state": {"values": {"why": []}}}},
        {"view": {**FORM_SENT["view"], "state": {"values": {"why": {"why": {"value": 1}}}}}},
        {"view": {**FORM_SENT["view"], "blocks": [{"type": "input"}]}},
        {"view": _answered("plain_text_input", {"selected_option": {"value": "x"}})},
        {"view": _answered("file_input", {"value": "F1"})},
        {"view": _answered("checkboxes", {"selected_option": {"value": "x"}})},
        {"view": {**FORM_SENT["view"], "type": "workflow_step"}},
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [{"action_id": "move:FOC", "action_ts": "soon"}]},
        {"type": "event_callback", "event": 1},
        {"type": "event_callback", "event": None},
        {"user": "U1"},
        {"user": {"id": None}},
        {"type": ["view_submission"]},
        {"command": "/port"},
        {"team": 1},
        {"authorizations": [1]},
        {"response_urls": None},
        {"channel": True},
        {"trigger_id": "\ud800"},
    ],
    ids=str,
)
def test_a_part_of_another_type_is_not_slacks(
    shared_http_office: HttpOffice, changes: Payload
) -> None:
    request_of(FORM_SENT)
    payload = {**FORM_SENT, **changes}
    with pytest.raises(MalformedPayload):
        request_of(payload)
    assert _sent(shared_http_office, payload) == 400


@pytest.mark.parametrize(
    "body", [b"text=%FF&command=%2Fport", b'{"type": NaN}', b'{"n": ' + b"9" * 5000 + b"}"]
)
def test_what_no_text_and_no_number_is_is_refused(
    shared_http_office: HttpOffice, body: bytes
) -> None:
    door = HttpDelivery(shared_http_office.url, shared_http_office.slack.signing_secret)
    assert door.post(body, FORM, PATIENCE)[0] == 400
    assert door.post(port_command("help"), FORM, PATIENCE)[0] == 200
