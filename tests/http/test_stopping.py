"""Real processes that are told to stop: what was asked is answered, then nothing more is taken."""

import re
import signal
import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.service.settings import Settings
from slack_sandbox import Person, Sandbox
from tests.commands import run_command
from tests.crash.workload import Workload
from tests.http.conftest import http_settings
from tests.journeys.requests import NUMBERS
from tests.office import CHANNEL, ROSA
from tests.patience import PATIENCE, wait_until
from tests.replicas import FAST, Replica, environment


@pytest.mark.long
def test_a_request_under_way_is_answered_before_the_end(slack: Sandbox, tmp_path: Path) -> None:
    database = tmp_path / "portdesk.db"
    settings = http_settings(slack, tmp_path, f"sqlite:///{database}")
    rosa = Person(slack.url, ROSA, CHANNEL)
    with _replica(slack, settings, tmp_path) as replica:
        replica.wait_until()
        _fill_first_page(rosa)
        wait_until(lambda: _under_way(replica) == 0, "the replica is at work")
        # Somebody else writes: the page has to wait for the database.
        writer = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        writer.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor() as pool:
            asking = pool.submit(rosa.submit)
            wait_until(lambda: _under_way(replica) == 1, "the replica did not get the page")
            replica.terminate()
            replica.wait_until("/readyz", 503)
            assert replica.ready()["faults"] == ["stopping"]
            # Whoever does not wait for the load balancer presses Ctrl-C.
            replica.process.send_signal(signal.SIGINT)
            wait_until(lambda: replica.ask("/healthz") == (0, ""), "the door is open")
            assert not asking.done()
            writer.execute("ROLLBACK")
            writer.close()
            assert asking.result(PATIENCE) == {}
        assert _page(rosa) == "intake_account"
        assert rosa.notices() == []
        assert replica.process.wait(PATIENCE) == 0


@pytest.mark.slow
def test_what_is_owed_at_the_end_is_posted_by_the_next(slack: Sandbox, tmp_path: Path) -> None:
    settings = http_settings(slack, tmp_path, f"sqlite:///{tmp_path / 'portdesk.db'}")
    with _replica(slack, settings, tmp_path) as replica:
        replica.wait_until()
        work = Workload.on(settings, slack)
        slack.faults.methods, slack.faults.server_error = ["chat.postMessage"], 2
        work.change(work.open_cases([ROSA]), 3)
        replica.terminate()
        assert replica.process.wait(PATIENCE) == 0
    with _replica(slack, settings, tmp_path) as replica:
        replica.wait_until()
        Person(slack.url, ROSA, CHANNEL).wait_for(lambda _: not work.undelivered(), PATIENCE)
    assert work.faults() == []


def test_a_port_that_is_taken_is_named_in_a_sentence(slack: Sandbox, tmp_path: Path) -> None:
    settings = http_settings(slack, tmp_path, f"sqlite:///{tmp_path / 'portdesk.db'}")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run_command(["run", "--port", port], tmp_path, environment(settings))
    assert done.code == 1
    assert f"127.0.0.1:{port} cannot be listened on" in done.errors


def _fill_first_page(person: Person) -> None:
    """Open a form and fill its first page."""
    person.command("/port-in")
    person.suggest("losing_carrier", NUMBERS["losing_carrier"])
    person.fill(NUMBERS)


def _page(person: Person) -> str:
    view = person.view()
    return str(view["callback_id"]) if view else ""


def _under_way(replica: Replica) -> int:
    found = re.search(
        r"^portdesk_requests_under_way (\d+)", replica.ask("/metrics")[1], re.MULTILINE
    )
    return int(found[1]) if found else 0


def _replica(slack: Sandbox, settings: Settings, folder: Path) -> Replica:
    replica = Replica(settings, folder / "log", FAST)
    slack.deliver_to(replica.url)
    return replica
