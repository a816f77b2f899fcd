"""The sentences of `templates/`: all of them are used, and ask only for facts that there are."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from jinja2 import Environment, meta

from bot.desk.core.faulty_request import Refused
from bot.documents.isolated_process import UnreadReason
from bot.documents.number_columns import Unfit
from bot.documents.number_files import UnfitNumberFile
from bot.domain.cases.rejections import rejections
from bot.domain.cases.workflow import Status, WaitsFor
from bot.domain.checklists.port_in import ITEMS
from bot.domain.findings.finding import FindingRefusal
from bot.domain.findings.rules import RULES
from bot.domain.intake.intake import Platform
from bot.domain.port_out.requests import OwnerSays
from bot.domain.reminders.schedule import REMINDERS
from bot.errors import Refusal
from bot.slack.ids import OUT_OWNER
from bot.slack.port_in.questions import FIELDS, Step
from bot.wording.templates import TEMPLATES

ROOT = TEMPLATES.parent
FROM_TABLES = {
    *Status, *WaitsFor, *Platform, *Step, *rejections(),
    *(item.key for item in ITEMS),
    *(row.kind for row in REMINDERS),
    *(rule.code for rule in RULES),
    *(field.name for field in FIELDS),
    *(f"{OUT_OWNER}{word}" for word in OwnerSays),
}  # fmt: skip
TABLES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.toml"))
PAGES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.j2"))
# The tips of the sandbox are shown in the order of their file, whatever their keys.
WHOLE = {"sandbox.toml"}
# Tables that hold what is refused and nothing else, by codes that stand where it is raised.
REFUSALS = ("answers", "loa/refusals", "port_out/answers")
# Refusals whose codes come from a closed set, which has a sentence for each.
FROM_SETS = {FindingRefusal.__name__, UnfitNumberFile.__name__}


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
def code_nodes() -> list[ast.AST]:
    """Parse the code: when a test asks, since every process of a run loads this module."""
    return [
        node
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]


@cache
def code() -> Code:
    """Read what templates may be asked for."""
    nodes = code_nodes()
    return Code(
        frozenset(texts(nodes)),
        tuple({text for text in ends(nodes, 0) if text.endswith(("_", "/"))}),
        tuple({text for text in ends(nodes, -1) if text.startswith("_")}),
        frozenset(node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg),
    )


@dataclass(frozen=True)
class Raised:
    """A refusal as it stands in the code: its table, its code, the names of its facts."""

    table: str
    code: str
    facts: frozenset[str]


def kinds(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Return every kind of refusal."""
    yield kind
    for narrower in kind.__subclasses__():
        yield from kinds(narrower)


def raised() -> Iterator[Raised]:
    """Return every refusal of the code whose code is written where it is raised."""
    tables = {kind.__name__: kind.table for kind in kinds() if kind.__name__ not in FROM_SETS}
    for node in code_nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            if name in tables:
                assert isinstance(node.args[0], ast.Constant), f"{name} in line {node.lineno}"
                facts = {word.arg for word in node.keywords if word.arg}
                # What the rule book found goes with every whole request that is refused.
                given = facts | ({"findings"} if name == Refused.__name__ else set())
                yield Raised(tables[name], str(node.args[0].value), frozenset(given))


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
    return meta.find_undeclared_variables(Environment().parse(template)) - {"button"}


def test_a_button_is_named_by_its_key() -> None:
    named = {f"*{label}*" for label in table("buttons.toml").values()}
    literal = [
        (path.name, name)
        for path in TEMPLATES.rglob("*.*")
        for name in named
        if name in path.read_text(encoding="utf-8")
    ]
    assert literal == [], "a message whose button has another name shows none"


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


def test_every_refusal_has_its_sentence_and_gives_the_facts_that_it_asks_for() -> None:
    for refusal in raised():
        sentence = table(f"{refusal.table}.toml")[refusal.code]
        assert facts_asked(sentence) <= refusal.facts, refusal


@pytest.mark.parametrize("name", REFUSALS)
def test_every_sentence_of_a_refusal_is_raised(name: str) -> None:
    assert set(table(f"{name}.toml")) == {r.code for r in raised() if r.table == name}


def test_no_sentence_is_empty() -> None:
    empty = [(n, key) for n in TABLES for key, text in table(n).items() if not text.strip()]
    assert empty == []


def test_a_button_fits_into_slacks_button() -> None:
    for name in ("buttons.toml", "moves.toml"):
        assert [text for text in table(name).values() if len(text) > 75] == []
