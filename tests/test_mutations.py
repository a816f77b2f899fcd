"""The changes of `benchmarks.mutants`: of every kind, one at a time, and always runnable."""

import ast
from pathlib import Path

import pytest

from benchmarks.mutations import all_mutants, of_code, of_table
from benchmarks.reached import instrumented

ROOT = Path(__file__).resolve().parents[1]
CODE = '''
"""Says nothing."""
MOST = 5
KNOWN = {"a", "b"}


def judged(age: int, name: str = "") -> bool:
    """Judge."""
    log.info("judged", age=age)
    if age > MOST and name:
        tell(name, late=True)
    return age == 7
'''


def after(source: str) -> set[str]:
    """Return how changed lines read."""
    return {mutant.after for mutant in of_code("x.py", source)}


def test_a_module_is_changed_in_every_way() -> None:
    assert after(CODE) == {
        "MOST = 6",
        "KNOWN = {'b'}",
        "KNOWN = {'a'}",
        'KNOWN = {"", "b"}',
        'KNOWN = {"a", ""}',
        'def judged(age: int, name: str = "x") -> bool:',
        "if not (age > MOST and name): tell(name, late=True)",
        "if (name):",
        "if (age > MOST):",
        "if (age >= MOST) and name:",
        "pass",
        "tell(name)",
        "tell(name, late=False)",
        "return None",
        "return (age != 7)",
        "return age == 8",
    }


def test_a_table_loses_a_row_or_has_another_value_in_a_cell() -> None:
    found = [mutant.after for mutant in of_table("x.csv", "code,who\nA,desk\nB,customer\n")]
    assert found == ["(deleted)", "B,desk", "A,customer", "(deleted)", "A,customer", "B,desk"]


@pytest.mark.slow
def test_every_change_of_the_desk_can_be_run() -> None:
    for mutant in list(all_mutants(ROOT))[::150]:
        source = (ROOT / mutant.path).read_text(encoding="utf-8")
        changed = mutant.applied(source)
        assert changed != source
        assert mutant.path.endswith(".csv") or ast.parse(changed)


def test_a_function_tells_that_it_runs() -> None:
    assert '\n    __import__("benchmarks.reached"' in instrumented("x.py", CODE)
    assert '.note("x.py:judged")' in instrumented("x.py", CODE)
    assert ast.parse(instrumented("x.py", CODE))
