"""The first request that a new process answers."""

import json

from bot.sandbox.http_door import FORM, HttpDoor
from tests.http.conftest import HttpOffice, port_command


def test_a_slack_that_does_not_say_who_we_are_is_answered_all_the_same(
    http_office: HttpOffice,
) -> None:
    """Bolt asks it before the first answer; nothing of the desk's own has run by then."""
    http_office.slack.faults.change({"drop_answer": 99, "methods": ["auth.test"]})
    door = HttpDoor(http_office.url, http_office.slack.signing_secret)
    status, answer = door.post(port_command("help"), FORM, 3.0)
    assert status == 200
    assert "Something went wrong" in json.dumps(answer)
