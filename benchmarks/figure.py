"""One measured figure: always beside what it is compared with in the same run."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Figure:
    """What was measured, in `unit`, against `base` of the same run; `reach` is what we aim at.

    Without a base the value itself is held against the reach; `note` says why nothing was measured.
    """

    part: str
    what: str
    value: float | None
    unit: str
    against: str = ""
    base: float | None = None
    reach: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the base it is."""
        return self.value / self.base if self.value is not None and self.base else None

    @property
    def reached(self) -> bool | None:
        """Whether it is within reach; None where nothing is aimed at or nothing was measured."""
        held = self.ratio if self.base is not None else self.value
        return None if self.reach is None or held is None else held <= self.reach

    def as_json(self) -> dict[str, Any]:
        """Return everything, ratio and verdict included."""
        return {**asdict(self), "ratio": self.ratio, "reached": self.reached}


def table(figures: Sequence[Figure]) -> str:
    """Return a Markdown table."""
    head = ("part", "what", "measured", "compared in the same run", "ratio", "aim")
    lines = [head, ("---",) * len(head), *map(_row, figures)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _row(figure: Figure) -> tuple[str, ...]:
    verdict = {True: "reached", False: "missed", None: ""}[figure.reached]
    aim = f"{figure.reach:g}, {verdict}" if figure.reach is not None else ""
    return (
        figure.part,
        figure.what,
        _number(figure.value, figure.unit) or figure.note,
        f"{figure.against} {_number(figure.base, figure.unit)}".strip(),
        f"{figure.ratio:.2f}" if figure.ratio is not None else "",
        aim,
    )


def _number(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.3g} {unit}" if value < 100 else f"{value:.0f} {unit}"


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


def p50(times: Sequence[float]) -> float:
    """Return the median."""
    return median(times)


def p99(times: Sequence[float]) -> float:
    """Return the 99th percentile."""
    return quantiles(times, n=100, method="inclusive")[98]
