"""Messages are changed no faster than Slack takes it, and say in the end what is true."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.desk.core.history import record_event
from bot.desk.notifications.announcements import refresh_cards
from bot.desk.notifications.deliveries import ClaimedDelivery, Receipt, TemporaryError
from bot.desk.notifications.update_pace import BURST
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import EventKind
from bot.domain.cases.workflow import Status
from bot.service.wiring import Pace
from bot.store.models.cases import Case
from slack_sandbox import Enforce
from tests.journeys.by_hand import ByHand, delivered_by_hand
from tests.journeys.cases import filed, moved, settled, signed
from tests.office import ANNA, TOM, Message, Office, open_office

UPDATE = "chat.update"
SLACKS_LIMIT = 50
STEP = 3
BRISK = Pace(sweep_seconds=1, posts_per_second=20.0, slow_retry_seconds=0.5, poll_seconds=0.02)
PORTING_DAY = datetime(2027, 3, 18, 15, 30, tzinfo=UTC)


def _updates(office: Office) -> list[Message]:
    entries = office.anna._read("/sandbox/traffic?after=0")["entries"]
    return [entry for entry in entries if entry["name"] == UPDATE]


def _lists(office: Office) -> list[Message]:
    return [m for m in office.anna.messages() if "porting day" in m["text"]]


@pytest.mark.slow
def test_two_agents_tick_their_lists_without_a_pause(tmp_path: Path, database_url: str) -> None:
    with open_office(tmp_path, pace=BRISK, database_url=database_url) as office:
        cases = [
            moved(office, signed(office, filed(office, number)), Status.SUBMITTED, Status.FOC)
            for number in (f"206 555 010{n}" for n in range(6))
        ]
        office.clock.move_to(PORTING_DAY)
        office.anna.wait_for(lambda _: len(_lists(office)) == len(cases), 20)
        settled(office)
        office.slack.faults.enforce_rates = Enforce.ALL
        _spend(office, SLACKS_LIMIT - BURST - 1)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(_tick_all, [office] * 2, (cases[:3], cases[3:]), [ANNA, TOM]))
        settled(office)
        assert [u["response"] for u in _updates(office) if not u["ok"]] == []
        for case in cases:
            total = len(office.service.desk.queries.case(case.id).progress)
            [text] = [m["text"] for m in _lists(office) if m["text"].startswith(case.reference)]
            assert f"{total} of {total}" in text


def _spend(office: Office, calls: int) -> None:
    """Let a busy minute lie behind the desk: Slack takes so many fewer updates now."""
    slack = WebClient(token=office.slack.bot_token, base_url=office.slack.api_url)
    ts = _lists(office)[0]["ts"]
    for _ in range(calls):
        slack.chat_update(channel=office.settings.portdesk_channel, ts=ts, text="porting day")


def _tick_all(office: Office, cases: list[CaseFacts], who: str) -> None:
    """Tick the lists side by side, as agents do who wait for one carrier after the other."""
    day, lookups = office.service.desk.checklists, office.service.desk.queries
    for number in range(len(lookups.case(cases[0].id).progress)):
        for case in cases:
            day.tick(who, case.id, lookups.case(case.id).progress[number].item.key, True)


@pytest.fixture
def by_hand(tmp_path: Path, database_url: str) -> Iterator[ByHand]:
    """An office in which nothing is delivered by itself."""
    with delivered_by_hand(tmp_path, database_url) as opened:
        yield opened


def _standing(by_hand: ByHand, count: int) -> list[CaseFacts]:
    """File cases and let their cards and headlines stand in Slack."""
    cases = [filed(by_hand.office, f"206 555 01{n:02}") for n in range(count)]
    while keys := by_hand.waiting("headline", "card", "note", "letter"):
        by_hand.deliver(keys, post=_taken)
        by_hand.wait(timedelta(minutes=5))
    return cases


def _taken(claimed: ClaimedDelivery) -> Receipt:
    return Receipt(claimed.channel, "1.000001", claimed.kind if claimed.kind != "note" else "")


def _changed(by_hand: ByHand, cases: list[CaseFacts]) -> None:
    """Change every case, so that its headline and its card have to be drawn again."""
    desk = by_hand.office.service.desk
    for facts in cases:
        with desk.context.transaction() as session:
            case = session.get_one(Case, facts.id)
            event = record_event(
                session, case, desk.context.clock(), ANNA, EventKind.LETTER, version="1"
            )
            refresh_cards(session, case, event)


def _calls(by_hand: ByHand, seconds: int) -> int:
    """Let time pass and workers try all the while; return how many messages were changed."""
    changed = list[str]()

    def post(claimed: ClaimedDelivery) -> Receipt:
        changed.append(claimed.key)
        return _taken(claimed)

    for turn in range(seconds // STEP):
        due = [key for key in by_hand.waiting() if by_hand.row(key).not_before <= by_hand.wall()]
        by_hand.deliver(due, f"replica {turn % 3}", post)
        by_hand.wait(timedelta(seconds=STEP))
    return len(changed)


@pytest.mark.slow
def test_many_cards_of_many_people_take_turns(by_hand: ByHand) -> None:
    cases = _standing(by_hand, 26)
    _changed(by_hand, cases)
    assert _calls(by_hand, STEP) == BURST
    assert SLACKS_LIMIT - 4 <= BURST + _calls(by_hand, 60 - STEP) <= SLACKS_LIMIT
    _calls(by_hand, 30)
    assert by_hand.waiting() == []


def test_a_card_that_was_drawn_answers_all_that_waited_for_it(by_hand: ByHand) -> None:
    cases = _standing(by_hand, 1)
    for _ in range(5):
        _changed(by_hand, cases)
    assert len(by_hand.waiting()) == 10
    assert _calls(by_hand, STEP) == 2
    assert by_hand.waiting() == []


def test_a_change_after_a_card_was_drawn_is_drawn_as_well(by_hand: ByHand) -> None:
    cases = _standing(by_hand, 1)
    _changed(by_hand, cases)

    def post(claimed: ClaimedDelivery) -> Receipt:
        _changed(by_hand, cases)
        return _taken(claimed)

    by_hand.deliver(by_hand.waiting("headline"), post=post)
    assert len(by_hand.waiting("headline")) == 1


@pytest.mark.long
def test_slacks_pause_after_an_update_holds_back_all_updates(by_hand: ByHand) -> None:
    cases = _standing(by_hand, 3)
    _changed(by_hand, cases)

    def limited(_: ClaimedDelivery) -> Receipt:
        raise TemporaryError("ratelimited", retry_after=30, unsent=True)

    by_hand.deliver(by_hand.waiting("card")[:1], post=limited)
    assert _calls(by_hand, 30) == 0
    assert _calls(by_hand, 30) == 6
