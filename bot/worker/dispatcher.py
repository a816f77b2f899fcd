"""Hands the rows of the ledger to DBOS, as jobs of one queue."""

from datetime import datetime, timedelta

from dbos import DBOSClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.worker.json_jobs import JsonJobs

QUEUE = "deliveries"
DELIVER = "deliver"
# One version for ever: a job of an older release is executed by the newer one, not stranded.
VERSION = "portdesk"
# What has ended is soon forgotten; what is still under way after days belonged to a replica that
# never came back.
_PRUNED = (
    (["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"], timedelta(hours=1)),
    (["PENDING"], timedelta(days=2)),
)


class DbosDispatcher:
    """Queues jobs in the transaction that wrote their ledger rows."""

    def __init__(self, engine: Engine) -> None:
        self._client = DBOSClient(system_database_engine=engine, lazy=True, serializer=JsonJobs())

    def enqueue(
        self, session: Session, key: str, job: str, channel: str, delay: float = 0.0
    ) -> None:
        """Queue a delivery behind the others of its channel."""
        self._client.enqueue_in_transaction(
            session.connection(),
            {
                "workflow_name": DELIVER,
                "queue_name": QUEUE,
                "workflow_id": job,
                "app_version": VERSION,
                "queue_partition_key": channel,
                **({"delay_seconds": delay} if delay else {}),  # type: ignore[typeddict-item]
            },
            key,
        )

    def waiting(self, jobs: list[str]) -> set[str]:
        """Return those jobs that still wait their turn."""
        found = self._client.list_workflows(
            workflow_ids=jobs,
            status=["ENQUEUED", "DELAYED"],
            # What waits for another version waits for ever.
            app_version=VERSION,
            load_input=False,
            load_output=False,
        )
        return {workflow.workflow_id for workflow in found}

    def prune(self, now: datetime) -> int:
        """Forget jobs that ended long ago; the ledger keeps what mattered. Returns how many."""
        return sum(self._forget(states, now - age) for states, age in _PRUNED)

    def _forget(self, states: list[str], before: datetime) -> int:
        found = self._client.list_workflows(
            status=states,
            end_time=before.isoformat(),
            limit=5000,
            load_input=False,
            load_output=False,
        )
        if found:
            self._client.delete_workflows([workflow.workflow_id for workflow in found])
        return len(found)

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()
