"""Installs what Portdesk needs, once, into `.venv` beside it. Standard library only.

A newcomer has Python and nothing else; the locked versions are installed at the first start and
whenever the lock file changes.
"""

import hashlib
import os
import re
import subprocess
import sys
import venv
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "tests" / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+) \\$", re.MULTILINE)


def ensure_environment() -> None:
    """Go on in an environment that has the locked versions, installing it if need be.

    `app.py test …` runs the tests in it, on all cores unless told otherwise, and does not return.
    """
    testing = sys.argv[1:2] == ["test"]
    lock = TEST_LOCK if testing else RUN_LOCK
    python = sys.executable if _has(lock) else _prepared(lock)
    if testing:
        _become(
            [python, "-m", "pytest", *(sys.argv[2:] or ["-n", "auto", "--dist", "loadfile"])], ROOT
        )
    if python != sys.executable:
        _become([python, *sys.argv], Path.cwd())


def _has(lock: Path) -> bool:
    """Tell whether this interpreter has every version that the lock names for all systems."""
    pinned = _PINNED.findall(lock.read_text(encoding="utf-8"))
    try:
        return all(version(name) == wanted for name, wanted in pinned)
    except PackageNotFoundError:
        return False


def _prepared(lock: Path) -> str:
    """Return the Python of our own environment, with the locked versions in it."""
    python = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = ENVIRONMENT / f"installed-{lock.parent.name}.txt"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not python.exists():
        print("Making a Python environment in .venv …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True)
    if not stamp.exists() or stamp.read_text() != wanted:
        _install(python, lock)
        stamp.write_text(wanted)
    return str(python)


def _install(python: Path, lock: Path) -> None:
    print("Installing the locked versions; this happens once …", flush=True)
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)]
    done = subprocess.run([str(python), "-m", "pip", "install", *options], check=False)
    if done.returncode:
        sys.exit("The installation failed. Look at pip's message above, then try again.")


def _become(command: list[str], folder: Path) -> None:
    """Go on as another program; Windows has no exec, so there it is a child."""
    os.chdir(folder)
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)
