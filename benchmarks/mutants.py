"""How much the tests notice: changes the code on purpose and counts what slips past them.

    python -m benchmarks.mutants --count 100 --seed 1 --minutes 20

Draws changes at random over the rule book, its tables, the desk and the letters, makes each in a
copy of the tree, and runs the tests that reach the changed function, quick ones first. Which tests
those are is measured once, by a run of the suite that takes as long as the suite does, and kept in
`var/`; `--measure` does it anew. What survives is printed as `file:line  before  ->  after`, for a
person to judge. A change that nobody could see belongs into `equivalent_mutants.csv` with the
reason, and is not drawn again. Tests of the documentation are left out: that a generated page is
another one tells nothing of what the desk does.
"""

import argparse
import csv
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from shutil import copyfile, copytree, rmtree
from time import monotonic

import pytest

from benchmarks.mutations import PLACES, Mutant, all_mutants
from benchmarks.reached import FOLDER, Reached, instrumented

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "var/reached"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.csv")
PURE = ("tests/domain", "tests/letters")
OTHERS = ("tests/port_out", "tests/store", "tests/journeys", "tests/slack", "tests/http")
PYTEST = ("-q", "-p", "no:cacheprovider", "--hypothesis-seed=0")
# Seconds that the tests of one change may take on a busy machine.
LONGEST = 900
# Loaded once, and never the desk's own code.
_LIBRARIES = ["pytest", "hypothesis", "phonenumbers", "phonenumbers.geodata.locale", "pydantic",
              "holidays", "pypdf", "openpyxl", "reportlab.pdfbase.ttfonts", "sqlalchemy.orm",
              "alembic", "psycopg", "slack_bolt", "starlette", "uvicorn", "dbos"]  # fmt: skip
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(_LIBRARIES)
# Seconds of tests, as measured, that each change meets: of pure ones, and of all others together.
MOST_PURE, MOST_OTHERS = 25.0, 60.0


@dataclass(frozen=True)
class Outcome:
    """What became of a change; `by` names the test that noticed it, "" where none did."""

    mutant: Mutant
    by: str

    def __str__(self) -> str:
        return f"{'caught  ' if self.by else 'SURVIVED'} {self.mutant}  {self.by}".rstrip()


def main() -> None:
    """Draw, change, run and count."""
    asked = _arguments()
    if asked.measure or not any(MAP.rglob("*.json")):
        _measure(asked.jobs)
    drawn = _drawn(asked.count, asked.seed, asked.only)
    found = []
    for outcome in _outcomes(drawn, asked.jobs, monotonic() + 60 * asked.minutes):
        print(outcome, flush=True)
        found.append(outcome)
    print("\n".join(_summary(found, len(drawn))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100, help="how many changes (100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws others (1)")
    parser.add_argument("--minutes", type=float, default=20.0, help="begin none after these (20)")
    parser.add_argument("--jobs", type=int, default=1, help="copies of the tree at once (1)")
    parser.add_argument("--only", default="", help="paths that begin so, such as bot/letters")
    parser.add_argument("--measure", action="store_true", help="ask again which test reaches what")
    return parser.parse_args()


def _drawn(count: int, seed: int, only: str) -> list[Mutant]:
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        known = {(row["path"], row["before"], row["after"]) for row in csv.DictReader(file)}
    every = [
        mutant
        for mutant in all_mutants(ROOT)
        if mutant.path.startswith(only) and (mutant.path, mutant.before, mutant.after) not in known
    ]
    return random.Random(seed).sample(every, min(count, len(every)))


def _measure(jobs: int) -> None:
    """Run the suite once, folder by folder, in a tree whose functions tell that they run."""
    with tempfile.TemporaryDirectory() as folder:
        tree = _copy(Path(folder))
        for place in PLACES:
            for file in (tree / place).rglob("*.py"):
                text = instrumented(file.relative_to(tree).as_posix(), file.read_text("utf-8"))
                file.write_text(text, encoding="utf-8")
        for tests in (*PURE, *OTHERS):
            _measure_folder(tree, tests, jobs)


def _measure_folder(tree: Path, tests: str, jobs: int) -> None:
    found = tree / "var" / Path(tests).name
    found.mkdir(parents=True)
    line = [sys.executable, "-m", "pytest", *PYTEST, "-p", "benchmarks.reached", tests]
    line += ["-n", str(jobs)] if jobs > 1 else []
    environment = {**os.environ, FOLDER: str(found), "PYTHONPATH": str(tree)}
    subprocess.run(line, cwd=tree, env=environment, check=False)
    rmtree(MAP / found.name, ignore_errors=True)
    copytree(found, MAP / found.name)


def _copy(folder: Path) -> Path:
    """Copy all files that Git knows or would know."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    for name in listed:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            copyfile(ROOT / name, folder / name)
    return folder


def _outcomes(drawn: Iterable[Mutant], jobs: int, until: float) -> Iterator[Outcome]:
    reached, trees = Reached.read(MAP), SimpleQueue[Path]()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        for job in range(jobs):
            trees.put(_copy(Path(folder) / f"{job}"))

        def tried(mutant: Mutant) -> Outcome | None:
            if monotonic() > until:
                return None
            tree = trees.get()
            try:
                return Outcome(mutant, _noticed(tree, mutant, reached))
            finally:
                trees.put(tree)

        yield from (outcome for outcome in pool.map(tried, drawn) if outcome)


def _noticed(tree: Path, mutant: Mutant, reached: Reached) -> str:
    """Make a change, run its tests, take it back; return the test that noticed it."""
    file = tree / mutant.path
    right = file.read_text(encoding="utf-8")
    file.write_text(mutant.applied(right), encoding="utf-8")
    try:
        return next(filter(None, (_failing(tree, tests) for tests in _groups(mutant, reached))), "")
    finally:
        file.write_text(right, encoding="utf-8")


def _groups(mutant: Mutant, reached: Reached) -> Iterator[Sequence[str]]:
    """Return the tests that a change meets: pure ones, then those that need a desk.

    A table, or what stands outside of any function, meets all pure tests, its own first: values
    that are read once and kept are reached by whichever test comes first.
    """
    path, function = mutant.path, mutant.where
    if function in reached.functions(path):
        own, rest = reached.tests_of(path, function, PURE), []
    else:
        function, rest = "", reached.tests_of("", "", PURE)
        own = reached.tests_of("", "", _naming(path)) + reached.tests_of(path, "", PURE)
    yield reached.within([*own, *rest], MOST_PURE)
    module = path if path.endswith(".py") else "bot/domain"
    yield reached.within(reached.tests_of(module, function, OTHERS), MOST_OTHERS)


def _naming(path: str) -> tuple[str, ...]:
    """Return the files of pure tests that speak of a table or module by its name."""
    files = (file for folder in PURE for file in (ROOT / folder).glob("test_*.py"))
    name = Path(path).stem
    return tuple(
        file.relative_to(ROOT).as_posix() for file in files if name in file.read_text("utf-8")
    )


def _failing(tree: Path, tests: Sequence[str]) -> str:
    """Return the first of the tests that fails, "" where none does."""
    if not tests:
        return ""
    (tree / "tests.txt").write_text("\n".join(tests), encoding="utf-8")
    run = _FORKS.Process(target=_run, args=(str(tree),))
    run.start()
    run.join(LONGEST)
    if run.is_alive():
        assert run.pid is not None
        os.killpg(run.pid, signal.SIGKILL)
        return "(never ends)"
    if run.exitcode == 0:
        return ""
    rows = (tree / "said.txt").read_text(encoding="utf-8").splitlines()
    failed = (row.split()[1] for row in rows if row.startswith(("FAILED", "ERROR")))
    return next(failed, "(cannot start)")


def _run(tree: str) -> None:
    """Run the listed tests in a process of their own, in which the libraries are loaded already."""
    os.setsid()
    os.chdir(tree)
    sys.path.insert(0, tree)
    with open("said.txt", "w", encoding="utf-8") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    code = pytest.main([*PYTEST, "-x", "--no-header", "--rootdir", tree, "@tests.txt"])
    os._exit(int(code))


def _summary(found: Sequence[Outcome], drawn: int) -> Iterator[str]:
    """Return how many were caught in each part of the desk."""
    every = Counter(outcome.mutant.area for outcome in found)
    caught = Counter(outcome.mutant.area for outcome in found if outcome.by)
    yield f"\n{len(found)} of {drawn} drawn were tried"
    for area in sorted(every):
        yield f"{area:8} {caught[area]:4} of {every[area]:4} caught"
    share = 100 * caught.total() / max(every.total(), 1)
    yield f"{'all':8} {caught.total():4} of {every.total():4} caught, {share:.0f} %"


if __name__ == "__main__":
    main()
