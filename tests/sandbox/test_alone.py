"""The sandbox as a program of its own: its command, its fixtures, and what it is installed with."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from slack_sdk import WebClient

import slack_sandbox

HOME = Path(slack_sandbox.__file__).parent
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))
# What is imported under another name than it is installed by.
INSTALLED_AS = {"yaml": "pyyaml"}
# Imported by nobody: zones on Windows, and the WebSockets of uvicorn.
UNSEEN = {"tzdata", "websockets"}
ALONE = {**os.environ, "PYTHONPATH": str(HOME.parent)}


@pytest.mark.long
def test_a_foreign_app_is_tested_with_its_fixtures(tmp_path: Path) -> None:
    folder = tmp_path / "lunch"
    shutil.copytree(HOME / "example", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "pytest.ini").write_text("[pytest]\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder, env=ALONE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "3 passed" in done.stdout) == (0, True), done.stdout


def test_the_command_serves_a_manifest_until_it_is_told_to_stop(tmp_path: Path) -> None:
    manifest = HOME / "example/manifest.yml"
    line = [sys.executable, "-m", "slack_sandbox", "--manifest", str(manifest), "--port", "0"]
    with subprocess.Popen(line, cwd=tmp_path, env=ALONE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        run.stdout.readline()
        told = dict(run.stdout.readline().strip().split("=", 1) for _ in range(4))
        answer = WebClient(told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"]).auth_test()
        run.send_signal(signal.SIGTERM)
        assert run.wait(10) == 0
    assert answer["team"] == "Sandbox"
    assert told.keys() == {
        "SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET",
    }  # fmt: skip


def test_a_manifest_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "slack_sandbox", "--manifest", "nowhere.yml"]
    done = subprocess.run(
        line, cwd=tmp_path, env=ALONE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The sandbox cannot start: ")


def test_every_folder_with_code_is_installed() -> None:
    folders = {path.parent for path in HOME.rglob("__init__.py")}
    names = {".".join(("slack_sandbox", *path.relative_to(HOME).parts)) for path in folders}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == names


def test_it_is_installed_with_what_it_imports() -> None:
    found = set[str]()
    for path in HOME.rglob("*.py"):
        if path.parent.name != "example" and path.name != "pytest.py":
            found |= set(re.findall(r"(?m)^ *(?:from|import) (\w+)", path.read_text("utf-8")))
    outside = found - set(sys.stdlib_module_names) - {"slack_sandbox"}
    wanted = {re.split(r"[^\w-]", name)[0] for name in PROJECT["project"]["dependencies"]}
    assert {INSTALLED_AS.get(name, name) for name in outside} | UNSEEN == wanted
