"""The first start: which Pythons may try, what each of them gets, and what it is told."""

import ast
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from shutil import copy
from zipfile import ZipFile

import pytest

from tests.replicas import ROOT

OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
OLDER = ["2.7", *(f"3.{minor}" for minor in range(6, 11))]
# What `sitecustomize` takes away stands for a Python that comes without it.
WITHOUT = "import sys; sys.modules[{!r}] = None"
OLD_SQLITE = "import sqlite3; sqlite3.sqlite_version_info = (3, 34, 1)"


def pythons(version: str) -> list[Path]:
    """Return what this machine has of a version."""
    folders = [Path(name) for name in os.get_exec_path()]
    folders += Path.home().glob(f".pyenv/versions/{version}.*/bin")
    return [p for p in (folder / f"python{version}" for folder in folders) if _works(p)]


def _works(python: Path) -> bool:
    # Some are stand-ins that only say that there is none.
    return python.exists() and not _run([python, "-V"]).returncode


def _run(
    command: list[Path | str], folder: Path = ROOT, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, env=os.environ | more
    )


@pytest.mark.one_quick
@pytest.mark.parametrize("version", OLDER)
def test_an_older_python_is_told_in_one_sentence(version: str) -> None:
    found = pythons(version)
    if not found:
        pytest.skip(f"There is no Python {version} on this machine.")
    done = _run([found[0], "app.py", "sandbox"])
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert f"needs Python 3.11 or newer, and this is {version}." in done.stderr


def test_what_runs_before_that_sentence_is_readable_for_any_python() -> None:
    nodes = list(ast.walk(ast.parse((ROOT / "app.py").read_bytes())))
    assert not [n for n in nodes if isinstance(n, ast.JoinedStr | ast.AnnAssign | ast.FunctionDef)]
    assert [n.names[0].name for n in nodes if isinstance(n, ast.Import)] == ["sys"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A program that wants one small package, and starts as Portdesk does."""
    for name in ("app.py", "bot/__init__.py", "bot/install.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        copy(ROOT / name, tmp_path / name)
    says = "import sys\ndef main(): print(sys.prefix, sys.version_info[:2])"
    (tmp_path / "bot" / "cli.py").write_text(says)
    wheel = _wheel(tmp_path)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = f"--no-index\n--find-links {tmp_path}\nsmall-thing==1.0 \\\n    --hash=sha256:{digest}\n"
    (tmp_path / "requirements.lock").write_text(lock)
    return tmp_path


def _wheel(folder: Path) -> Path:
    wheel = folder / "small_thing-1.0-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        about = "small_thing-1.0.dist-info"
        archive.writestr(
            f"{about}/METADATA", "Metadata-Version: 2.1\nName: small-thing\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    return wheel


def start(tree: Path, lacks: str = "") -> str:
    """Start the program; returns all that it says."""
    (tree / "lacks").mkdir(exist_ok=True)
    (tree / "lacks" / "sitecustomize.py").write_text(lacks)
    done = _run([sys.executable, "app.py"], tree, PYTHONPATH=str(tree / "lacks"))
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def an_environment(folder: Path, made_by: str, python_says: str) -> Path:
    """Lay out an environment that one Python made and whose Python is now this one."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(f"#!/bin/sh\necho {python_says}\n")
    python.chmod(0o755)
    (folder / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {made_by}.1\n")
    return folder


@pytest.mark.slow
def test_another_python_gets_an_environment_of_its_own(tree: Path) -> None:
    theirs = an_environment(tree / ".venv", "3.10", "3.10")
    said = start(tree)
    assert f"Making a Python environment in .venv-{OWN}" in said
    assert f"{tree / f'.venv-{OWN}'} {sys.version_info[:2]}" in said
    assert sorted(p.name for p in theirs.iterdir()) == ["bin", "pyvenv.cfg"], "it is left alone"
    assert start(tree) == f"{tree / f'.venv-{OWN}'} {sys.version_info[:2]}\n", "made once"


@pytest.mark.slow
@pytest.mark.parametrize("left", ["upgraded", "gone", "half-made"])
def test_an_environment_that_cannot_work_any_more_is_made_again(tree: Path, left: str) -> None:
    made_by = OWN if left == "half-made" else "3.10"
    folder = an_environment(tree / ".venv", made_by, OWN)
    if left == "gone":
        (folder / "bin" / "python").unlink()
        (folder / "bin" / "python").symlink_to(tree / "python3.10")
    elif left == "half-made":
        (folder / "bin" / "python").unlink()
        (folder / "bin" / "python").symlink_to(sys.executable)
    assert start(tree).endswith(f"{folder} {sys.version_info[:2]}\n")


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        (
            WITHOUT.format("ensurepip"),
            "comes without ensurepip. On Debian and Ubuntu install it by: apt install python3.",
        ),
        (WITHOUT.format("venv"), "comes without venv. "),
        (WITHOUT.format("_sqlite3"), "was built without SQLite. "),
        (OLD_SQLITE, "needs SQLite 3.35 or newer"),
    ],
)
def test_what_a_python_lacks_is_said_before_anything_is_installed(
    tree: Path, lacks: str, says: str
) -> None:
    said = start(tree, lacks=lacks)
    assert says in said
    assert said.count("\n") == 1
    assert not list(tree.glob(".venv*"))
