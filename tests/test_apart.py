"""Files are read in a process of their own, which can do no harm and is gone afterwards."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.documents.isolated_process import AT_ONCE, WAITING, UnreadFile, UnreadReason, read_isolated
from tests.patience import wait_until

ROOT = Path(__file__).resolve().parents[1]
READERS = "tests.readers"
PATIENT = 30.0
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def why(deed: str, seconds: float = PATIENT) -> str:
    with pytest.raises(UnreadFile) as caught:
        read_isolated(READERS, deed.encode(), seconds)
    return caught.value.why


def running(module: str = READERS) -> list[int]:
    """Return the readers that are alive, ours and those that nobody waits for; Linux only."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may end while we look
            words = (process / "cmdline").read_bytes().split(b"\0")
            # What follows the name in brackets: the state, then the parent.
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if module.encode() in words and parent in (os.getpid(), 1):
                found.append(int(process.name))
    return found


@linux
@pytest.mark.parametrize("deed", ["spin", "leave_a_child"])
def test_who_reads_for_too_long_is_ended_with_all_that_it_started(deed: str) -> None:
    started = time.monotonic()
    assert why(deed, 0.5) == UnreadReason.TOO_SLOW
    assert time.monotonic() - started < PATIENT
    wait_until(lambda: not running(), "a reader is still there")


@linux
def test_nothing_stays_of_one_that_answered() -> None:
    # Where it is not root's it cannot even start another one.
    with suppress(UnreadFile):
        assert read_isolated(READERS, b"leave_and_answer", 1.0) == "done"
    wait_until(lambda: not running(), "a reader is still there")


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("eat", UnreadReason.TOO_LARGE),
        ("write", UnreadReason.DAMAGED),
        ("flood", UnreadReason.DAMAGED),
        ("die", UnreadReason.DAMAGED),
        ("what nobody knows", UnreadReason.DAMAGED),
    ],
)
def test_what_it_may_not_do_makes_the_file_unreadable(deed: str, reason: UnreadReason) -> None:
    assert why(deed) == reason


def test_it_is_told_nothing_of_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    assert set(read_isolated(READERS, b"environment", PATIENT)) <= {
        "LC_CTYPE",
        "PYTHONUTF8",
        "SYSTEMROOT",
    }


AS_SOMEBODY = """
from bot.documents.isolated_process import UnreadFile, read_isolated
try:
    print(read_isolated("tests.readers", b"of_the_desk", 30.0))
except UnreadFile as error:
    print(error.why)
"""


@linux
def test_it_cannot_look_up_the_secrets_of_the_desk() -> None:
    # Root may look at everything, so this desk is somebody else's.
    other: dict[str, Any] = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    try:
        done = subprocess.run(
            [sys.executable, "-c", AS_SOMEBODY],
            cwd=ROOT,
            env={"PORTDESK_SECRET_KEY": "told to nobody"},
            capture_output=True,
            text=True,
            check=True,
            **other,
        )
    except PermissionError:
        pytest.skip("nobody but root may start this Python")
    assert done.stdout.split() == [UnreadReason.DAMAGED]


def test_few_read_at_once_and_the_others_hear_of_it_at_once_or_soon() -> None:
    crowd = AT_ONCE + WAITING + 3
    with ThreadPoolExecutor(crowd) as people:
        told = list(people.map(lambda _place: why("sleep", 1.0), range(crowd)))
    assert told.count(UnreadReason.TOO_SLOW) <= AT_ONCE + WAITING
    assert told.count(UnreadReason.BUSY) >= 3
    assert read_isolated(READERS, b"environment", PATIENT)
