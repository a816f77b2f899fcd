"""Holds both lock files against the advisories that PyPI knows; run with pip-audit installed.

Exit code 1 names what has an advisory that nobody accepted. Where PyPI's data cannot be reached,
one line says so: that the locks were not looked at is no fault of theirs.
"""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCKS = ("requirements.lock", "tests/requirements.lock")


def accepted(today: date) -> set[str]:
    """Return the advisories that are accepted today, each with a reason and an end in the file."""
    rows = tomllib.loads((HERE / "accepted_advisories.toml").read_text("utf-8"))
    return {name for name, row in rows.items() if row["why"] and today <= row["until"]}


def dependencies(lock: str) -> list[dict[str, Any]]:
    """Return what pip-audit says of each package; none where it could not ask."""
    order = ["-r", lock, "--disable-pip", "--require-hashes", "-f", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", *order, "--progress-spinner", "off"],
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return json.loads(done.stdout)["dependencies"] if done.stdout.startswith("{") else []


def main() -> int:
    """Print what was found, and return the exit code."""
    seen = {str(found["name"]): found for lock in LOCKS for found in dependencies(lock)}
    known = [found for found in seen.values() if "vulns" in found]
    if not known:
        print("Advisories were not checked: PyPI's data about them cannot be reached here.")
        return 0
    fine = accepted(datetime.now(UTC).date())
    bad = [
        f"{found['name']} {found['version']}: {advisory['id']}"
        for found in known
        for advisory in found["vulns"]
        if not fine & {advisory["id"], *advisory["aliases"]}
    ]
    print("\n".join(bad) or f"{len(known)} of {len(seen)} packages have no open advisory.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
