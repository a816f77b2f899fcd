"""Jobs are JSON: whoever can write to the database must not be able to run code here.

DBOS unpickles whatever its row calls a pickle, whichever serializer was chosen. Loading this
module takes that from it, for the whole process; so whoever loads DBOS takes it from here.
"""

import json
from typing import Any

import structlog
from dbos._serialization import DBOSPortableJSONSerializer, DefaultSerializer

# A job of this refuses to run; a schedule of ours has no use for its context.
_NOTHING: dict[str, Any] = {"args": (), "kwargs": {}}
log = structlog.get_logger()


class PickleRefused(ValueError):
    """A row of the database that would have been unpickled."""


def _refuse(_self: object, _text: str) -> Any:
    raise PickleRefused("a pickle is never loaded from the database")


DefaultSerializer.deserialize = _refuse  # type: ignore[assignment, method-assign]


class JsonJobs(DBOSPortableJSONSerializer):
    """Reads what DBOS wrote without naming its form: schedules, and the jobs that they queue."""

    def deserialize(self, text: str | None) -> Any:
        """Return the arguments of a job, or None.

        What cannot be read raises nothing here: DBOS would never run a schedule again, and would
        count the job as running for ever.
        """
        try:
            found = json.loads(text or "null")
        except (ValueError, RecursionError):
            found = text
        if found is None or _is_job(found):
            return found
        log.error("job_unreadable", why="not JSON of a job; what is due is queued again")
        return _NOTHING


def _is_job(found: object) -> bool:
    return (
        isinstance(found, dict)
        and isinstance(found.get("args"), list)
        and isinstance(found.get("kwargs"), dict)
    )
