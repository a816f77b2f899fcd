"""The files for running it agree with the program and with each other."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from bot.slack.http import MOST_BYTES

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
ROOT = DEPLOY.parent
UNIT = (DEPLOY / "portdesk.service").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
IMAGE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


@pytest.fixture
def services() -> dict[str, Any]:
    """The services of the compose file."""
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    return dict(found["services"])


def test_two_replicas_wait_for_their_database(services: dict[str, Any]) -> None:
    assert services["portdesk"]["deploy"]["replicas"] == 2
    assert services["portdesk"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_no_secret_stands_in_the_compose_file(services: dict[str, Any]) -> None:
    assert "environment" not in services["portdesk"]
    assert "POSTGRES_PASSWORD" not in services["postgres"]["environment"]


def test_nginx_hands_on_slacks_requests_only() -> None:
    assert re.findall(r"location (?:= )?(\S+)", NGINX) == ["/slack/events", "/"]
    assert NGINX.count("{") == NGINX.count("}")
    assert f"client_max_body_size {MOST_BYTES // 1024**2}m;" in NGINX


def test_nginx_and_the_image_name_the_same_port() -> None:
    assert "server portdesk:3000" in NGINX
    assert 'CMD ["python", "app.py", "run", "--host", "0.0.0.0", "--port", "3000"]' in IMAGE


def test_the_image_is_locked_and_does_not_run_as_root() -> None:
    assert "--require-hashes" in IMAGE
    assert re.search(r"^USER portdesk$", IMAGE, re.MULTILINE)


def test_the_image_gets_every_file_that_it_copies() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", IMAGE, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    for name in names:
        assert (ROOT / name).exists()
        assert f"!{name}\n" in allowed


def test_the_unit_gives_the_work_in_hand_time_to_end() -> None:
    assert "TimeoutStopSec=30" in UNIT
    assert "ExecStart=/opt/portdesk/.venv/bin/python /opt/portdesk/app.py run" in UNIT


def test_the_example_names_only_settings_that_there_are() -> None:
    lines = (DEPLOY / "portdesk.env.example").read_text(encoding="utf-8").splitlines()
    names = {line.partition("=")[0].lower() for line in lines if line and not line.startswith("#")}
    assert names <= set(Settings.model_fields)
