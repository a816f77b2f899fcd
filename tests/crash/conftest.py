"""Real replicas on one database, a Slack that records, and changes from outside."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.service.settings import Settings
from slack_sandbox import Enforce, Sandbox
from tests.crash.workload import Workload, crowd
from tests.patience import PATIENCE
from tests.recording import recorded
from tests.replicas import FAST, Replica

PEOPLE = 10


@dataclass
class Plant:
    """Starts replicas, and waits for what they do."""

    slack: Sandbox
    settings: Settings
    folder: Path
    replicas: list[Replica] = field(default_factory=list)
    patience: float = PATIENCE
    _work: Workload | None = None

    @property
    def people(self) -> list[str]:
        """Requesters, each with a private channel."""
        return [user.id for user in self.slack.workspace.users if user.id.startswith("U0MORE")]

    @property
    def work(self) -> Workload:
        """The changes; a replica has made the tables by now."""
        self._work = self._work or Workload.on(self.settings, self.slack)
        return self._work

    def start(self, **more: str) -> Replica:
        """Start a replica and wait until it is ready."""
        log = self.folder / f"replica-{len(self.replicas)}.log"
        replica = Replica(self.settings, log, FAST, **more)
        self.replicas.append(replica)
        replica.wait_until()
        return replica

    def wait_for_posts(self, count: int) -> None:
        """Wait until Slack has taken so many posts."""
        self.wait_until(lambda: len(self.slack.record) >= count)

    def wait_until_delivered(self) -> None:
        """Wait until nothing is owed any more."""
        self.wait_until(lambda: self.work.undelivered() == 0)

    def wait_until(self, found: Callable[[], bool]) -> None:
        """Wait until something is so."""
        until = time.monotonic() + self.patience
        while not found():
            if time.monotonic() > until:
                logs = "\n".join(r.log.read_text()[-2000:] for r in self.replicas)
                raise TimeoutError(f"{self.work.undelivered()} are still owed\n{logs}")
            time.sleep(0.005)

    def stop(self) -> None:
        """Leave no process."""
        for replica in self.replicas:
            replica.kill()


@pytest.fixture
def plant(tmp_path: Path, database_url: str) -> Iterator[Plant]:
    """A plant without any replica yet."""
    with recorded(Sandbox(MANIFEST, crowd(PEOPLE), enforce_rates=Enforce.NONE)) as slack:
        settings = sandbox_settings(slack, tmp_path)
        plant = Plant(slack, settings.model_copy(update={"database_url": database_url}), tmp_path)
        try:
            yield plant
        finally:
            plant.stop()
