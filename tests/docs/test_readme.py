"""What the README says is what the program does."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from bot.cli import main
from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from bot.domain.intake.intake import PortIn, PortOut
from bot.service.settings import Settings
from slack_sandbox import Sandbox
from tests.commands import run_command
from tests.patience import PATIENCE
from tests.replicas import Replica, environment

from .desk import file_intake

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_INTERNAL = {"carriers"}  # comes from a file with a column for it, never from an intake


def blocks(language: str) -> list[str]:
    """Return the README's blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def rows(title: str) -> dict[str, str]:
    """Return the table under a heading: the name in its first cell, the rest of the row."""
    chapter = README.split(f"{title}\n", 1)[1].split("\n#", 1)[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", chapter, re.MULTILINE))


def examples() -> list[tuple[str, str]]:
    """Return every command of the README's examples with the output that it promises."""
    text = "".join(blocks("console"))
    return re.findall(r"^\$ python3 app\.py (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)


def the_intake(**more: str) -> str:
    """Return the README's intake with further fields."""
    return json.dumps({**json.loads(blocks("json")[0]), **more})


def an_example(command: str, folder: Path) -> dict[str, str]:
    """Lay out what an example finds in its folder; returns its variables."""
    mended = the_intake(btn_option="close_account")
    shown = the_intake() if command.startswith("check") else mended
    (folder / "intake.json").write_text(shown, encoding="utf-8")
    return file_intake(folder, mended)


@pytest.mark.parametrize(("command", "promised"), examples())
def test_an_example_prints_what_the_readme_shows(
    command: str, promised: str, tmp_path: Path
) -> None:
    done = run_command(command.split(), tmp_path, an_example(command, tmp_path))
    assert done.output == promised, done.errors
    assert done.code == (1 if command.startswith("check") else 0)


@pytest.mark.long
def test_an_example_prints_it_as_a_process_of_its_own_too(tmp_path: Path) -> None:
    command, promised = examples()[0]
    done = a_process(command.split(), tmp_path, **os.environ, **an_example(command, tmp_path))
    assert done.stdout == promised, done.stderr
    assert done.returncode == 1


def a_process(line: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the program as whoever reads the README does."""
    return subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *line],
        check=False,
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def test_the_examples_show_check_loa_due_and_export() -> None:
    assert [command.split()[0] for command, _ in examples()] == ["check", "loa", "due", "export"]


def test_the_letter_of_the_example_is_a_pdf(tmp_path: Path) -> None:
    variables = an_example("loa", tmp_path)
    done = run_command(["loa", "intake.json", "-o", "letter.pdf"], tmp_path, variables)
    assert done.code == 0
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.long
def test_the_steps_on_a_real_workspace_work_in_their_order(tmp_path: Path) -> None:
    step = re.search(r"^6\. Set the variables.*$", README, re.MULTILINE)
    assert step is not None
    commands = re.findall(r"`python3 app\.py (\w+)`", step[0])
    assert commands == ["migrate", "doctor", "run"]
    with Sandbox(MANIFEST, EXAMPLE) as slack:
        settings = sandbox_settings(slack, tmp_path)
        for command in commands[:-1]:
            done = a_process([command], tmp_path, **environment(settings))
            assert done.returncode == 0, done.stdout + done.stderr
        with Replica(settings, tmp_path / "log.txt") as desk:
            desk.wait_until()
            assert "Portdesk is running" in desk.log.read_text()


def test_every_setting_is_in_the_table_of_the_environment_and_nothing_else() -> None:
    assert set(rows("### Environment")) == {name.upper() for name in Settings.model_fields}


def test_the_defaults_in_the_table_are_those_of_the_settings() -> None:
    told = {
        name: row.rsplit(" | ", 1)[1].strip("`") for name, row in rows("### Environment").items()
    }
    for name in ("SLACK_API_URL", "DATABASE_URL", "PORTDESK_TIME_ZONE"):
        assert told[name] == Settings.model_fields[name.lower()].default


def test_every_command_is_in_the_table_of_commands_and_nothing_else() -> None:
    assert isinstance(main, click.Group)
    assert set(rows("## The command line")) == set(main.commands)


def test_every_scope_of_the_manifest_is_explained() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    scopes = manifest["oauth_config"]["scopes"]
    chapter = README.split("| scope | why |", 1)[1].split("\n#", 1)[0]
    explained = {
        (scope, "(optional)" in line.split("|")[1])
        for line in chapter.splitlines()[2:]
        if line.startswith("|")
        for scope in re.findall(r"`([^`]+)`", line.split("|")[1])
    }
    required = {(scope, False) for scope in scopes["bot"]}
    assert explained == required | {(scope, True) for scope in scopes["bot_optional"]}


def test_every_slash_command_of_the_manifest_is_shown() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    commands = {command["command"] for command in manifest["features"]["slash_commands"]}
    assert {name.split()[0] for name in rows("### In Slack")} == commands


def test_every_field_of_an_intake_is_explained() -> None:
    chapter = README.split("### The intake\n", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"`(\w+)`", chapter))
    assert set(PortIn.model_fields) | set(PortOut.model_fields) <= named | _INTERNAL


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len(README.splitlines()) < 300
