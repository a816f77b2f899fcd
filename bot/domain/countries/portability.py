"""Where porting is possible and which documents a country asks for (C, K)."""

from collections.abc import Iterable
from typing import Final, Literal

from bot.domain.text.csv_tables import by, rows

Portability = Literal["yes", "no", "ranges", "ask", "unlisted"]
ANYWHERE: Final = "*"


def portability(country: str) -> Portability:
    """Say whether numbers of a country can be ported (C): "ask" is decided case by case."""
    row = by("portability", "iso2").get(country)
    known: dict[str, Portability] = {"yes": "yes", "no": "no", "ranges": "ranges", "ask": "ask"}
    return known[row["portable"]] if row else "unlisted"


def documents_needed(country: str, number_type: str) -> tuple[str, ...]:
    """Return the documents a country asks for; the default where nothing is known of it."""
    kind = number_type.replace("_", "-")
    listed = [row for row in rows("documents") if row["number_type"] in {"any", kind}]
    row = next((row for row in listed if row["iso2"] == country), None)
    row = row or next(row for row in listed if row["iso2"] == ANYWHERE)
    return tuple(paper.strip() for paper in row["needed_to_port"].split(";"))


def papers_of(kinds: Iterable[str]) -> frozenset[str]:
    """Return which of the listed documents the given kinds of files are."""
    given = set(kinds)
    return frozenset(row["paper"] for row in rows("papers") if row["kind"] in given)


def documents_missing(country: str, number_type: str, received: Iterable[str]) -> tuple[str, ...]:
    """Return the documents that are still to come, in the order of the list."""
    there = {paper.casefold() for paper in received}
    return tuple(
        paper for paper in documents_needed(country, number_type) if paper.casefold() not in there
    )
