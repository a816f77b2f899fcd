"""Nobody has invited Portdesk to its channel: everybody hears what to do, and nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.cli.sandbox_workspace import EXAMPLE
from bot.desk.notifications.deliveries import ClaimedDelivery, Receipt, TemporaryError
from bot.desk.notifications.monitoring import STUCK_AFTER, Monitoring
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import DeliveryKind
from bot.service.wiring import Pace
from slack_sandbox.state.workspace import Workspace
from tests.journeys.by_hand import ByHand, delivered_by_hand
from tests.journeys.cases import filed, settled
from tests.office import ANNA, TOM, Office, headline, open_office, private, shown

# As in production, but for the rate of posts and the sweep.
SLOW = Pace(sweep_seconds=1, posts_per_second=None, poll_seconds=0.02)
POST = "chat.postMessage"


def _without_the_app() -> Workspace:
    usual = EXAMPLE
    desk, *others = usual.channels
    members = tuple(member for member in desk.members if member != usual.bot_user_id)
    return replace(usual, channels=(replace(desk, members=members), *others))


def _posts(office: Office) -> list[str]:
    """Return how Slack answered each try to post in the desk's channel."""
    entries = office.anna._read("/sandbox/traffic?after=0")["entries"]
    tries = [e for e in entries if e["name"] == POST]
    here = [e for e in tries if e["request"]["channel"] == office.settings.portdesk_channel]
    return [e["response"].get("error", "ok") for e in here]


@pytest.mark.slow
def test_after_the_invitation_everything_comes_within_seconds(
    tmp_path: Path, database_url: str
) -> None:
    without = _without_the_app()
    with open_office(tmp_path, workspace=without, pace=SLOW, database_url=database_url) as office:
        cases = [filed(office, f"206 555 010{n}") for n in range(3)]
        for agent in (office.anna, office.tom):
            private(agent, "/invite @Portdesk")
        for case in cases:
            private(office.rosa, f"{case.reference}* is filed and safe, but the desk cannot see it")
        office.anna.command("/invite @Portdesk")
        invited = monotonic()
        for case in cases:
            headline(office.anna, case.reference)
        assert monotonic() - invited < 15
        settled(office)
        _each_once(office, cases)


def _each_once(office: Office, cases: list[CaseFacts]) -> None:
    keys = Counter(m["metadata"]["event_payload"]["key"] for m in office.slack.record)
    assert set(keys.values()) == {1}
    for case in cases:
        top = headline(office.anna, case.reference)
        assert len(office.anna.thread(top["ts"])) == 2
    for agent in (office.anna, office.tom):
        assert len([m for m in agent.dm() if "/invite" in shown(m)]) == 1
    assert len([m for m in office.rosa.dm() if "cannot see it" in shown(m)]) == len(cases)
    assert _posts(office).count("not_in_channel") <= len(cases) + 4


@pytest.fixture
def by_hand(tmp_path: Path, database_url: str) -> Iterator[ByHand]:
    """An office whose channel the app is not in."""
    with delivered_by_hand(tmp_path, database_url, _without_the_app()) as opened:
        yield opened


class _Slack:
    """Counts the tries in the desk's channel; it is shut until somebody opens it."""

    def __init__(self, why: str = "not_in_channel") -> None:
        self.tries, self.why = 0, why

    def post(self, claimed: ClaimedDelivery) -> Receipt:
        if claimed.channel.startswith("C"):
            self.tries += 1
            if self.why:
                raise TemporaryError(self.why, slow=True, unsent=True, shut=True)
        return Receipt(claimed.channel, f"1.{self.tries:06}", fresh=True)


def _crowd(by_hand: ByHand, count: int = 15) -> list[str]:
    """File many cases; return what they owe to the desk's channel."""
    for n in range(count):
        filed(by_hand.office, f"206 555 01{n:02}")
    return by_hand.waiting("headline")


@pytest.mark.long
def test_of_many_that_wait_for_a_channel_one_tries_it_every_few_seconds(by_hand: ByHand) -> None:
    slack, keys = _Slack(), _crowd(by_hand)
    by_hand.deliver(keys, post=slack.post)
    assert slack.tries == 1
    for _ in range(3):
        before = slack.tries
        by_hand.wait(timedelta(seconds=6))
        by_hand.deliver(keys, post=slack.post)
        by_hand.deliver(keys, "two", post=slack.post)
        assert slack.tries == before + 1


def test_the_first_one_that_gets_through_wakes_all_others(by_hand: ByHand) -> None:
    slack, keys = _Slack(), _crowd(by_hand)
    by_hand.deliver(keys, post=slack.post)
    slack.why = ""
    by_hand.wait(timedelta(seconds=6))
    by_hand.deliver(keys, post=slack.post)
    by_hand.deliver(keys, post=slack.post)
    assert by_hand.waiting("headline") == []
    assert slack.tries == len(keys) + 1


def test_a_channel_that_nobody_tries_any_more_is_tried_by_the_sweep(by_hand: ByHand) -> None:
    slack, keys = _Slack(), _crowd(by_hand, 3)
    by_hand.deliver(keys, post=slack.post)
    # Whoever tried it ends for another reason, and is not there to try it again.
    by_hand.wait(timedelta(seconds=6))
    desk = by_hand.desk("one")
    claimed = desk.claims.claim(keys[0])
    assert claimed is not None
    desk.claims.done(claimed, Receipt())
    by_hand.deliver(by_hand.waiting("note"), post=slack.post)
    by_hand.wait(timedelta(seconds=20))
    assert _due(by_hand) == []
    desk.claims.sweep()
    assert len(_due(by_hand)) == 1


def _due(by_hand: ByHand) -> list[str]:
    """Return what could be tried now, of what is first in its line."""
    keys = by_hand.waiting("headline") + by_hand.waiting("note")[:1]
    return [key for key in keys if by_hand.row(key).not_before <= by_hand.wall()]


@pytest.mark.parametrize("why", ["not_in_channel", "channel_not_found", "is_archived"])
def test_each_agent_is_told_once_of_a_shut_channel(by_hand: ByHand, why: str) -> None:
    slack, keys = _Slack(why), _crowd(by_hand, 3)
    for _ in range(3):
        by_hand.deliver(keys, post=slack.post)
        by_hand.wait(timedelta(seconds=6))
    told = by_hand.waiting("shut")
    assert sorted(key.rpartition(":")[2] for key in told) == [ANNA, TOM]
    by_hand.deliver(told)
    [message] = by_hand.office.anna.dm()
    assert f"<#{by_hand.office.settings.portdesk_channel}>" in shown(message)


def test_what_is_stuck_in_a_shut_channel_is_told_in_private_and_once(by_hand: ByHand) -> None:
    slack, keys = _Slack(), _crowd(by_hand, 3)
    by_hand.deliver([*keys, *by_hand.waiting("card")], post=slack.post)
    by_hand.wait(STUCK_AFTER + timedelta(seconds=5))
    standings = Monitoring(by_hand.desk("one").context)
    assert standings.raise_alarm() is True
    assert {by_hand.row(key).channel for key in by_hand.waiting(DeliveryKind.ALARM)} == {ANNA, TOM}
    by_hand.deliver(by_hand.waiting(DeliveryKind.ALARM), post=slack.post)
    filed(by_hand.office, "425 555 0100")
    by_hand.deliver(by_hand.waiting("headline", "card", "letter", "unseen"), post=slack.post)
    by_hand.wait(STUCK_AFTER + timedelta(seconds=5))
    by_hand.deliver(by_hand.waiting("headline", "card", "letter", "unseen"), post=slack.post)
    assert standings.raise_alarm() is False
    assert {row.rpartition(":")[2] for row in by_hand.waiting("shut")} == {ANNA, TOM}


def test_a_channel_that_is_shut_again_is_told_again(by_hand: ByHand) -> None:
    slack, keys = _Slack(), _crowd(by_hand, 2)
    by_hand.deliver(keys, post=slack.post)
    slack.why = ""
    by_hand.wait(timedelta(seconds=6))
    by_hand.deliver(keys, post=slack.post)
    slack.why = "not_in_channel"
    by_hand.deliver(by_hand.waiting("note"), post=slack.post)
    assert len(by_hand.waiting("shut")) == 4
