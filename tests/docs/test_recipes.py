"""The recipe for a new field, followed word for word: four files, and it works everywhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("bot", "slack_sandbox", "templates", "tests", "manifest.yml", "pyproject.toml")
# File -> after which line, and the line.
FAX: Final = {
    "bot/domain/intake/fields.py": ('    _support("region"),', '    _support("fax", True),'),
    "bot/domain/intake/intake.py": ('    usage_volume: Text = ""', '    fax: Text = ""'),
    "bot/slack/port_in/questions.py": (
        '    Field("contact_phone", Step.CUSTOMER),',
        '    Field("fax", Step.CUSTOMER),',
    ),
    "templates/intake/labels.toml": ('contact_phone = "Contact telephone"', 'fax = "Fax number"'),
}
TRIED: Final = """
from bot.domain.cases.workflow import Role
from bot.slack.case.details_modal import details_view
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.wizard.page_views import page_view
from bot.slack.port_in import FORM
from bot.wording.templates import Templates
from tests.port_out.desks import PORT_IN, ROSA, open_desk
from tests.domain.intakes import GOOD, report_on

WORDS = Templates()


def test_it_is_asked():
    page = page_view(WORDS, FORM, FormState(PORT_IN), "customer").to_dict()
    asked = {block.get("block_id"): block for block in page["blocks"]}
    assert asked["fax"]["label"]["text"] == "Fax number"


def test_it_is_judged():
    found = {(f.field, f.code) for f in report_on({**GOOD, "fax": "x" * 201}).findings}
    assert ("fax", "too_long") in found


def test_it_is_kept_and_shown(database_url):
    with open_desk(database_url) as room:
        draft = room.draft(ROSA, {**PORT_IN, "numbers": "206-555-0100", "fax": "+1 206 555 0199"})
        case = room.desk.filing.file(ROSA, draft).cases[0]
        assert case.fields["fax"] == "+1 206 555 0199"
        assert "Fax number" in str(details_view(WORDS, case, Role.REQUESTER, ()).to_dict())
"""


@pytest.mark.long
def test_a_new_field_touches_four_files(tmp_path: Path) -> None:
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    for name, (before, line) in FAX.items():
        text = (tmp_path / name).read_text("utf-8")
        assert text.count(f"{before}\n") == 1, name
        (tmp_path / name).write_text(text.replace(f"{before}\n", f"{before}\n{line}\n"), "utf-8")
    (tmp_path / "tests/test_fax.py").write_text(TRIED, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_fax.py"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.split()[0]) == (0, "..."), done.stdout
