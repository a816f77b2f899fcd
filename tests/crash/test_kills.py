"""Replicas are killed with -9: every post is made once, in order, and headlines are up to date."""

import random

import pytest

from tests.crash.conftest import Plant
from tests.databases import POSTGRESQL, SQLITE

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]
POSTS = ["chat.postMessage"]
MANY = 1000
REPLICAS = {SQLITE: 1, POSTGRESQL: 3}


def test_a_kill_between_the_commit_and_the_call(plant: Plant) -> None:
    first = plant.start()
    cases = plant.work.open_cases(plant.people[:3])
    # The call hangs, and Slack has not taken it, when the process dies.
    plant.slack.faults.methods, plant.slack.faults.silent = POSTS, MANY
    plant.work.change(cases, 1)
    plant.wait_until(lambda: plant.slack.faults.silent <= MANY - len(cases))
    first.kill()
    assert plant.slack.record == []
    plant.slack.faults.silent = 0
    plant.start()
    plant.wait_until_delivered()
    assert plant.work.faults() == []


def test_a_kill_between_the_call_and_the_mark(plant: Plant) -> None:
    first = plant.start()
    cases = plant.work.open_cases(plant.people[:3])
    plant.work.change(cases, 2)
    plant.wait_for_posts(1)
    first.kill()
    plant.start()
    plant.wait_until_delivered()
    assert plant.work.faults() == []


def test_a_post_that_slack_took_without_answering(plant: Plant) -> None:
    plant.start()
    cases = plant.work.open_cases(plant.people[:3])
    plant.slack.faults.methods, plant.slack.faults.drop_answer = POSTS, 4
    plant.work.change(cases, 2)
    plant.wait_until_delivered()
    assert plant.slack.faults.drop_answer == 0
    assert plant.work.faults() == []


def test_slack_that_is_busy_and_broken(plant: Plant) -> None:
    plant.start()
    cases = plant.work.open_cases(plant.people[:3])
    plant.slack.faults.rate_limit, plant.slack.faults.server_error = 4, 4
    plant.work.change(cases, 3)
    plant.wait_until_delivered()
    assert plant.work.faults() == []


def test_a_stop_while_an_upload_hangs(plant: Plant) -> None:
    stopped = plant.start()
    plant.slack.faults.methods, plant.slack.faults.silent = ["files.getUploadURLExternal"], MANY
    case = plant.work.file("206 555 0100")
    plant.wait_until(lambda: plant.slack.faults.silent < MANY)
    stopped.terminate()
    assert stopped.process.wait(30) == 0
    plant.slack.faults.silent = 0
    plant.start()
    plant.wait_until_delivered()
    assert plant.work.letters(case) == ["PRT-1001-LOA-v1.pdf"]
    said = stopped.log.read_text()
    assert "Traceback" not in said
    assert not any(line.startswith(" ") for line in said.splitlines()), "an event is one line"


def test_kills_at_random_moments(plant: Plant, database_kind: str) -> None:
    running = [plant.start() for _ in range(REPLICAS[database_kind])]
    cases = plant.work.open_cases(plant.people)
    owed = plant.work.change(cases, 5)
    chance = random.Random()
    for killed in range(3):
        plant.wait_for_posts(chance.randrange(10, 30) + killed * owed // 4)
        running.pop(0).kill()
        running.append(plant.start())
    plant.wait_until_delivered()
    assert plant.work.faults() == []


def test_a_replica_that_hangs_and_never_comes_back(plant: Plant, database_kind: str) -> None:
    if database_kind == SQLITE:
        pytest.skip("SQLite is for one process: one that hangs is restarted.")
    frozen = plant.start()
    cases = plant.work.open_cases(plant.people)
    plant.work.change(cases, 2)
    plant.wait_for_posts(5)
    frozen.pause()
    plant.start()
    plant.wait_until_delivered()
    frozen.kill()
    assert plant.work.faults() == []
