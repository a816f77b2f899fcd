"""Executes the ledger with DBOS: durable jobs, Slack's rate for each channel, the clock.

The ledger row is the truth; DBOS only carries its key. A job that is lost, or that belonged to
a replica that never comes back, is queued again by the sweep.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig
from dbos._error import DBOSException
from sqlalchemy import Engine
from structlog.contextvars import bind_contextvars, clear_contextvars

from bot.desk.core.context import Busy
from bot.desk.desk import Desk
from bot.desk.notifications.deliveries import (
    ClaimedDelivery,
    PermanentError,
    Receipt,
    TemporaryError,
)
from bot.errors import PortingError
from bot.worker.dispatcher import DELIVER, QUEUE, VERSION, DbosDispatcher
from bot.worker.json_jobs import JsonJobs

# The thread in which DBOS looks for jobs; it begins soon after the launch.
_TAKER = f"queue-worker-{QUEUE}"
# Slack takes about one message a second in a channel and forgives short bursts.
BURST = 4
# Seconds between attempts to write down a result; together with the database's own waiting
# they stay inside a lease.
MARK_PAUSES = (0.2, 1.0, 3.0, 6.0)
log = structlog.get_logger()


def _uncounted(_outcome: str, _attempt: int) -> None:
    """Count nothing."""


class Worker:
    """Delivers what the ledger holds, and queues what is due by the clock."""

    def __init__(
        self,
        desk: Desk,
        post: Callable[[ClaimedDelivery], Receipt],
        dispatcher: DbosDispatcher,
        engine: Engine,
        owner: str,
        sweep_seconds: int = 5,
        posts_per_second: float | None = 1.0,
        counted: Callable[[str, int], None] = _uncounted,
        poll_seconds: float = 0.1,
    ) -> None:
        self._desk = desk
        self._post = post
        self._dispatcher = dispatcher
        self._engine = engine
        self._owner = owner
        self._sweep_seconds = sweep_seconds
        # On SQLite DBOS may count in whole seconds: no limit is something else than a high one.
        self._period = BURST / posts_per_second if posts_per_second else None
        self._counted = counted
        self._poll_seconds = poll_seconds
        self._launched = False
        self._sweeping = threading.Lock()

    def start(self) -> None:
        """Launch DBOS: its own tables, its queue, its schedule."""
        config: DBOSConfig = {
            "name": "portdesk",
            # Ours, so that on SQLite its writers take their turn among all the others.
            "system_database_engine": self._engine,
            "application_version": VERSION,
            "executor_id": self._owner,
            "serializer": JsonJobs(),
            "log_level": "ERROR",
            "scheduler_polling_interval_sec": 1.0,
            "notification_listener_polling_interval_sec": 0.2,
        }
        DBOS(config=config)
        _log_as_others_do()
        _workflow(DELIVER, self.deliver)
        sweep = _workflow("sweep", self._sweep)
        prune = _workflow("prune", self._prune)
        DBOS.launch()
        self._launched = True
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=8,
            # The ledger keeps the order; one at a time would only wait for the next poll.
            partition_worker_concurrency=BURST,
            partition_limiter={"limit": BURST, "period": self._period} if self._period else None,
            polling_interval_sec=self._poll_seconds,
            on_conflict="always_update",
        )
        DBOS.apply_schedules(
            [
                _schedule("sweep", sweep, f"*/{self._sweep_seconds} * * * * *"),
                _schedule("prune", prune, "30 */10 * * * *"),
            ]
        )

    def stop(self, patience: int) -> None:
        """Stop taking jobs; what runs has `patience` seconds to end."""
        self._launched = False
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience)
        self._dispatcher.close()

    @property
    def running(self) -> bool:
        """Whether jobs are taken from the queue."""
        return self._launched and any(t.name == _TAKER for t in threading.enumerate())

    def deliver(self, key: str) -> None:
        """Try one delivery: claim, post, mark."""
        clear_contextvars()
        try:
            claimed = self._desk.claims.claim(key)
        except PortingError as error:
            # Nobody has it now, so the sweep finds it when the database is back.
            log.warning("claim_postponed", delivery=key, why=str(error))
            return
        if claimed is not None:
            bind_contextvars(delivery=key, attempt=claimed.attempt)
            self._counted(self._attempt(claimed), claimed.attempt)

    def _attempt(self, claimed: ClaimedDelivery) -> str:
        """Post and mark; returns how it ended."""
        ledger = self._desk.claims
        try:
            sent = self._post(claimed)
        except PermanentError as error:
            log.error("delivery_refused", why=str(error))
            _insist(partial(ledger.done, claimed, Receipt(), failed=str(error)))
            return "refused"
        except TemporaryError as error:
            log.warning("delivery_deferred", why=str(error))
            _insist(partial(ledger.defer, claimed, error))
            return "deferred"
        except Busy as error:
            log.warning("delivery_deferred", why=str(error))
            _insist(partial(ledger.defer, claimed, TemporaryError("database busy")))
            return "deferred"
        except Exception as error:
            # A fault of ours must not stop the stream for ever, nor pass unseen.
            log.exception("delivery_failed")
            _insist(partial(ledger.defer, claimed, TemporaryError(type(error).__name__, slow=True)))
            return "failed"
        log.info("delivered")
        _insist(partial(ledger.done, claimed, sent))
        return "sent"

    def _sweep(self, _scheduled: datetime, _context: Any) -> None:
        # Sweeps that piled up while the database was away would only repeat one another.
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            self._sweep_once()
        finally:
            self._sweeping.release()

    def _sweep_once(self) -> None:
        desk = self._desk
        for task in (desk.claims.sweep, desk.reminders.queue_due, desk.monitoring.raise_alarm):
            try:
                task()
            except PortingError as error:
                log.warning("sweep_postponed", why=str(error))
            except Exception:
                # A fault of ours in one of them must not stop the others.
                log.exception("sweep_failed")

    def _prune(self, _scheduled: datetime, _context: Any) -> None:
        self._dispatcher.prune(datetime.now(UTC))


def _log_as_others_do() -> None:
    """Let what DBOS complains of go the way of all logs, instead of its own."""
    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    logger.propagate = True
    logger.addFilter(_is_no_late_end)


def _is_no_late_end(record: logging.LogRecord) -> bool:
    """Say whether this is more than a job that outlived the stop and finds no DBOS any more.

    It is taken up again at the next start, and what it delivered is looked up.
    """
    error = record.exc_info[1] if record.exc_info else None
    return not (isinstance(error, DBOSException) and "before DBOS was launched" in str(error))


def _insist(mark: Callable[[], None]) -> None:
    """Write down how a delivery ended, also past a database that is locked for a while.

    Without that mark the message is looked for, or repeated, when the lease has ended.
    """
    for pause in (*MARK_PAUSES, 0.0):
        try:
            mark()
            return
        except PortingError as error:
            log.warning("mark_postponed", why=str(error))
            time.sleep(pause)


def _workflow(name: str, run: Callable[..., None]) -> Callable[..., None]:
    """Register a method under a fixed name; DBOS marks functions, which methods do not allow."""

    def call(*arguments: Any) -> None:
        run(*arguments)

    return DBOS.workflow(name=name)(call)


def _schedule(name: str, run: Callable[[datetime, Any], None], cron: str) -> Any:
    return {"schedule_name": name, "workflow_fn": run, "schedule": cron, "context": None}
