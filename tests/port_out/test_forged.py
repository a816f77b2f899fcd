"""Buttons that no message of the desk's has."""

import pytest

from tests.office import ANNA, Office
from tests.port_out.departures import forged


@pytest.mark.parametrize(
    "action", ["out_give", "out_request", "out_answer", "out_show_pin:0", "support"]
)
@pytest.mark.parametrize("value", ["", "[]", "[1, 1]", '["x", "y", "z"]', '[999, 1, "1"]', "９"])
def test_forged_buttons_open_nothing(desk_office: Office, action: str, value: str) -> None:
    asked = {"action_id": action, "value": value, "action_ts": "1.0"}
    answered = forged(desk_office, ANNA, type="block_actions", actions=[asked])
    assert answered.status == 200
    assert desk_office.service.desk.queries.every_case() == ()
