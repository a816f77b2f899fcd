"""The files for running it agree with the program and with each other."""

import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from sqlalchemy.engine import make_url

from bot.service.settings import Settings
from bot.slack.bolt.http_app import MOST_BYTES
from tests.databases import prepare
from tests.postgres import OwnServer, find_programs

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
ROOT = DEPLOY.parent
UNIT = (DEPLOY / "portdesk.service").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
ROLE = str(DEPLOY / "role.sql")
ANALYZE = shutil.which("systemd-analyze")
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


def test_no_container_can_do_more_than_it_has_to(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "cap_add" not in service, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"mem_limit", "pids_limit"} <= set(service), name
        assert "USER portdesk" in IMAGE if "build" in service else service["user"] != "0", name


def test_images_are_taken_by_their_digest(services: dict[str, Any]) -> None:
    """Without a digest compose does not start, and what writes them names each of them."""
    taken = [service["image"] for service in services.values() if "build" not in service]
    taken.append(services["portdesk"]["build"]["args"]["PYTHON_IMAGE"])
    asked = [re.fullmatch(r"\$\{([A-Z_]+):\?run deploy/pin_images.sh\}", image) for image in taken]
    written = re.findall(r"^    pin ([A-Z_]+) ", (DEPLOY / "pin_images.sh").read_text(), re.M)
    assert sorted(name[1] for name in asked if name) == sorted(written)
    assert re.findall(r"^FROM (\S+)", IMAGE, re.MULTILINE) == ["${PYTHON_IMAGE}"] * 2


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")
def test_the_unit_leaves_little_to_an_intruder() -> None:
    order = [str(ANALYZE), "security", "--offline=true", str(DEPLOY / "portdesk.service")]
    said = subprocess.run(order, capture_output=True, text=True, check=False).stdout
    exposure = re.search(r"exposure level for portdesk.service: ([0-9.]+)", said)
    assert exposure is not None, said
    assert float(exposure[1]) < 2.0


@pytest.mark.long
def test_a_desk_needs_no_right_but_to_own_its_database(
    own_postgres: OwnServer, tmp_path: Path
) -> None:
    """The user that compose makes: the tables of the desk and of DBOS are made by it."""
    password, programs = tmp_path / "password", find_programs()
    password.write_text("correct-horse")
    own_postgres.order("DROP DATABASE IF EXISTS portdesk")
    subprocess.run(
        [f"{programs}/psql", "-v", "ON_ERROR_STOP=1", "-d", own_postgres.link, "-f", ROLE],
        env={"PORTDESK_PASSWORD_FILE": str(password), "PATH": "/usr/bin:/bin"},
        check=True,
        capture_output=True,
    )
    mine = make_url(own_postgres.url("portdesk")).set(username="portdesk", password="correct-horse")
    prepare(mine.render_as_string(hide_password=False))
    with psycopg.connect(mine.set(drivername="postgresql").render_as_string(False)) as mine_only:
        rights = mine_only.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert rights == (False, False, False)


@pytest.mark.long
def test_the_image_has_no_sandbox_and_says_so(tmp_path: Path) -> None:
    copied = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", IMAGE)
    for name in {name for line in copied for name in line.split()}:
        part = ROOT / name
        (shutil.copytree if part.is_dir() else shutil.copy)(part, tmp_path / name)
    say = partial(subprocess.run, cwd=tmp_path, capture_output=True, text=True, check=False)
    wanted = say([sys.executable, "app.py", "sandbox"])
    assert wanted.returncode == 1
    assert wanted.stderr.startswith("Error: The sandbox is not part of this installation.")
    assert say([sys.executable, "app.py", "tables"]).returncode == 0
