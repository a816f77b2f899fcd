"""Runs the benchmarks: `python3 app.py benchmarks [names] [--quick] [--json FILE]`."""

import argparse
import json
import logging
import os
import platform
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import (
    acknowledge,
    autosave,
    check_numbers,
    delivery,
    filing,
    growth,
    hostile,
    letter_page,
    notices,
    start,
)
from benchmarks.figure import Figure, table
from bot.service.logs import set_up_logs

Part = Callable[[bool], Iterator[Figure]]
PARTS: dict[str, Part] = {
    "start": start.measure,
    "letter": letter_page.measure,
    "check": check_numbers.measure,
    "filing": filing.measure,
    "notices": notices.measure,
    "delivery": delivery.measure,
    "typing": autosave.measure,
    "hostile": hostile.measure,
    "acknowledge": acknowledge.measure,
    "growth": growth.measure,
}


def main() -> None:
    """Measure, print the table, write the JSON."""
    asked = _arguments()
    # What is measured in this process tells of each delivery otherwise, among the tables.
    set_up_logs(logging.WARNING)
    parts = PARTS | {"letter": partial(letter_page.measure, weasyprint=asked.weasyprint)}
    before = os.getloadavg()[0]
    found = [figure for name in asked.names or parts for figure in _run(name, parts[name], asked)]
    machine = _machine(before)
    print(table(found))
    print("\n" + ", ".join(f"{name}: {value}" for name, value in machine.items()))
    text = json.dumps({"machine": machine, "figures": [figure.as_json() for figure in found]})
    if asked.json:
        asked.json.write_text(text)
    else:
        print(text)


def _run(name: str, part: Part, asked: argparse.Namespace) -> list[Figure]:
    print(f"{name} …", file=sys.stderr, flush=True)
    return list(part(asked.quick))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="app.py benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds and cases")
    parser.add_argument("--weasyprint", action="store_true", help="install and measure it too")
    parser.add_argument("--json", type=Path, help="write the JSON there, not to standard output")
    asked = parser.parse_args()
    if unknown := set(asked.names) - PARTS.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}; choose of {', '.join(PARTS)}")
    return asked


def _machine(load_before: float) -> dict[str, str]:
    load = f"{load_before:.1f} before, {os.getloadavg()[0]:.1f} after"
    return {
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load average": load,
    }


if __name__ == "__main__":
    main()
