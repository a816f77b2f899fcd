"""The first request that a new process answers."""

import json

from slack_sandbox import RefusedError
from slack_sandbox.delivery.http_mode import FORM, HttpDelivery
from tests.http.conftest import HttpOffice, port_command


def test_a_slack_that_does_not_say_who_we_are_is_answered_all_the_same(
    http_office: HttpOffice,
) -> None:
    http_office.slack.faults.change({"drop_answer": 99, "methods": ["auth.test"]})
    door = HttpDelivery(http_office.url, http_office.slack.signing_secret)
    status, answer = door.post(port_command("help"), FORM, 3.0)
    assert status == 200
    assert "*Portdesk moves telephone numbers.*" in json.dumps(answer)


def test_no_words_of_bolts_reach_anybody_when_the_token_was_revoked(
    http_office: HttpOffice,
) -> None:
    heard: list[str] = []
    http_office.slack.watch(lambda exchange: heard.append(json.dumps(exchange["response"])))
    http_office.slack.faults.change({"revoke_token": True})
    for command in ("/port help", "/port-in", "/port protect", "/port-out", "/port-nothing"):
        try:
            http_office.rosa.command(command)
        except RefusedError:
            continue
    seen = [*heard, *(message["text"] for message in http_office.rosa.messages())]
    assert any("Something went wrong at the desk" in text for text in seen)
    assert not [text for text in seen if "apologize" in text or "reinstall" in text]


def test_none_of_bolts_middleware_is_asked(http_office: HttpOffice) -> None:
    """Those that answer instead of a listener do so in their own words."""
    home = [type(part).__module__ for part in http_office.service.app._middleware_list]
    assert home == ["slack_bolt.middleware.custom_middleware"]
