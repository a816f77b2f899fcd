"""A database that goes away, and jobs that no replica of today would take."""

import sqlite3
import time

import pytest
from sqlalchemy import text

from tests.crash.conftest import Plant
from tests.databases import POSTGRESQL, SQLITE
from tests.postgres import OwnServer

AWAY_SECONDS = 30.0
RECOVERY = 180.0
JOBS = {SQLITE: "workflow_status", POSTGRESQL: "dbos.workflow_status"}
both = pytest.mark.both_databases
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("database_kind", [POSTGRESQL], indirect=True)
def test_a_postgresql_that_goes_away_for_a_while(plant: Plant, own_postgres: OwnServer) -> None:
    replica = plant.start()
    cases = plant.work.open_cases(plant.people)
    plant.work.change(cases, 4)
    plant.wait_for_posts(10)
    own_postgres.stop()
    replica.wait_until("/readyz", 503)
    time.sleep(AWAY_SECONDS)
    own_postgres.start()
    # What DBOS had in hand waits longer after each vain try, up to a minute and a half.
    plant.patience = RECOVERY
    plant.wait_until_delivered()
    replica.wait_until()
    assert plant.work.faults() == []


@pytest.mark.parametrize("database_kind", [SQLITE], indirect=True)
def test_a_sqlite_file_that_somebody_else_locks_for_a_while(plant: Plant) -> None:
    replica = plant.start()
    cases = plant.work.open_cases(plant.people)
    plant.work.change(cases, 3)
    plant.wait_for_posts(10)
    database = plant.settings.database_url.removeprefix("sqlite:///")
    writer = sqlite3.connect(database, isolation_level=None, timeout=10)
    writer.execute("BEGIN IMMEDIATE")
    time.sleep(AWAY_SECONDS)
    writer.execute("ROLLBACK")
    writer.close()
    plant.wait_until_delivered()
    assert plant.work.faults() == []
    assert "Traceback" not in replica.log.read_text()


@both
def test_jobs_of_another_version_are_queued_again(plant: Plant, database_kind: str) -> None:
    old = plant.start()
    cases = plant.work.open_cases(plant.people[:4])
    old.kill()
    plant.work.change(cases, 2)
    table = JOBS[database_kind]
    with plant.work.service.engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET application_version = 'older'"))
    plant.start()
    plant.wait_until_delivered()
    assert plant.work.faults() == []


@both
def test_a_rolling_restart_in_the_middle_of_the_work(plant: Plant, database_kind: str) -> None:
    running = [plant.start()]
    cases = plant.work.open_cases(plant.people)
    owed = plant.work.change(cases, 3)
    for step in (1, 2):
        plant.wait_for_posts(step * owed // 4)
        following = plant.start() if database_kind == POSTGRESQL else None
        running[-1].terminate()
        assert running[-1].process.wait(30) == 0
        running.append(following or plant.start())
    plant.wait_until_delivered()
    assert plant.work.faults() == []
    assert all("Traceback" not in replica.log.read_text() for replica in running)
