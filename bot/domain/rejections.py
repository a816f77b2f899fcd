"""Why carriers refuse a port: the codes, who acts, and what helps (B, T, W, C)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "rejections.csv"
OTHER = "OTHER"


@dataclass(frozen=True)
class Rejection:
    """One code: what it means, who has to act, what helps, and how other desks name it."""

    code: str
    who_acts: str
    meaning: str
    next_step: str
    seen_as: str


@cache
def rejections() -> dict[str, Rejection]:
    """Return the table of codes, in its order."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Rejection(**row) for row in csv.DictReader(file)}


def is_known(code: str) -> bool:
    """Say whether the table has this code."""
    return code in rejections()


def explain(code: str) -> Rejection:
    """Return the row of a code; an unknown one is kept under its own name."""
    unknown = Rejection(code, "desk", code, rejections()[OTHER].next_step, "")
    return rejections().get(code, unknown)
