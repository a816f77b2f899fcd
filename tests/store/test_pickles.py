"""Whoever can write rows runs no code in the desk: nothing in the database is ever unpickled."""

import base64
import pickle
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import time
from typing import Any

import dbos
import pytest
from dbos import DBOS
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Numeric,
    Table,
    insert,
    select,
    update,
)

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from bot.service.offline import wall_clock
from bot.service.wiring import Service
from bot.store.models.base import Base
from bot.store.models.deliveries import Delivery
from bot.worker.dispatcher import DELIVER, QUEUE, VERSION
from slack_sandbox import AdjustableClock, Sandbox
from tests.journeys.cases import filed
from tests.office import FAST, MONDAY, Office, headline
from tests.recording import recorded

# The columns of DBOS that hold what somebody serialized, by any of its tables.
SERIALIZED = ("inputs", "output", "error", "message", "value", "context")
PICKLED, UNNAMED, JSON = "py_pickle", None, "portable_json"
# What goes in and comes out stands in tables apart, for jobs of newer releases of DBOS.
APART = "-apart"
# The first waits for whoever takes it.
STATES = ("ENQUEUED", "SUCCESS", "ERROR", "PENDING")


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._file,)


def pickled(value: object) -> str:
    """Return a value as the last release stored it."""
    return base64.b64encode(pickle.dumps(value)).decode()


def their_tables(engine: Engine) -> dict[str, Table]:
    """Return the tables of DBOS."""
    schema = "dbos" if engine.dialect.name == "postgresql" else None
    found = MetaData()
    found.reflect(engine, schema=schema)
    ours = Base.metadata.tables
    return {table.name: table for table in found.tables.values() if table.name not in ours}


def job(uuid: str, inputs: str | None, written: str | None, **more: Any) -> dict[str, Any]:
    """Return a row of a job that waits to be taken."""
    now = int(time() * 1000)
    return {
        "workflow_uuid": uuid,
        "status": "ENQUEUED",
        "name": DELIVER,
        "queue_name": QUEUE,
        "queue_partition_key": uuid,
        "application_version": VERSION,
        "application_name": "portdesk",
        "created_at": now,
        "updated_at": now,
        "priority": 0,
        "inputs": inputs,
        "serialization": written,
    } | more


def plant(connection: Connection, tables: dict[str, Table], hostile: str) -> list[str]:
    """Put a hostile text into every serialized column; returns the names of the workflows."""
    jobs = tables["workflow_status"]
    rows = [
        job(f"hostile-{state}-{written}{apart}", None if apart else hostile, written, status=state)
        | ({} if apart else {"output": hostile, "error": hostile})
        for state in STATES
        for written in (PICKLED, UNNAMED, JSON)
        for apart in ("", APART)
    ]
    # As the worker's own schedules queue theirs.
    rows.append(job("hostile-sweep", hostile, UNNAMED, name="sweep", queue_partition_key=None))
    for row in rows:
        connection.execute(insert(jobs).values(row))
    names = [row["workflow_uuid"] for row in rows]
    others = [
        t for t in tables.values() if t is not jobs and set(SERIALIZED) & set(t.columns.keys())
    ]
    for table in others:
        _plant_into(connection, table, names, hostile)
    return names


def _plant_into(connection: Connection, table: Table, names: list[str], hostile: str) -> None:
    if table.name == "workflow_schedules":
        connection.execute(update(table).values(context=hostile))
        return
    apart = table.name in ("workflow_input", "workflow_output")
    for place, name in enumerate(name for name in names if not apart or name.endswith(APART)):
        row = {column.name: _filler(column, name, place, hostile) for column in table.columns}
        connection.execute(insert(table).values({k: v for k, v in row.items() if v is not None}))


def _filler(column: Column[Any], name: str, place: int, hostile: str) -> Any:
    if column.name in SERIALIZED:
        return hostile
    if column.name == "serialization":
        return (PICKLED, UNNAMED, JSON)[place % 3]
    if column.nullable or column.server_default is not None:
        return None
    return 0 if isinstance(column.type, Integer | Numeric) else name


def read_everything(names: list[str]) -> None:
    """Ask DBOS for all that it can say of these workflows, as its consoles do."""
    for name in names:
        for ask in (
            lambda name=name: DBOS.list_workflows(workflow_ids=[name]),
            lambda name=name: DBOS.list_workflow_steps(name),
            lambda name=name: DBOS.get_event(name, name, timeout_seconds=0),
            lambda name=name: DBOS.get_all_events(name),
            lambda name=name: next(iter(DBOS.read_stream(name, name))),
            lambda name=name: _ended(name) and DBOS.retrieve_workflow(name).get_result(),
        ):
            with suppress(Exception):
                ask()
    DBOS.list_schedules()


def _ended(name: str) -> bool:
    return "SUCCESS" in name or "ERROR" in name


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    """An office whose worker does not run yet."""
    clock = AdjustableClock(MONDAY)
    with recorded(Sandbox(MANIFEST, EXAMPLE, clock=clock)) as slack:
        settings = sandbox_settings(slack, tmp_path).model_copy(
            update={"database_url": database_url}
        )
        service = Service(settings, clock, FAST)
        yield Office(slack, service, clock, settings)
        service.stop(patience=0)


def store_as_the_last_release_did(connection: Connection, tables: dict[str, Table]) -> None:
    """Turn what waits into pickles, a while ago; and leave the schedules that it had."""
    jobs, given = tables["workflow_status"], tables["workflow_input"]
    for key in connection.scalars(select(Delivery.job)).all():
        old = pickled({"args": (key,), "kwargs": {}})
        connection.execute(update(given).where(given.c.workflow_uuid == key).values(inputs=old))
    connection.execute(update(jobs).values(serialization=PICKLED))
    connection.execute(update(Delivery).values(created_at=wall_clock() - timedelta(minutes=1)))
    for name in ("sweep", "prune"):
        connection.execute(
            insert(tables["workflow_schedules"]).values(
                schedule_id=name,
                schedule_name=name,
                workflow_name=name,
                schedule="*/5 * * * * *",
                status="ACTIVE",
                context=pickled(None),
                application_name="portdesk",
            )
        )


@pytest.mark.long
@pytest.mark.both_databases
def test_a_pickle_in_any_column_is_refused_and_what_is_due_goes_out(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mark = tmp_path / "unpickled"
    hostile = pickled({"args": (Touch(mark),), "kwargs": {}})
    engine = office.service.engine
    tables = their_tables(engine)
    filed(office, "206-555-0100")
    with engine.begin() as connection:
        store_as_the_last_release_did(connection, tables)
        names = plant(connection, tables, hostile)
    office.service.start()
    assert headline(office.anna)
    read_everything([name for name in names if PICKLED in name])
    with engine.begin() as connection:
        connection.execute(update(tables["workflow_schedules"]).values(context=hostile))
    filed(office, "206-555-0101")
    assert headline(office.anna, "PRT-1002")
    assert not mark.exists()
    told = "\n".join(record.getMessage() for record in caplog.records)
    assert "hostile-ENQUEUED-py_pickle: a pickle is never loaded" in told


def test_nothing_else_in_dbos_unpickles() -> None:
    """A release of DBOS that finds another way must not come in unseen."""
    files = Path(str(dbos.__file__)).parent.rglob("*.py")
    found = re.findall(
        r"(?:import|from) +(?:\w*pickle\w*|dill|marshal|shelve)\b|\w*pickle\w*\.loads?\b|Unpickler",
        "\n".join(file.read_text(encoding="utf-8") for file in files),
    )
    assert sorted(found) == ["import pickle", "pickle.loads"]
