"""Why carriers refuse a port: the codes, who acts, and what helps (B, T, W, C).

Numbers that come and numbers that leave are refused for different reasons. The sentences for
those that leave stand in `templates/port_out/`, since they are also written to carriers.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from bot.domain.cases.kinds import Kind
from bot.domain.port_out.requests import Reason

_TABLE = Path(__file__).parents[1] / "data" / "rejections.csv"
OTHER = "OTHER"
# Who acts when a port-out is refused is our own inference (I).
_PORT_OUT: Final = {
    Reason.ACCOUNT_MISSING: "customer",
    Reason.ACCOUNT_INVALID: "customer",
    Reason.PIN_MISSING: "customer",
    Reason.PIN_INVALID: "customer",
    Reason.ZIP_MISSING: "customer",
    Reason.ZIP_INVALID: "customer",
    Reason.NOT_ON_ACCOUNT: "customer",
    Reason.NOT_ACTIVE: "desk",
    Reason.CUSTOMER_MISMATCH: "customer",
    Reason.INVALID_REQUEST: "carrier",
    OTHER: "desk",
}


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
def rejections(kind: str = "port_in") -> dict[str, Rejection]:
    """Return the table of codes of a kind of case, in its order."""
    if kind == Kind.PORT_OUT:
        return {str(code): Rejection(str(code), who, "", "", "") for code, who in _PORT_OUT.items()}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = [(row, tuple(row.pop("fields").split())) for row in csv.DictReader(file)]
    return {row["code"]: Rejection(**row, fields=fields) for row, fields in rows}


def is_known(code: str, kind: str) -> bool:
    """Say whether the table of this kind has this code."""
    return code in rejections(kind)


def explain(code: str, kind: str) -> Rejection:
    """Return the row of a code; an unknown one is kept under its own name."""
    unknown = Rejection(code, "desk", code, rejections(kind)[OTHER].next_step, "")
    return rejections(kind).get(code, unknown)
