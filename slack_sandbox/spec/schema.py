"""A small language of shapes, in which the Block Kit tables are written.

Each shape has `check(value, pointer, found)`, which adds what is wrong to `found` in Slack's words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from slack_sandbox.spec.methods import problem


class Shape(Protocol):
    """Anything that can say what is wrong with a value."""

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Add a sentence to `found` for each fault of `value`."""


@dataclass(frozen=True)
class Text:
    """A string of `least` to `most` characters, possibly of a given pattern."""

    most: int
    least: int = 1
    pattern: str = ""

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Check type, length and pattern."""
        if not isinstance(value, str):
            found.append(problem("must provide a string", pointer))
        elif len(value) > self.most:
            found.append(problem(f"must be less than {self.most + 1} characters", pointer))
        elif len(value) < self.least:
            found.append(problem(f"must be more than {self.least - 1} characters", pointer))
        elif self.pattern and not re.fullmatch(self.pattern, value):
            found.append(problem("invalid format", pointer))


@dataclass(frozen=True)
class Moment:
    """A day or a time that a calendar or a clock shows, written in one way only."""

    form: str

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Check the type, and that reading and writing the value gives it again."""
        if not isinstance(value, str):
            found.append(problem("must provide a string", pointer))
        elif not self._is_read(value):
            found.append(problem("invalid format", pointer))

    def _is_read(self, value: str) -> bool:
        try:
            return datetime.strptime(value, self.form).strftime(self.form) == value  # noqa: DTZ007  # has no zone
        except ValueError:
            return False


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Check the type."""
        if not isinstance(value, bool):
            found.append(problem("must be a boolean", pointer))


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds, both included."""

    least: int
    most: int

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Check type and bounds."""
        if isinstance(value, bool) or not isinstance(value, int):
            found.append(problem("must be an integer", pointer))
        elif not self.least <= value <= self.most:
            found.append(problem(f"must be between {self.least} and {self.most}", pointer))


@dataclass(frozen=True)
class OneOf:
    """One of a closed set of strings."""

    names: tuple[str, ...]

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Check membership."""
        if value not in self.names:
            found.append(problem(f"value must be one of {', '.join(self.names)}", pointer))


@dataclass(frozen=True)
class Many:
    """A list of `least` to `most` items of one shape."""

    item: Shape
    most: int
    least: int = 1

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Check the number of items, then each of them."""
        if not isinstance(value, list):
            found.append(problem("must provide an array", pointer))
            return
        if len(value) > self.most:
            found.append(problem(f"no more than {self.most} items allowed", pointer))
        elif len(value) < self.least:
            found.append(problem(f"no less than {self.least} items allowed", pointer))
        for index, item in enumerate(value):
            self.item.check(item, f"{pointer}/{index}", found)


@dataclass(frozen=True)
class Record:
    """An object with known keys; `needed` names those that must be there."""

    fields: Mapping[str, Shape]
    needed: tuple[str, ...] = ()

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Check for missing and unknown keys, then each value."""
        if not isinstance(value, dict):
            found.append(problem("must provide an object", pointer))
            return
        for name in self.needed:
            if value.get(name) is None:
                found.append(problem(f"missing required field: {name}", pointer))
        for name, inner in value.items():
            self._check_field(name, inner, pointer, found)

    def _check_field(self, name: str, inner: Any, pointer: str, found: list[str]) -> None:
        shape = self.fields.get(name)
        if shape is None:
            found.append(problem(f"invalid additional property: {name}", pointer))
        elif inner is not None:
            shape.check(inner, f"{pointer}/{name}", found)


@dataclass(frozen=True)
class ByType:
    """An object whose `type` chooses the shape out of a table."""

    table: Mapping[str, Shape]

    def check(self, value: Any, pointer: str, found: list[str]) -> None:
        """Look the shape up and check against it."""
        if not isinstance(value, dict):
            found.append(problem("must provide an object", pointer))
            return
        kind = value.get("type")
        if kind is None:
            found.append(problem("missing required field: type", pointer))
        elif not isinstance(kind, str) or kind not in self.table:
            found.append(problem(f"unsupported type: {kind}", f"{pointer}/type"))
        else:
            self.table[kind].check(value, pointer, found)
