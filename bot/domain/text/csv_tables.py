"""The tables that come with the rule book, read once when first asked for."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parents[1] / "data"


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `data/<name>.csv`, each by its column names."""
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def by(name: str, column: str) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of a table by their value in one column."""
    return {row[column]: row for row in rows(name)}
