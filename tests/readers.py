"""A reader that does what a hostile file may make one do; the content of the file says what."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bot.documents.isolated_process import serve


def _spin() -> None:
    while True:
        pass


def _sleep() -> None:
    time.sleep(600)


def _leave_a_child() -> None:
    if os.fork():
        _sleep()
    os.close(1)
    _sleep()


def _leave_and_answer() -> str:
    if os.fork() == 0:
        _sleep()
    return "done"


def _eat() -> int:
    return len(bytearray(2_000_000_000))


def _write() -> str:
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"1")
        file.flush()
        return file.name


def _environment() -> list[str]:
    return sorted(os.environ)


def _of_the_desk() -> str:
    return Path(f"/proc/{os.getppid()}/environ").read_bytes().decode(errors="replace")


def _flood() -> str:
    return "1" * 50_000_000


def _die() -> None:
    os.abort()


DEEDS: Final[dict[str, Callable[[], Any]]] = {
    deed.__name__.strip("_"): deed
    for deed in (
        _spin, _sleep, _leave_a_child, _leave_and_answer, _eat, _write, _environment,
        _of_the_desk, _flood, _die,
    )
}  # fmt: skip


def misbehave(content: bytes) -> Any:
    """Do what the file says."""
    return DEEDS[content.decode()]()


if __name__ == "__main__":
    serve(misbehave)
