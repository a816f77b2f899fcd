"""What the logs say, and what they leave out."""

import logging
import sys

from bot.logs import NamedErrors


def test_an_error_of_a_library_is_named_and_not_quoted() -> None:
    try:
        raise ValueError("the PIN is 4821")
    except ValueError:
        fault = logging.LogRecord("uvicorn", logging.ERROR, "", 0, "Failed", None, sys.exc_info())
    line = NamedErrors("%(name)s: %(message)s").format(fault)
    assert line.startswith("uvicorn: Failed\nValueError at test_logs.py:")
    assert "4821" not in line
