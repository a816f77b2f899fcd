"""The sentences of `templates/`: all of them are used, and ask only for facts that there are."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from jinja2 import Environment, meta

from bot.documents.isolated_process import UnreadReason
from bot.documents.number_columns import Unfit
from bot.domain.cases.rejections import rejections
from bot.domain.cases.workflow import Status, WaitsFor
from bot.domain.checklists.port_in import ITEMS
from bot.domain.findings.rules import RULES
from bot.domain.intake.intake import Platform
from bot.domain.reminders.schedule import REMINDERS
from bot.slack.port_in.questions import FIELDS, Step
from bot.wording.templates import TEMPLATES

ROOT = TEMPLATES.parent
FROM_TABLES = {
    *Status, *WaitsFor, *Platform, *Step, *rejections(),
    *(item.key for item in ITEMS),
    *(row.kind for row in REMINDERS),
    *(rule.code for rule in RULES),
    *(field.name for field in FIELDS),
}  # fmt: skip
TABLES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.toml"))
PAGES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.j2"))
# The tips of the sandbox are shown in the order of their file, whatever their keys.
WHOLE = {"sandbox.toml"}


@dataclass(frozen=True)
class Code:
    """What stands in the code: its texts, how the texts begin and end that it puts together.

    `given` are the names of all facts that it gives to anything.
    """

    words: frozenset[str]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    given: frozenset[str]


@cache
def code() -> Code:
    """Read the code: when a test asks, since every process of a run loads this module."""
    nodes = [
        node
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]
    return Code(
        frozenset(texts(nodes)),
        tuple({text for text in ends(nodes, 0) if text.endswith(("_", "/"))}),
        tuple({text for text in ends(nodes, -1) if text.startswith("_")}),
        frozenset(node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg),
    )


def texts(nodes: list[ast.AST]) -> Iterator[str]:
    """Return every text that stands in the code."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def ends(nodes: list[ast.AST], place: int) -> Iterator[str]:
    """Return how the texts begin (0) or end (-1) that the code puts together: f"name_{step}"."""
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            end = node.values[place]
            yield str(end.value) if isinstance(end, ast.Constant) else ""


def table(name: str) -> dict[str, str]:
    """Return a table of sentences."""
    return tomllib.loads((TEMPLATES / name).read_text(encoding="utf-8"))


def is_used(key: str) -> bool:
    """Say whether the code can ask for a key."""
    parts = key.split(".")
    if len(parts) > 1:
        return all(is_used(part) for part in parts)
    whole = key in code().words or key in FROM_TABLES
    return whole or key.startswith(code().beginnings) or key.endswith(code().endings)


def facts_asked(template: str) -> set[str]:
    """Return the names that a template takes from outside."""
    return meta.find_undeclared_variables(Environment().parse(template))


def is_given(name: str) -> bool:
    """Say whether the code gives a fact of that name to any template."""
    return name in code().given or name in code().words or name in FROM_TABLES


@pytest.mark.parametrize("name", [name for name in TABLES if name not in WHOLE])
def test_every_sentence_of_a_table_is_used(name: str) -> None:
    assert [key for key in table(name) if not is_used(key)] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_template_is_used(name: str) -> None:
    assert name in code().words or name.startswith(code().beginnings)


@pytest.mark.parametrize("name", TABLES)
def test_the_sentences_of_a_table_ask_only_for_facts_that_the_code_gives(name: str) -> None:
    asked = {fact for sentence in table(name).values() for fact in facts_asked(sentence)}
    assert sorted(fact for fact in asked if not is_given(fact)) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_template_asks_only_for_facts_that_the_code_gives(name: str) -> None:
    asked = facts_asked((TEMPLATES / name).read_text(encoding="utf-8"))
    assert sorted(fact for fact in asked if not is_given(fact)) == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("statuses.toml", {*Status, "NONE"}),
        ("waiting.toml", set(WaitsFor)),
        ("platforms.toml", set(Platform)),
        ("checklist.toml", {item.key for item in ITEMS}),
        ("findings.toml", {rule.code for rule in RULES}),
        ("number_files.toml", {*UnreadReason, *Unfit}),
        ("reminders.toml", {*(row.kind for row in REMINDERS), "late"}),
    ],
)
def test_a_table_has_a_sentence_for_each_row_of_the_rule_book(name: str, keys: set[str]) -> None:
    assert set(table(name)) == keys


def test_no_sentence_is_empty() -> None:
    empty = [(n, key) for n in TABLES for key, text in table(n).items() if not text.strip()]
    assert empty == []


def test_a_button_fits_into_slacks_button() -> None:
    for name in ("buttons.toml", "moves.toml"):
        assert [text for text in table(name).values() if len(text) > 75] == []
