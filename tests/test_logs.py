"""What the logs say, and what they leave out."""

import json
import logging
import sys
import threading

import pytest
import structlog

from bot.service.logs import NamedErrors, set_up_logs


def test_an_error_of_a_library_is_named_and_not_quoted() -> None:
    try:
        raise ValueError("the PIN is 4821")
    except ValueError:
        fault = logging.LogRecord("uvicorn", logging.ERROR, "", 0, "Failed", None, sys.exc_info())
    line = NamedErrors().format(fault)
    assert line.startswith("uvicorn: Failed ValueError at test_logs.py:")
    assert "4821" not in line


def test_an_error_of_a_library_is_one_line_whatever_it_says() -> None:
    said = "Cannot\nTraceback (most recent call last):\n  File\nValueError: the PIN is 4821"
    fault = logging.LogRecord("dbos", logging.ERROR, "", 0, said, None, None)
    assert NamedErrors().format(fault) == "dbos: Cannot"


def test_an_error_that_ends_a_thread_is_one_line_without_its_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        raise ValueError("the PIN is 4821")

    before, written = threading.excepthook, structlog.get_config()
    try:
        set_up_logs(json_lines=True)
        thread = threading.Thread(target=fail, name="some thread")
        thread.start()
        thread.join()
    finally:
        threading.excepthook = before
        structlog.configure(**written)
    said = capsys.readouterr().err
    assert json.loads(said)["event"] == "thread_failed"
    assert "4821" not in said
