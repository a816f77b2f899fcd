"""`check` and `loa` with the numbers in a file of their own."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from bot.cli.commands import main
from tests.domain.intakes import CONNECT, GOOD


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def intake(tmp_path: Path) -> Path:
    return written(tmp_path, numbers="206-555-0100")


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "intake.json"
    path.write_text(json.dumps({**GOOD, "today": "2026-12-01", **changes}), encoding="utf-8")
    return path


def listed(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_numbers_of_a_file_are_checked_with_those_of_the_intake(
    intake: Path, tmp_path: Path
) -> None:
    more = listed(tmp_path, "Phone,Carrier\n206-555-0101,\n206-555-0102,Other Telecom\n")
    done = run("check", intake, "--numbers", more)
    answer = json.loads(done.stdout)
    assert done.exit_code == 0
    assert answer["numbers"] == ["+12065550100", "+12065550101", "+12065550102"]
    assert [(lot["losing_carrier"], len(lot["numbers"])) for lot in answer["split"]] == [
        ("Example Telecom", 2),
        ("Other Telecom", 1),
    ]


def test_a_file_that_cannot_be_used_is_unusable_input(intake: Path, tmp_path: Path) -> None:
    for path, says in (
        (listed(tmp_path, "Name\nAnn\n"), "No telephone numbers"),
        (listed(tmp_path, "x", "list.pdf"), "kind of file"),
        (tmp_path / "none.csv", "cannot be read"),
    ):
        for command in (["check", intake], ["loa", intake, "-o", tmp_path / "out.pdf"]):
            done = run(*command, "--numbers", path)
            assert (done.exit_code, done.stdout) == (2, "")
            assert says in done.stderr


def test_letters_for_two_countries_are_one_each_and_only_one_names_the_btn(
    tmp_path: Path,
) -> None:
    mixed = written(tmp_path, **CONNECT, number_type="", split="yes", numbers="206-555-0100")
    more = listed(tmp_path, "416-555-0100\n")
    done = run("loa", mixed, "--numbers", more, "-o", tmp_path / "out.pdf")
    assert done.exit_code == 0, done.stderr
    here, there = (
        PdfReader(tmp_path / name).pages[0].extract_text() for name in ("out.pdf", "out-2.pdf")
    )
    assert "555-0190" in here
    assert "555-0190" not in there
    assert "416" in there
    assert "Seattle, WA 98101" in there


def test_a_case_takes_no_further_numbers(tmp_path: Path) -> None:
    more = listed(tmp_path, "206-555-0101\n")
    done = run("loa", "PRT-1001", "--numbers", more, "-o", tmp_path / "out.pdf")
    assert done.exit_code == 2
    assert "PRT" not in done.stdout
