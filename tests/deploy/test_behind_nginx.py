"""The real nginx with our configuration, two real replicas behind it, one of which is killed."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.cli.manifest_file import MANIFEST
from slack_sandbox import AdjustableClock, Enforce, Person, Sandbox
from tests.crash.workload import crowd
from tests.databases import POSTGRESQL
from tests.deploy.test_files import NGINX
from tests.http.conftest import http_settings
from tests.office import CHANNEL, MONDAY
from tests.patience import PATIENCE, wait_until
from tests.ports import free_port
from tests.recording import recorded
from tests.replicas import RUN, Replica, request

PROGRAM = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
PEOPLE = 30
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed"),
]


def configured(folder: Path, door: int, replicas: list[int]) -> Path:
    """Write our configuration with addresses instead of the names that only Docker knows."""
    servers = "\n".join(
        f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in replicas
    )
    text = re.sub(r"server portdesk:3000 resolve [^;]+;", servers, NGINX)
    text = re.sub(r"resolver [^;]+;", "", text).replace("listen 8080", f"listen 127.0.0.1:{door}")
    path = folder / "nginx.conf"
    path.write_text(text.replace("/tmp/nginx.pid", str(folder / "nginx.pid")), encoding="utf-8")
    return path


@contextmanager
def nginx(folder: Path, door: int, replicas: list[int]) -> Iterator[None]:
    """Run nginx in the foreground until the test is over."""
    assert PROGRAM is not None
    order = [PROGRAM, "-p", str(folder), "-c", str(configured(folder, door, replicas))]
    with (folder / "nginx.log").open("ab") as log:
        process = subprocess.Popen([*order, "-g", "daemon off;"], stdout=log, stderr=log)
    try:
        _until_it_listens(door)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _until_it_listens(door: int) -> None:
    def listens() -> bool:
        try:
            return request(door, "GET", "/healthz")[0] > 0
        except OSError:
            return False

    wait_until(listens, "nginx does not listen")


@pytest.mark.parametrize("database_kind", [POSTGRESQL], indirect=True)
def test_people_notice_nothing_of_a_killed_replica(tmp_path: Path, database_url: str) -> None:
    door, clock = free_port(), AdjustableClock(MONDAY)
    with ExitStack() as stack:
        slack = stack.enter_context(
            recorded(Sandbox(MANIFEST, crowd(PEOPLE), clock=clock, enforce_rates=Enforce.NONE))
        )
        settings = http_settings(slack, tmp_path, database_url)
        replicas = [
            stack.enter_context(Replica(settings, tmp_path / f"{n}.log", RUN)) for n in range(2)
        ]
        for replica in replicas:
            replica.wait_until()
        stack.enter_context(nginx(tmp_path, door, [replica.port for replica in replicas]))
        slack.deliver_to(f"http://127.0.0.1:{door}/slack/events")
        people = [Person(slack.url, f"U0MORE{n:04}", CHANNEL) for n in range(PEOPLE)]
        for place, person in enumerate(people):
            if place == PEOPLE // 2:
                replicas[0].kill()
            person.command("/port-in")
        assert [person.user for person in people if person.view() is None] == []
        assert [notice for person in people for notice in person.notices()] == []


def test_nothing_but_slacks_requests_gets_through(tmp_path: Path) -> None:
    door = free_port()
    with nginx(tmp_path, door, [free_port()]):
        for path in ("/healthz", "/readyz", "/metrics", "/"):
            assert request(door, "GET", path)[0] == 404
        assert request(door, "POST", "/slack/events", b"x" * (6 * 1024**2))[0] == 413
        assert request(door, "POST", "/slack/events", b"x")[0] == 502
