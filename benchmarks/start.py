"""Times `app.py run` from its start as a process to its first answered command, and its cost.

With a new and with an existing SQLite database, over Socket Mode; against a process that only
imports the same libraries. Then lets it idle. Prints a table and JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.office import ROOT, SOCKET, Bench, open_slack, served, table
from bot.sandbox import AdjustableClock
from bot.sandbox.workspace import ROSA

RUN = (sys.executable, str(ROOT / "app.py"), "run", "--port")
LIBRARIES = (
    "alembic.command, cryptography.fernet, dbos, jinja2, phonenumbers, pydantic_settings, "
    "reportlab.pdfgen.canvas, slack_bolt.adapter.socket_mode, sqlalchemy.orm, starlette, "
    "structlog, uvicorn"
)
ROUNDS = 5
IDLE_SECONDS = 20
_TICKS = os.sysconf("SC_CLK_TCK")
Cost = dict[str, float]


def main() -> None:
    """Measure, print the figures."""
    rounds = [_round() for _ in range(ROUNDS)]
    figures = {name: _middle([found[name] for found in rounds]) for name in rounds[0]}
    figures["idle"] = _idle()
    head = ("", "seconds", "CPU seconds", "memory MB", "idle CPU %")
    names = ("seconds", "cpu_seconds", "memory_mb", "cpu_percent")
    rows = [(what, *(cost.get(name, "") for name in names)) for what, cost in figures.items()]
    print(table(head, rows))
    print(json.dumps(figures))


def _round() -> dict[str, Cost]:
    with open_slack(AdjustableClock()) as bench:
        found = {"import": _import(), "new database": _start(bench)}
        return {**found, "existing database": _start(bench)}


def _middle(costs: Sequence[Cost]) -> Cost:
    return {name: round(median(cost[name] for cost in costs), 2) for name in costs[0]}


def _import() -> Cost:
    """Import the libraries, in a process that then tells what it used."""
    report = (
        "import resource as r, time; u = r.getrusage(r.RUSAGE_SELF);"
        "print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    )
    begin = time.perf_counter()
    code = f"import {LIBRARIES}\n{report}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    seconds = time.perf_counter() - begin
    cpu, memory = map(float, done.stdout.split())
    return {"seconds": seconds, "cpu_seconds": cpu, "memory_mb": memory}


def _start(bench: Bench) -> Cost:
    """Start the app and type a command as soon as Slack reaches it."""
    rosa = bench.person(ROSA)
    begin = time.perf_counter()
    with served(bench, SOCKET, RUN) as process:
        rosa.command("/port-in")
        if rosa.view() is None:
            raise RuntimeError("The first command was not answered.")
        seconds = time.perf_counter() - begin
        cost = {"cpu_seconds": _cpu(process.pid), "memory_mb": _memory(process.pid)}
        rosa.close(clear=True)
    return {"seconds": seconds, **cost}


def _idle() -> Cost:
    with open_slack(AdjustableClock()) as bench, served(bench, SOCKET, RUN) as process:
        time.sleep(3)
        used = _cpu(process.pid)
        time.sleep(IDLE_SECONDS)
        percent = (_cpu(process.pid) - used) / IDLE_SECONDS * 100
        return {"cpu_percent": round(percent, 1), "memory_mb": round(_memory(process.pid), 1)}


def _cpu(pid: int) -> float:
    """Return the CPU seconds that a process has used, in user and kernel mode (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> float:
    """Return the resident memory of a process in MB (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
