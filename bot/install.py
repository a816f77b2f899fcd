"""Installs what Portdesk needs, once, into `.venv` beside it. Standard library only.

A newcomer has Python and nothing else; the locked versions are installed at the first start and
whenever the lock file changes. What this Python cannot do is said before anything is installed.
"""

import hashlib
import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "tests" / "requirements.lock"
# DBOS reads what it wrote in the same statement (RETURNING).
OLDEST_SQLITE = (3, 35)
# Commands that need more than running does: the module, and its arguments where none are given.
_TOOLS = {
    "test": ("pytest", ["-n", "auto", "--dist", "loadfile"]),
    "benchmarks": ("benchmarks", []),
}
OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+) \\$", re.MULTILINE)
_MADE_BY = re.compile(r"^version(?:_info)? *= *(\d+\.\d+)", re.MULTILINE)


def ensure_environment() -> None:
    """Go on in an environment that has the locked versions, installing it if need be.

    `app.py test …` and `app.py benchmarks …` run pytest and the benchmarks in it, and do not
    return.
    """
    _check_sqlite()
    tool = _TOOLS.get("".join(sys.argv[1:2]))
    lock = TEST_LOCK if tool else RUN_LOCK
    python = sys.executable if _has(lock) else _prepared(lock)
    if tool:
        # Several processes run the tests; without files of bytecode each compiles all anew.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        module, usually = tool
        _become([python, "-m", module, *(sys.argv[2:] or usually)], ROOT)
    if python != sys.executable:
        _become([python, *sys.argv], Path.cwd())


def _check_sqlite() -> None:
    """End with a sentence where the SQLite of this Python cannot hold a desk."""
    if find_spec("_sqlite3") is None:
        sys.exit(f"This Python {OWN} was built without SQLite. Start with another one.")
    import sqlite3

    elsewhere = os.environ.get("DATABASE_URL", "").startswith("postgresql")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE and not elsewhere:
        sys.exit(
            f"Portdesk needs SQLite 3.35 or newer, and this Python {OWN} has "
            f"{sqlite3.sqlite_version}. Start with another Python, or take PostgreSQL."
        )


def _has(lock: Path) -> bool:
    """Tell whether this interpreter has every version that the lock names for all systems."""
    pinned = _PINNED.findall(lock.read_text(encoding="utf-8"))
    try:
        return all(version(name) == wanted for name, wanted in pinned)
    except PackageNotFoundError:
        return False


def _prepared(lock: Path) -> str:
    """Return the Python of our own environment, with the locked versions in it."""
    folder = _folder()
    python = _python_of(folder)
    stamp = folder / f"installed-{lock.parent.name}.txt"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    # Without any stamp it may have been left half-made; making it again keeps what it has.
    if not _lives_in(folder) or not any(folder.glob("installed-*.txt")):
        _make(folder)
    if not stamp.exists() or stamp.read_text() != wanted:
        _install(python, lock)
        stamp.write_text(wanted)
    return str(python)


def _folder() -> Path:
    """Return `.venv`, or `.venv-3.13` where another Python lives in that one."""
    if _lives_in(ENVIRONMENT) in ("", OWN):
        return ENVIRONMENT
    return ENVIRONMENT.with_name(f"{ENVIRONMENT.name}-{OWN}")


def _lives_in(folder: Path) -> str:
    """Return the version of Python for which an environment works; "" where it works for none.

    What was installed for one Python is of no use to the next, as after an upgrade of the system.
    """
    settings, python = folder / "pyvenv.cfg", _python_of(folder)
    found = _MADE_BY.search(settings.read_text(encoding="utf-8")) if settings.exists() else None
    made_by = found[1] if found else ""
    if not python.exists() or made_by == OWN:
        return made_by if python.exists() else ""
    asked = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    said = subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip()
    return said if made_by in ("", said) else ""


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make(folder: Path) -> None:
    missing = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
    if missing:
        sys.exit(
            f"This Python {OWN} comes without {' and '.join(missing)}. "
            f"On Debian and Ubuntu install it by: apt install python{OWN}-venv"
        )
    import venv

    print(f"Making a Python environment in {folder.name} …", flush=True)
    try:
        again = not _lives_in(folder)
        venv.create(folder, clear=again, symlinks=os.name != "nt", with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"The environment {folder} cannot be made: {error}")


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
