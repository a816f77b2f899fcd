"""Which test runs which function of the desk, so that a change meets its own tests first.

As a plugin of pytest (`-p benchmarks.reached`) it writes what each test reached, and how long it
took, into the folder that REACHED names. The functions tell it by a line that `instrumented` adds.
"""

import ast
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from time import process_time

import pytest

FOLDER = "REACHED"
_now: set[str] = set()
_tests: dict[str, tuple[float, list[str]]] = {}
_failed: set[str] = set()


def note(function: str) -> None:
    """Note that a function runs."""
    _now.add(function)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Keep what a test reached; what its module's fixtures reached belongs to all its tests."""
    _now.clear()
    begun = process_time()
    result = yield
    _tests[item.nodeid] = (process_time() - begun, sorted(_now))
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Leave out tests that fail anyway, or are skipped here."""
    if not report.passed:
        _failed.add(report.nodeid)


def pytest_sessionfinish() -> None:
    """Write what this process saw."""
    for test in _failed & _tests.keys():
        del _tests[test]
    if folder := os.environ.get(FOLDER):
        file = Path(folder) / f"{os.getpid()}.json"
        file.write_text(json.dumps(_tests), encoding="utf-8")


def instrumented(path: str, source: str) -> str:
    """Return a module in which every function tells that it runs."""
    lines = source.splitlines(keepends=True)
    for body, name in sorted(_functions(ast.parse(source), ""), key=lambda f: -f[0].lineno):
        call = f'__import__("benchmarks.reached", fromlist=["note"]).note("{path}:{name}")'
        lines.insert(body.lineno - 1, f"{' ' * body.col_offset}{call}\n")
    return "".join(lines)


def _functions(node: ast.AST, where: str) -> Iterator[tuple[ast.stmt, str]]:
    """Return where the body of each function begins, behind its docstring, and its name."""
    for child in ast.iter_child_nodes(node):
        name = f"{where}.{getattr(child, 'name', '')}".strip(".")
        if isinstance(child, ast.FunctionDef):
            first, *rest = child.body
            said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            if said and not rest:
                continue
            yield (rest[0] if said else first), name
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield from _functions(child, name)


@dataclass(frozen=True)
class Reached:
    """Of each test the seconds of the processor, and the functions reached ("path:Class.name")."""

    tests: Mapping[str, tuple[float, frozenset[str]]]

    @classmethod
    def read(cls, folder: Path) -> "Reached":
        """Read what the processes of a run have written."""
        found: dict[str, tuple[float, frozenset[str]]] = {}
        for file in folder.rglob("*.json"):
            for test, (seconds, functions) in json.loads(file.read_text("utf-8")).items():
                found[test] = (seconds, frozenset(functions))
        return cls(found)

    def functions(self, path: str) -> frozenset[str]:
        """Return the functions of a module that any test reached."""
        return self._by_module.get(path, frozenset())

    @cached_property
    def _by_module(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for _, functions in self.tests.values():
            for function in functions:
                path, _, name = function.partition(":")
                found.setdefault(path, set()).add(name)
        return {path: frozenset(names) for path, names in found.items()}

    def tests_of(self, path: str, function: str, under: tuple[str, ...]) -> list[str]:
        """Return the tests of a function, quick ones first; `under` are folders or files.

        Without a function those of all paths that begin so.
        """
        mine = (
            (seconds, test)
            for test, (seconds, functions) in self.tests.items()
            if test.startswith(under) and _meets(functions, path, function)
        )
        return [test for _, test in sorted(mine)]

    def within(self, tests: Iterable[str], most: float) -> list[str]:
        """Return the first of the tests, each once, as many as run within so many seconds."""
        each = list(dict.fromkeys(tests))
        spent = accumulate(self.tests[test][0] for test in each)
        return [test for test, total in zip(each, spent, strict=True) if total <= most]


def _meets(functions: frozenset[str], path: str, function: str) -> bool:
    if function:
        return f"{path}:{function}" in functions
    return not path or any(name.startswith(path) for name in functions)
