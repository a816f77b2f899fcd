"""What stands still is ended, and names itself."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[1]
STANDING = """
import signal
import threading

import pytest


def test_a_lock():
    threading.Event().wait()

def test_after_the_lock():
    pass

@pytest.fixture
def stubborn():
    yield
    try:
        threading.Event().wait()
    finally:
        threading.Event().wait()

def test_a_clean_up(stubborn):
    pass

def test_no_signal_comes():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    threading.Event().wait()

def test_after_that():
    pass
"""


def _run(folder: Path, tests: str, *options: str) -> tuple[int, str]:
    (folder / "pytest.ini").write_text("[pytest]\ntimeout = 2\n")
    (folder / "test_standing.py").write_text(tests)
    plugins = ("-p", "xdist", "-p", "pytest_timeout", "-p", "tests.distribution")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-p", "tests.limits", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_a_run_goes_on_after_tests_that_stand_still(tmp_path: Path) -> None:
    code, said = _run(tmp_path, STANDING, "-n", "2", "--dist", "loadfile")
    assert code == 1
    assert "test_a_lock - Failed: stood still for 2 s" in said
    for killed in ("test_a_clean_up", "test_no_signal_comes"):
        assert f"crashed while running 'test_standing.py::{killed}'" in said
    assert re.search(r"line \d+ in test_no_signal_comes", said)
    assert "3 failed, 3 passed" in said


def test_a_thread_does_not_keep_a_run_from_ending(tmp_path: Path) -> None:
    waits = "threading.Thread(target=threading.Event().wait, name='stays').start()"
    code, said = _run(tmp_path, f"import threading\n\ndef test_it():\n    {waits}\n")
    assert code == 1
    assert "1 passed" in said
    assert "Timeout (0:00:02)" in said
