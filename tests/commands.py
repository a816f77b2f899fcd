"""Commands of the program, run in the process of the test: a process of its own costs seconds.

That a real process does the same is seen once for each kind, in tests/docs/test_readme.py and
tests/http/test_starting.py.
"""

import logging
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from click.testing import CliRunner

from bot.cli import main
from tests.patience import wait_until


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, and what it wrote on its two outputs."""

    code: int
    output: str
    errors: str


def run_command(
    line: Sequence[str], folder: Path, variables: Mapping[str, str], given: str = ""
) -> Ended:
    """Run a command of `app.py` in a folder, with these variables and no others.

    `given` is what it reads from standard input.

    An error that nobody turned into a sentence fails the test, as does what would keep a process
    from ending.
    """
    with chdir(folder), _only(variables), _everything_put_back(), _nothing_left_running():
        done = CliRunner().invoke(main, line, given, catch_exceptions=False)
    assert "Traceback" not in done.stderr
    return Ended(done.exit_code, done.stdout, done.stderr)


@contextmanager
def _only(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    _exchange(variables)
    try:
        yield
    finally:
        _exchange(before)


def _exchange(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)


@contextmanager
def _everything_put_back() -> Iterator[None]:
    """Put back what a command sets for its whole process: logs that go to its output, signals."""
    written = structlog.get_config()
    handlers = {logger: logger.handlers[:] for logger in _loggers()}
    unheard = threading.excepthook
    heard = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        structlog.configure(**written)
        threading.excepthook = unheard
        for logger in _loggers():
            logger.handlers[:] = handlers.get(logger, [])
        for number, handler in heard.items():
            signal.signal(number, handler)


def _loggers() -> list[logging.Logger]:
    known = logging.root.manager.loggerDict.values()
    return [logging.root, *(logger for logger in known if isinstance(logger, logging.Logger))]


@contextmanager
def _nothing_left_running() -> Iterator[None]:
    """A process ends with the last thread that is no daemon."""
    before = set(threading.enumerate())
    yield
    wait_until(
        lambda: not [t for t in threading.enumerate() if not t.daemon and t not in before],
        lambda: f"it would not end for {threading.enumerate()}",
    )
