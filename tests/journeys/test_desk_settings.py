"""A desk at work notices what is set beside it, and goes on without a restart."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from bot.cli.sandbox_workspace import DESK_GROUP, GENERAL
from bot.desk.core.history import record_event
from bot.desk.notifications.deliveries import (
    ClaimedDelivery,
    Receipt,
    TemporaryError,
    add_delivery,
)
from bot.desk.notifications.monitoring import STUCK_AFTER
from bot.domain.cases.kinds import DeliveryKind, EventKind
from bot.domain.cases.workflow import Status
from bot.service.offline import open_desk
from bot.store.models.cases import Case
from bot.store.models.deliveries import Delivery
from slack_sandbox import Person
from tests.journeys.by_hand import ByHand, delivered_by_hand
from tests.journeys.cases import filed, moved, now, settled
from tests.office import (
    ANNA,
    FAST,
    MATEO,
    TOM,
    Office,
    answered,
    headline,
    open_office,
    posted,
    shown,
)
from tests.patience import PATIENCE, wait_until
from tests.port_out import desks
from tests.port_out.unasked import protect
from tests.replicas import ROOT, environment

ALERTS = "C0ALERTS01"


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    """An office that looks at its settings all the time."""
    pace = replace(FAST, settings_seconds=0.05)
    with open_office(tmp_path, pace=pace, database_url=database_url) as opened:
        yield opened


def _set(office: Office, name: str, value: str) -> None:
    """Set something as the command line does, by a desk of its own."""
    open_desk(office.settings).settings.set("tests", name, value)


@pytest.mark.long
@pytest.mark.both_databases
def test_another_process_makes_somebody_an_agent(office: Office) -> None:
    case = filed(office, "206 555 0100")
    assert case.reference not in answered(office.mateo, "/port list")
    line = [sys.executable, str(ROOT / "app.py"), "settings", "set", "agents", MATEO]
    subprocess.run(line, env=environment(office.settings), check=True, timeout=PATIENCE)
    wait_until(lambda: case.reference in answered(office.mateo, "/port list"))
    assert case.reference not in answered(office.anna, "/port list")


def test_the_members_of_a_group_become_agents_and_those_of_a_list_no_longer(
    office: Office,
) -> None:
    is_agent = office.service.desk.context.is_agent
    _set(office, "agents", MATEO)
    wait_until(lambda: is_agent(MATEO))
    _set(office, "agents", DESK_GROUP)
    wait_until(lambda: is_agent(ANNA))
    assert [is_agent(who) for who in (TOM, MATEO)] == [True, False]


def test_a_desk_moves_to_another_channel_and_keeps_its_old_cards_up_to_date(
    office: Office,
) -> None:
    old = filed(office, "206 555 0100")
    settled(office)
    there = Person(office.slack.url, ANNA, "general")
    there.command("/invite @Portdesk")
    _set(office, "channel", GENERAL)
    wait_until(lambda: office.service.desk.context.channel == GENERAL)
    new = filed(office, "425 555 0100")
    moved(office, now(office, old), Status.CANCELLED)
    settled(office)
    assert headline(there, new.reference)
    assert headline(office.anna, old.reference, says="Cancelled")
    line = posted(there, "Because")
    assert line["thread_ts"] is None, "the thread of its case is in the other channel"
    assert new.reference not in "".join(map(shown, office.anna.messages()))


def test_an_alert_goes_to_the_channel_for_alerts_and_what_is_usual_does_not(
    room: desks.Office,
) -> None:
    room.desk.settings.set("tests", "alerts_channel", ALERTS)
    room.arrive()
    protect(room)
    with room.desk.context.transaction() as work:
        rows = work.execute(select(Delivery.kind, Delivery.channel)).all()
    alerts = {channel for kind, channel in rows if kind == "alert" and channel.startswith("C")}
    usual = {channel for kind, channel in rows if kind != "alert" and channel.startswith("C")}
    assert (alerts, usual) == ({ALERTS}, {desks.CHANNEL})


@pytest.fixture
def by_hand(tmp_path: Path, database_url: str) -> Iterator[ByHand]:
    """An office whose worker sleeps, with a channel for alerts."""
    with delivered_by_hand(tmp_path, database_url) as opened:
        opened.office.service.desk.settings.set("tests", "alerts_channel", ALERTS)
        yield opened


def _but_for_alerts(claimed: ClaimedDelivery) -> Receipt:
    """Post; the channel for alerts is shut."""
    if claimed.channel == ALERTS:
        raise TemporaryError("not_in_channel", slow=True, unsent=True, shut=True)
    return Receipt(claimed.channel, "1.000001", fresh=True)


def _alert(by_hand: ByHand, case_id: int) -> None:
    """Owe an alert about a case."""
    context = by_hand.desk("one").context
    with context.transaction() as work:
        case = work.get_one(Case, case_id)
        event = record_event(work, case, context.clock(), ANNA, EventKind.PIN_SET, numbers="…0100")
        add_delivery(work, case, DeliveryKind.ALERT, event, context.alerts_channel)


def test_that_the_channel_for_alerts_is_shut_is_told_to_the_agents_by_its_name(
    by_hand: ByHand,
) -> None:
    _alert(by_hand, filed(by_hand.office, "206 555 0100").id)
    by_hand.deliver(by_hand.waiting(), post=_but_for_alerts)
    assert by_hand.waiting("headline") == [], "the desk's own channel is open"
    told = by_hand.waiting("shut")
    assert sorted(key.rpartition(":")[2] for key in told) == [ANNA, TOM]
    by_hand.deliver(told)
    [message] = by_hand.office.anna.dm()
    assert f"<#{ALERTS}>" in shown(message)


def test_what_is_stuck_is_told_in_the_channel_for_alerts(by_hand: ByHand) -> None:
    filed(by_hand.office, "206 555 0100")
    by_hand.wait(STUCK_AFTER + timedelta(seconds=5))
    assert by_hand.desk("one").monitoring.raise_alarm() is True
    assert [by_hand.row(key).channel for key in by_hand.waiting(DeliveryKind.ALARM)] == [ALERTS]


def test_while_the_table_cannot_be_read_what_was_read_before_counts(room: desks.Office) -> None:
    settings, stopping = room.desk.context.settings, threading.Event()
    room.desk.settings.set("tests", "channel", "C0NEWPLACE")
    with room.desk.context.transaction() as work:
        work.execute(text("ALTER TABLE desk_setting RENAME TO elsewhere"))
    with capture_logs() as logs:
        reading = threading.Thread(target=settings.follow, args=(stopping, 0.01))
        reading.start()
        wait_until(lambda: len(logs) > 1)
        stopping.set()
        reading.join()
    assert {line["event"] for line in logs} == {"settings_not_read"}
    assert room.desk.context.channel == "C0NEWPLACE"
