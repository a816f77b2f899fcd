"""What people who have lunch together see."""

import pytest

from slack_sandbox import RefusedError, Sandbox


def test_the_channel_hears_what_is_chosen(online: Sandbox) -> None:
    rosa = online.person("rosa")
    rosa.command("/lunch")
    assert rosa.fill(dish="soup").submit() == {}
    rosa.wait_for(lambda _: _said(online) == ["Rosa Delgado has soup."])


def test_what_is_sold_out_is_said_under_the_field(online: Sandbox) -> None:
    rosa = online.person("rosa")
    rosa.command("/lunch")
    assert rosa.fill(dish="Fish").submit() == {"dish": "There is no fish left."}
    assert _said(online) == []


def test_somebody_hears_that_slack_is_out_of_order(online: Sandbox) -> None:
    rosa = online.person("rosa")
    online.faults.server_error, online.faults.methods = 1, ("views.open",)
    with pytest.raises(RefusedError, match="/lunch failed"):
        rosa.command("/lunch")


def _said(slack: Sandbox) -> list[str]:
    return [message["text"] for message in slack.person("anna", "team").messages()]
