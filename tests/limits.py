"""Ends what stands still, and names it: a test, a fixture, and the end of the run itself.

Python code is interrupted by a signal, and its test fails with the stacks of all threads. What no
signal reaches (C code, a clean-up that hangs as well) ends its process a little later: its stacks
go to standard error, xdist names the test and goes on with another worker.
"""

import faulthandler
import os
import signal
import sys
import threading
import traceback
from types import FrameType
from typing import Any, NoReturn

import pytest

# How much longer than a test's own limit its process lives.
_LONGER = 1.5
# Those that kill processes and wait for leases, on a busy machine.
SLOW_SECONDS = 900
_STDERR = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """Remember the real standard error: while tests run it is a file."""
    config.stash[_STDERR] = os.dup(sys.__stderr__.fileno() if sys.__stderr__ else 2)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell which variants are long, and give the slow tests more time."""
    tried: set[str] = set()
    for item in items:
        if item.get_closest_marker("one_quick"):
            name = item.nodeid.partition("[")[0]
            if name in tried:
                item.add_marker(pytest.mark.long)
            tried.add(name)
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SLOW_SECONDS))


def pytest_timeout_set_timer(item: pytest.Item, settings: Any) -> bool | None:
    """Set both clocks; where there are no such signals, the plugin's own way is as good."""
    _end_after(item.config, settings.timeout * _LONGER)
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        return None

    def fail(_number: int, _frame: FrameType | None) -> NoReturn:
        pytest.fail(f"stood still for {settings.timeout:.0f} s\n{_stacks()}")

    signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, settings.timeout)
    return True


def pytest_timeout_cancel_timer() -> None:
    """Stop both clocks."""
    faulthandler.cancel_dump_traceback_later()
    if hasattr(signal, "SIGALRM"):
        signal.setitimer(signal.ITIMER_REAL, 0)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """A thread keeps the process from ending for as long as a test may take, and no longer.

    A worker waits for the others first; the process that started it ends it.
    """
    limit = float(config.getini("timeout") or 0)
    if limit and not hasattr(config, "workerinput"):
        _end_after(config, limit)


def _end_after(config: pytest.Config, seconds: float) -> None:
    faulthandler.dump_traceback_later(seconds, exit=True, file=config.stash[_STDERR])


def _stacks() -> str:
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    mine = threading.get_ident()
    return "\n".join(
        f"--- {names[ident]}\n{''.join(traceback.format_stack(frame))}"
        for ident, frame in sys._current_frames().items()
        if ident in names and ident != mine
    )
