"""Logs: one event a line, with the names of cases and deliveries, never what people typed."""

import logging
import sys
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict

_MOST_FRAMES = 12


def set_up_logs(level: int = logging.INFO, json_lines: bool | None = None) -> None:
    """Write logs to standard error: for people on a terminal, JSON elsewhere."""
    as_json = not sys.stderr.isatty() if json_lines is None else json_lines
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            name_error,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # Libraries may quote payloads when they complain; only their errors pass, by their names.
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(NamedErrors())
    logging.basicConfig(level=logging.ERROR, handlers=[handler])
    threading.excepthook = _name_thread


def _name_thread(ended: threading.ExceptHookArgs) -> None:
    """Log an error that ended a thread, where Python would print all of it."""
    name = ended.thread.name if ended.thread else ""
    structlog.get_logger().error("thread_failed", thread=name, exc_info=ended.exc_value)


class NamedErrors(logging.Formatter):
    """Writes an error of a library by its kind and place, as `name_error` does with ours.

    One line each: some libraries put a whole traceback into their words, which ends there.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said, named = record.getMessage().partition("Traceback (most recent")[0], ""
        if record.exc_info and record.exc_info[1] is not None:
            named = self.formatException(record.exc_info)
        return " ".join(f"{record.name}: {said} {named}".split())

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name is logging's)
        """Return the kind and the place of an error, without its text."""
        _kind, error, trace = ei
        return f"{type(error).__qualname__} at {', '.join(list(_places(trace))[-_MOST_FRAMES:])}"


def name_error(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Log an error by its kind and place. Its text may quote somebody's secrets."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["where"] = list(_places(error.__traceback__))[-_MOST_FRAMES:]
    return event


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
