"""What a load balancer and a monitor are told."""

import json
from pathlib import Path

import pytest

from bot.service.wiring import Service
from slack_sandbox import Sandbox
from tests.http.conftest import HttpOffice, http_settings
from tests.journeys.requests import file_request
from tests.office import FAST, Office, headline
from tests.patience import wait_until
from tests.postgres import OwnServer
from tests.replicas import request


def test_a_desk_at_work_is_alive_and_ready(http_office: HttpOffice) -> None:
    wait_until(lambda: _ready(http_office.port)[0] == 200)
    assert request(http_office.port, "GET", "/healthz") == (200, "ok")
    assert _ready(http_office.port) == (200, [])


def test_a_desk_whose_worker_has_not_begun_is_not_ready(
    slack: Sandbox, tmp_path: Path, database_url: str
) -> None:
    service = Service(http_settings(slack, tmp_path, database_url), slack.clock, FAST)
    port = service.listen("127.0.0.1", 0)
    assert _ready(port) == (503, ["worker"])
    service.stop(patience=0)


def test_a_desk_that_stops_says_so_before_it_refuses(http_office: HttpOffice) -> None:
    wait_until(lambda: _ready(http_office.port)[0] == 200)
    http_office.service.finish()
    assert _ready(http_office.port) == (503, ["stopping"])
    assert request(http_office.port, "GET", "/healthz")[0] == 200


@pytest.mark.long
def test_a_desk_without_its_database_is_alive_and_not_ready(
    slack: Sandbox, tmp_path: Path, own_postgres: OwnServer
) -> None:
    own_postgres.order("CREATE DATABASE goes_away")
    settings = http_settings(slack, tmp_path, own_postgres.url("goes_away"))
    service = Service(settings, slack.clock, FAST)
    port = service.listen("127.0.0.1", 0)
    own_postgres.stop()
    try:
        assert _ready(port) == (503, ["worker", "database"])
        assert request(port, "GET", "/healthz")[0] == 200
        assert request(port, "GET", "/metrics")[0] == 200
    finally:
        own_postgres.start()
    assert _ready(port) == (503, ["worker"])
    service.stop(patience=0)


def test_figures_tell_what_was_done_and_what_waits(http_office: HttpOffice) -> None:
    file_request(http_office.rosa)
    headline(http_office.rosa)
    wait_until(lambda: _figures(http_office.port)["portdesk_undelivered"] == 0)
    figures = _figures(http_office.port)
    assert figures['portdesk_open_cases{status="PREPARING"}'] == 1
    assert figures['portdesk_deliveries_total{outcome="sent"}'] >= 1
    assert figures['portdesk_acknowledgement_seconds_count{asked="command"}'] == 1
    assert figures['portdesk_acknowledgement_seconds_count{asked="view_submission"}'] >= 2
    assert "portdesk_oldest_undelivered_seconds" in figures


@pytest.mark.long
def test_figures_name_nobody(http_office: HttpOffice) -> None:
    file_request(http_office.rosa)
    lines = request(http_office.port, "GET", "/metrics")[1].splitlines()
    # Names and labels: any digits may stand in a measured time.
    said = "\n".join(line if line.startswith("#") else line.rpartition(" ")[0] for line in lines)
    assert "portdesk_acknowledgement_seconds" in said
    for secret in ("U0ROSA", "2065550", "PRT-", "Bakery", "0042"):
        assert secret not in said


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/slack/events", 404)])
def test_in_socket_mode_only_health_is_served(office: Office, path: str, status: int) -> None:
    port = office.service.listen("127.0.0.1", 0)
    assert request(port, "GET", path)[0] == status


def _ready(port: int) -> tuple[int, list[str]]:
    status, body = request(port, "GET", "/readyz")
    return status, json.loads(body)["faults"]


def _figures(port: int) -> dict[str, float]:
    lines = request(port, "GET", "/metrics")[1].splitlines()
    pairs = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _, value in pairs}
