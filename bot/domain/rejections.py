"""Why carriers refuse a port: the codes, who acts, and what helps (B, T, W, C)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "rejections.csv"
OTHER = "OTHER"


@dataclass(frozen=True)
class Rejection:
    """One code: what it means, who has to act, what helps, and how other desks name it.

    `fields` are the intake fields that the carrier objects to; which ones is our own inference.
    """

    code: str
    who_acts: str
    meaning: str
    next_step: str
    seen_as: str
    fields: tuple[str, ...] = ()


@cache
def rejections() -> dict[str, Rejection]:
    """Return the table of codes, in its order."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row, tuple(row.pop("fields").split())) for row in csv.DictReader(file)]
    return {row["code"]: Rejection(**row, fields=fields) for row, fields in rows}


def is_known(code: str) -> bool:
    """Say whether the table has this code."""
    return code in rejections()


def explain(code: str) -> Rejection:
    """Return the row of a code; an unknown one is kept under its own name."""
    unknown = Rejection(code, "desk", code, rejections()[OTHER].next_step, "")
    return rejections().get(code, unknown)
