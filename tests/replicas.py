"""Desks in processes of their own, which a test may stop or kill."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.service.settings import Settings
from tests.patience import PATIENCE
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
RUN = (str(ROOT / "app.py"), "run")
# The same desk at a pace for tests: short leases, no limit of posts.
FAST = (str(ROOT / "tests" / "fast_replica.py"),)


def environment(settings: Settings) -> dict[str, str]:
    """Return the variables that say what `settings` say."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": settings.database_url,
        "SLACK_API_URL": settings.slack_api_url,
        "SLACK_BOT_TOKEN": settings.slack_bot_token.get_secret_value(),
        "SLACK_APP_TOKEN": settings.slack_app_token.get_secret_value(),
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret.get_secret_value(),
        "PORTDESK_CHANNEL": settings.portdesk_channel,
        "PORTDESK_AGENTS": settings.portdesk_agents,
        "PORTDESK_SECRET_KEY": settings.portdesk_secret_key.get_secret_value(),
        "PORTDESK_TIME_ZONE": settings.portdesk_time_zone,
    }


class Replica:
    """One process that serves the desk; a context manager that leaves none behind."""

    def __init__(
        self, settings: Settings, log: Path, program: Sequence[str] = RUN, **more: str
    ) -> None:
        self.port = free_port()
        self.log = log
        self._started = time.monotonic()
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, *program, "--port", str(self.port)],
                env=environment(settings) | more,
                cwd=ROOT,
                stdout=errors,
                stderr=errors,
            )

    def __enter__(self) -> "Replica":
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    @property
    def url(self) -> str:
        """The address for Slack's requests."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    def kill(self) -> None:
        """Kill -9; harmless when it has ended."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        """Freeze it, as a machine that hangs does."""
        self.process.send_signal(signal.SIGSTOP)

    def terminate(self) -> None:
        """Ask it to stop."""
        self.process.terminate()

    def ask(self, path: str) -> tuple[int, str]:
        """Return status and body of a GET; status 0 where nobody listens."""
        try:
            return request(self.port, "GET", path)
        except OSError:
            return 0, ""

    def ready(self) -> Mapping[str, Any]:
        """Return what /readyz says; empty where nobody listens."""
        status, body = self.ask("/readyz")
        found: Mapping[str, Any] = json.loads(body) if status else {}
        return found

    def wait_until(self, path: str = "/readyz", status: int = 200) -> float:
        """Wait for that answer; returns the seconds since the start of the process."""
        until = time.monotonic() + PATIENCE
        while self.ask(path)[0] != status:
            if time.monotonic() > until or self.process.poll() not in (None, 0):
                raise TimeoutError(f"{path} did not answer {status}:\n{self.log.read_text()}")
            time.sleep(0.02)
        return time.monotonic() - self._started


def request(
    port: int,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Make one HTTP request to this machine; raises `OSError`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()
