"""Reads a person's file in a process of its own: what a hostile one does, it does there.

A parser can be kept busy for ever, or made to fill the memory. The process that reads has little
time and memory, no secrets, and may neither write files nor start others; it is killed with its
whole group, and few run at once.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import cache
from math import ceil
from pathlib import Path
from threading import BoundedSemaphore, Event, Timer
from time import monotonic
from typing import IO, Any, Final

MEMORY: Final = 512 * 1024 * 1024
MOST_ANSWERED: Final = 8_000_000  # bytes of JSON
AT_ONCE: Final = 2
# Each one that waits holds a thread of the desk, and there are ten of them for all people.
WAITING: Final = 2
_OPEN_FILES: Final = 32
# A little behind the desk, which answers others meanwhile.
_NICENESS: Final = 5
_PR_SET_DUMPABLE: Final = 4
_ROOT: Final = Path(__file__).resolve().parents[2]
_reading = BoundedSemaphore(AT_ONCE)
_in_line = BoundedSemaphore(AT_ONCE + WAITING)


class UnreadReason(StrEnum):
    """Why a file was not read, whatever is in it."""

    BUSY = "busy"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large_unpacked"
    DAMAGED = "damaged"


class UnreadFile(Exception):
    """A file that was not read; `why` is an `UnreadReason`, or a word of its reader."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_isolated(module: str, content: bytes, seconds: float) -> Any:
    """Return what `python -m module` reads in a file, as JSON has it.

    It takes `seconds` at most, with the wait for others. Raises `UnreadFile`.
    """
    hide_memory()
    end = monotonic() + seconds
    with _turn(seconds / 2):
        try:
            return _read(module, content, end - monotonic())
        except OSError:
            raise UnreadFile(UnreadReason.BUSY) from None


@cache
def hide_memory() -> None:
    """Let no process of the same user read our environment or memory; Linux only."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


@contextmanager
def _turn(patience: float) -> Iterator[None]:
    if not _in_line.acquire(blocking=False):
        raise UnreadFile(UnreadReason.BUSY)
    try:
        if not _reading.acquire(timeout=patience):
            raise UnreadFile(UnreadReason.BUSY)
        try:
            yield
        finally:
            _reading.release()
    finally:
        _in_line.release()


def _read(module: str, content: bytes, seconds: float) -> Any:
    over = Event()
    with _started(module, seconds) as reader:

        def end() -> None:
            over.set()
            _kill(reader)

        timer = Timer(seconds, end)
        timer.start()
        try:
            answer = _asked(reader, content)
        finally:
            timer.cancel()
            # While nobody has waited for it, its number cannot belong to another process.
            timer.join()
            _kill(reader)
    slow = over.is_set() or -reader.returncode == getattr(signal, "SIGXCPU", None)
    return _understood(answer, UnreadReason.TOO_SLOW if slow else UnreadReason.DAMAGED)


def _started(module: str, seconds: float) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, str(ceil(seconds))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        # Windows starts nothing without the second one.
        env={"PYTHONUTF8": "1", "SYSTEMROOT": os.environ.get("SYSTEMROOT", "")},
        start_new_session=True,
    )


def _kill(reader: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(reader.pid, signal.SIGKILL)
        else:
            reader.kill()


def _asked(reader: subprocess.Popen[bytes], content: bytes) -> bytes:
    given, told = _pipes(reader)
    # It reads everything before it says anything; one that ended early is understood by its answer.
    with suppress(BrokenPipeError), given:
        given.write(content)
    return told.read(MOST_ANSWERED + 1)


def _pipes(reader: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if reader.stdin is None or reader.stdout is None:
        raise TypeError("a reader has pipes")
    return reader.stdin, reader.stdout


def _understood(answer: bytes, otherwise: UnreadReason) -> Any:
    try:
        said = json.loads(answer)
        why, read = said["why"], said["read"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise UnreadFile(otherwise) from None
    if why:
        raise UnreadFile(str(why))
    return read


def serve(read: Callable[[bytes], Any]) -> None:
    """Be the process that reads: limit it, then answer for the file on standard input."""
    _confine(int(sys.argv[1]))
    why, found = "", None
    try:
        found = read(sys.stdin.buffer.read())
    except UnreadFile as error:
        why = error.why
    except MemoryError:
        why = UnreadReason.TOO_LARGE
    # A damaged file fails in any of the many parts that read it.
    except Exception:
        why = UnreadReason.DAMAGED
    sys.stdout.write(json.dumps({"why": why, "read": found}))


def _confine(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit stays.
        return
    with suppress(OSError):  # a unit's filter of system calls may refuse it
        os.nice(_NICENESS)
    for name, most in {
        "RLIMIT_AS": MEMORY,
        # Should the desk die first, nobody else ends this.
        "RLIMIT_CPU": seconds + 1,
        "RLIMIT_NOFILE": _OPEN_FILES,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_CORE": 0,
    }.items():
        # macOS knows some of them and sets none.
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))
