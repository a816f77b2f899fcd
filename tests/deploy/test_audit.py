"""The check of the locks against advisories: what it says of each answer of pip-audit."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOUND = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["2.0"]}


def audited(folder: Path, said: str) -> subprocess.CompletedProcess[str]:
    """Run the check with a pip-audit that gives this answer."""
    (folder / "pip_audit.py").write_text(f"print({said!r})")
    return subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "audit.py")],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def answer(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_an_advisory_fails_and_is_named(tmp_path: Path) -> None:
    done = audited(tmp_path, answer({"name": "dbos", "version": "1.0", "vulns": [FOUND]}))
    assert (done.returncode, done.stdout) == (1, "dbos 1.0: PYSEC-2026-1\n")


@pytest.mark.parametrize("said", ["", answer({"name": "dbos", "skip_reason": "not found"})])
def test_advisories_out_of_reach_are_said_and_fail_nothing(tmp_path: Path, said: str) -> None:
    done = audited(tmp_path, said)
    assert done.returncode == 0
    assert "were not checked" in done.stdout


def test_locks_without_advisories_pass(tmp_path: Path) -> None:
    done = audited(tmp_path, answer({"name": "dbos", "version": "1.0", "vulns": []}))
    assert (done.returncode, done.stdout) == (0, "1 of 1 packages have no open advisory.\n")
