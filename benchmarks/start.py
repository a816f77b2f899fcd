"""Times `app.py run` from its start as a process to its first answered command, and its cost.

With a new and with an existing SQLite database, over Socket Mode; against a process that only
imports the same libraries. Then lets it idle. Linux only: reads /proc.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure
from benchmarks.office import ROOT, SOCKET, Bench, open_slack, served
from bot.cli.sandbox_workspace import ROSA
from slack_sandbox import AdjustableClock

RUN = (sys.executable, str(ROOT / "app.py"), "run", "--port")
LIBRARIES = (
    "alembic.command, cryptography.fernet, dbos, jinja2, phonenumbers, pydantic_settings, "
    "reportlab.pdfgen.canvas, slack_bolt.adapter.socket_mode, sqlalchemy.orm, starlette, "
    "structlog, uvicorn"
)
PART = "start"
ROUNDS, QUICK_ROUNDS = 5, 1
IDLE_SECONDS, QUICK_IDLE = 20, 5
# Unit, and the most that a start may take (seconds of CPU, MB for each replica).
COSTS: dict[str, tuple[str, float | None]] = {
    "seconds": ("s", None),
    "cpu_seconds": ("s", 2.0),
    "memory_mb": ("MB", 200.0),
}
_TICKS = os.sysconf("SC_CLK_TCK")
Cost = dict[str, float]


def measure(quick: bool) -> Iterator[Figure]:
    """Yield time, CPU and memory of a start against the import of the same libraries."""
    rounds = [_round() for _ in range(QUICK_ROUNDS if quick else ROUNDS)]
    costs = {name: _middle([found[name] for found in rounds]) for name in rounds[0]}
    libraries = costs.pop("import")
    for what, cost in costs.items():
        for name, (unit, reach) in COSTS.items():
            base = libraries[name]
            said = f"start, {what}: {name}"
            yield Figure(PART, said, cost[name], unit, "importing the libraries", base)
            if reach is not None:
                yield Figure(PART, said, cost[name], unit, reach=reach)
    yield Figure(PART, "idle: part of one core", _idle(QUICK_IDLE if quick else IDLE_SECONDS), "%")


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
        "print(u.ru_utime + u.ru_stime);"
        "print(open('/proc/self/status').read().split('VmRSS:')[1].split()[0])"
    )
    begin = time.perf_counter()
    code = f"import {LIBRARIES}\n{report}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    seconds = time.perf_counter() - begin
    cpu, kilobytes = map(float, done.stdout.split())
    return {"seconds": seconds, "cpu_seconds": cpu, "memory_mb": kilobytes / 1024}


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


def _idle(seconds: float) -> float:
    """Return how much of one core a desk takes that nobody asks anything, in percent."""
    with open_slack(AdjustableClock()) as bench, served(bench, SOCKET, RUN) as process:
        time.sleep(3)
        used = _cpu(process.pid)
        time.sleep(seconds)
        return (_cpu(process.pid) - used) / seconds * 100


def _cpu(pid: int) -> float:
    """Return the CPU seconds that a process has used, in user and kernel mode (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> float:
    """Return the resident memory of a process in MB (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
