"""The catalogue shows every window and message that the product can make."""

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from types import CodeType, FrameType
from typing import Any

import pytest
from pydantic import SecretStr
from slack_sdk import WebClient

import bot.slack
from bot.service.offline import open_desk
from bot.service.settings import CaseSettings
from bot.slack.app import ROUTES
from bot.slack.bolt.payload_shapes import ANSWERS
from bot.slack.catalogue.catalogue import WITHOUT_BLOCKS, Example, catalogue
from bot.slack.delivery.poster import Poster
from bot.wording.templates import Templates
from slack_sandbox.block_kit.blocks import faults_in
from slack_sandbox.state.view_checks import faults_in_view
from tests.office import MONDAY

SCOPES = frozenset({"files:read"})
SHOWN = ("View", "tuple[str, list[Block]]")


def makers() -> Iterator[Callable[..., Any]]:
    """Return every function of the door that makes a window or a message out of words."""
    for module in pkgutil.walk_packages(bot.slack.__path__, "bot.slack."):
        for _, function in inspect.getmembers(importlib.import_module(module.name)):
            if inspect.isfunction(function) and function.__module__ == module.name:
                first = next(iter(inspect.signature(function).parameters.values()), None)
                made = inspect.formatannotation(inspect.signature(function).return_annotation)
                if first is not None and first.annotation is Templates and made.endswith(SHOWN):
                    yield function


def called(work: Callable[[], list[Example]]) -> tuple[list[Example], set[CodeType]]:
    """Do something and return the code of every function that it entered."""
    entered: set[CodeType] = set()

    def note(frame: FrameType, _event: str, _argument: Any) -> None:
        entered.add(frame.f_code)

    sys.setprofile(note)
    try:
        return work(), entered
    finally:
        sys.setprofile(None)


@pytest.fixture(scope="module")
def made() -> tuple[list[Example], set[CodeType]]:
    """Return the catalogue, and the code that made it."""
    return called(lambda: catalogue(Templates()))


@pytest.fixture(scope="module")
def examples(made: tuple[list[Example], set[CodeType]]) -> list[Example]:
    """Return the catalogue."""
    return made[0]


def test_whatever_makes_a_window_or_a_message_is_in_the_catalogue(
    made: tuple[list[Example], set[CodeType]],
) -> None:
    _, entered = made
    every = list(makers())
    assert len(every) >= 30
    assert [maker.__qualname__ for maker in every if maker.__code__ not in entered] == []


def test_every_form_that_is_sent_back_is_in_the_catalogue(examples: list[Example]) -> None:
    shown = {e.payload["callback_id"] for e in examples if e.argument == "view"}
    sent = [route.id for route in ROUTES if route.kind == "view"]
    missing = [
        id_ for id_ in sent
        if not (id_ in shown if isinstance(id_, str) else any(map(id_.search, shown)))
    ]  # fmt: skip
    assert missing == []


def test_every_delivery_is_in_the_catalogue(
    tmp_path: Path, template_file: Path, examples: list[Example]
) -> None:
    settings = CaseSettings(
        database_url=f"sqlite:///{copyfile(template_file, tmp_path / 'desk.db')}",
        portdesk_secret_key=SecretStr("a key of sixteen letters"),
    )
    desk = open_desk(settings, lambda: MONDAY)
    shown = {e.name.partition(",")[0] for e in examples if e.argument == "message"}
    posted = Poster(desk, WebClient()).kinds
    assert posted - WITHOUT_BLOCKS - {"checklist_update"} == shown - {"answer"}


def test_the_sandbox_takes_everything_in_the_catalogue(examples: list[Example]) -> None:
    for example in examples:
        found = (
            faults_in_view(example.payload, "modal", SCOPES)
            if example.argument == "view"
            else faults_in(example.payload["blocks"], "message")
        )
        assert found == [], example.name


def test_the_door_knows_where_every_kind_of_input_has_its_answer(examples: list[Example]) -> None:
    windows = [example.payload for example in examples if example.argument == "view"]
    blocks = [block for view in windows for block in view["blocks"] if block["type"] == "input"]
    assert {block["element"]["type"] for block in blocks} == ANSWERS.keys()


def test_a_window_is_made_nowhere_but_in_a_function_that_returns_it() -> None:
    beside = [
        f"{path.name}:{node.lineno}"
        for path in Path(bot.slack.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and not _returns_view(node)
        if any(_makes_view(inner) for inner in ast.walk(node))
    ]
    assert beside == []


def _returns_view(function: ast.FunctionDef) -> bool:
    return isinstance(function.returns, ast.Name) and function.returns.id == "View"


def _makes_view(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in ("View", "window")
