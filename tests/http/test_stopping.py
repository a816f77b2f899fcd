"""Real processes that are told to stop: what was asked is answered, then nothing more is taken."""

import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from tests.crash.workload import Workload
from tests.http.conftest import http_settings
from tests.office import CHANNEL, ROSA
from tests.patience import PATIENCE
from tests.replicas import FAST, ROOT, RUN, Replica, environment


def test_a_request_under_way_is_answered_before_the_end(slack: Sandbox, tmp_path: Path) -> None:
    database = tmp_path / "portdesk.db"
    settings = http_settings(slack, tmp_path, f"sqlite:///{database}")
    with _replica(slack, settings, tmp_path) as replica:
        replica.wait_until()
        # Somebody else writes: the command waits for the database.
        writer = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        writer.execute("BEGIN IMMEDIATE")
        rosa = Person(slack.url, ROSA, CHANNEL)
        asking = threading.Thread(target=rosa.command, args=("/port-in",))
        asking.start()
        time.sleep(0.3)
        replica.terminate()
        replica.wait_until("/readyz", 503)
        assert replica.ready()["faults"] == ["stopping"]
        time.sleep(0.3)
        writer.execute("ROLLBACK")
        writer.close()
        asking.join(PATIENCE)
        assert rosa.view() is not None
        assert rosa.notices() == []
        assert replica.process.wait(PATIENCE) == 0
        assert replica.ask("/healthz") == (0, "")


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
        run = [sys.executable, *RUN, "--port", port]
        done = subprocess.run(
            run,
            env=environment(settings),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    assert done.returncode == 1
    assert f"127.0.0.1:{port} cannot be listened on" in done.stderr
    assert "Traceback" not in done.stderr


def _replica(slack: Sandbox, settings: Settings, folder: Path) -> Replica:
    replica = Replica(settings, folder / "log", FAST)
    slack.deliver_to(replica.url)
    return replica
