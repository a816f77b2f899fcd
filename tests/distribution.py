"""Which process of a run gets which file of tests: xdist's own way, but that no crash stops it.

In xdist 3.8 a test that killed its worker is given to the next one too, until no worker may be
started any more; and a worker that replaces another one waits for ever if it gets the last test.
"""

from collections import defaultdict
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

# A worker runs a test when it knows the one after it, or that there is none.
_ENOUGH = 2
# What a test takes that needs this, in seconds on an idle machine.
_SECONDS = {
    "tab": 0.8,
    "office": 1.0,
    "http_office": 0.8,
    "desk_office": 0.4,
    "replicas": 0.5,
    "sandbox": 0.1,
    "slack": 0.5,
    "pair": 0.2,
    "room": 0.15,
}
_LITTLE = 0.02


class EachFileOnce(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives out files as whole, one after the other; what a dead worker had left goes to others."""

    def remove_node(self, node: WorkerController) -> str | None:
        """Take a worker's tests back; returns the one that it died of, if it did."""
        units: dict[str, dict[str, bool]] = self.assigned_work.pop(node)
        left = [(unit, test) for unit in units.values() for test, done in unit.items() if not done]
        if not left:
            return None
        unit, crashed = left[0]
        unit[crashed] = True
        self.workqueue.update({name: u for name, u in units.items() if not all(u.values())})
        for other in self.assigned_work:
            self._reschedule(other)
        return crashed

    def _reschedule(self, node: WorkerController) -> None:
        """Give a worker enough to go on with, or tell it that this was all."""
        if node.shutting_down:
            return
        while self.workqueue and self._pending_of(self.assigned_work[node]) <= _ENOUGH:
            self._assign_work_unit(node)
        if not self.workqueue:
            node.shutdown()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> EachFileOnce | None:
    """Distribute by files in our own way, other ways as xdist does."""
    if config.getvalue("dist") != "loadfile":
        return None
    # The order is ours; xdist's begins with the files of most tests, however small.
    config.option.loadscopereorder = False
    return EachFileOnce(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: the last one is not left to a single worker."""
    if not hasattr(config, "workerinput"):
        return
    seconds: defaultdict[str, float] = defaultdict(float)
    for item in items:
        seconds[_file_of(item)] += _seconds(item)
    items.sort(key=lambda item: -seconds[_file_of(item)])


def _file_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _seconds(item: pytest.Item) -> float:
    """Guess how long a test takes by what it needs."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return max((_SECONDS.get(name, _LITTLE) for name in fixtures), default=_LITTLE)
