"""Reads a bill or Customer Service Record that came as PDF, and finds what looks like its fields.

What is found is a suggestion, never a fact: every value is shown to a person first.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from bot.documents.isolated_process import UnreadFile, read_isolated, serve
from bot.domain.text.csv_tables import rows

MOST_BYTES: Final = 2_000_000
MOST_PAGES: Final = 5
MOST_LETTERS: Final = 100_000
MOST_NUMBERS: Final = 200  # as many as a form can show
LONGEST: Final = 200  # characters of one value
# A colon, a gap, the end of the line, or the number itself.
_LABEL_END: Final = r"(?:\s*[.:#]+\s*|\s{2,}|\t|\s*$|\s+(?=[(+\d]))"
_TELEPHONE: Final = re.compile(
    r"(?<![\w+-])(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}(?![\w-])"
    r"|(?<![\w-])\+[2-9]\d[\d ]{8,13}\d(?![\w-])|(?<![\w+-])0\d{2,4} \d{3,4} \d{3,4}(?![\w-])"
)
_ACCOUNT: Final = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{2,28}[A-Z0-9]", re.IGNORECASE)
_US_PLACE: Final = re.compile(
    r"^(?P<city>[A-Za-z .'-]+),?\s+(?P<state>[A-Z]{2})\s+(?P<postal_code>\d{5}(?:-\d{4})?)$"
)
_UNIT: Final = re.compile(
    r",?\s+(?P<unit>(?:suite|ste|unit|apt|floor|fl)\b\.?\s*\S+|#\s*\S+)$", re.IGNORECASE
)


@dataclass(frozen=True)
class _Label:
    """A row of the table: what stands behind this label, and how it is read."""

    field: str
    pattern: re.Pattern[str]
    how: str


@dataclass(frozen=True)
class Bill:
    """What a bill seems to say: fields by their names in the intake's record, numbers as printed.

    The account number is secret and stands apart.
    """

    fields: Mapping[str, str]
    numbers: tuple[str, ...] = ()
    account_number: str = field(default="", repr=False)


def read_text(content: bytes, seconds: float) -> str | None:
    """Return the text of a PDF's first pages, or None where it cannot be read in time."""
    if len(content) > MOST_BYTES or not content.lstrip().startswith(b"%PDF"):
        return None
    try:
        return str(read_isolated("bot.documents.bills", content, seconds))
    except UnreadFile:
        return None


def _pages(content: bytes) -> str:
    # Slow to load, and only the process that reads needs it.
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")
    pages = (reader.pages[at] for at in range(min(len(reader.pages), MOST_PAGES)))
    text = "\n".join(page.extract_text() for page in pages)
    return text[:MOST_LETTERS].encode("utf-8", errors="replace").decode("utf-8")


def likely_values(text: str) -> Bill:
    """Find the fields that a bill's text seems to name, by the table of labels."""
    lines = [_plain(line) for line in text[:MOST_LETTERS].splitlines()]
    lines = [line for line in lines if line.strip()]
    found: dict[str, str] = {}
    for label in _labels():
        if label.field not in found:
            found = _first(lines, label) | found
    account = found.pop("account_number", "")
    numbers = _numbers(lines)
    # Most bills print the main number alone; that says nothing of the others.
    only_btn = {_digits(number) for number in numbers} <= {_digits(found.get("btn", ""))}
    return Bill(found, () if only_btn else numbers, account)


def _plain(line: str) -> str:
    printable = "".join(letter if letter.isprintable() else "\t" for letter in line)
    return printable.strip()[: 5 * LONGEST]


@cache
def _labels() -> tuple[_Label, ...]:
    return tuple(
        _Label(
            row["field"], re.compile(rf"^(?:{row['label']}){_LABEL_END}", re.IGNORECASE), row["how"]
        )
        for row in rows("bill_labels")
        if row["how"] != "skip"
    )


@cache
def _skipped() -> re.Pattern[str]:
    labels = (row["label"] for row in rows("bill_labels") if row["how"] == "skip")
    return re.compile("|".join(labels), re.IGNORECASE)


def _first(lines: Sequence[str], label: _Label) -> dict[str, str]:
    """Return what stands behind the first such label, or on the lines below it."""
    for at, line in enumerate(lines):
        if match := label.pattern.match(line):
            rest = line[match.end() :].strip()
            below = [rest, *lines[at + 1 : at + 4]] if rest else lines[at + 1 : at + 5]
            if below and (value := _HOW[label.how](label.field, below)):
                return value
    return {}


def _text(name: str, below: Sequence[str]) -> dict[str, str]:
    value = _column(below[0])
    return {name: value} if value and not _is_label(value) else {}


def _code(name: str, below: Sequence[str]) -> dict[str, str]:
    match = _ACCOUNT.fullmatch(_column(below[0]))
    return {name: match[0]} if match and any(map(str.isdigit, match[0])) else {}


def _number(name: str, below: Sequence[str]) -> dict[str, str]:
    match = _TELEPHONE.search(below[0])
    return {name: match[0]} if match else {}


def _address(name: str, below: Sequence[str]) -> dict[str, str]:
    """Read street, unit and, on one of the lines below, city, state and ZIP code."""
    street = _column(below[0])
    if not any(map(str.isalpha, street)) or _is_label(street):
        return {}
    found = {}
    if unit := _UNIT.search(street):
        street, found["unit"] = street[: unit.start()], unit["unit"]
    places = (_US_PLACE.match(_column(line)) for line in below[1:3])
    place = next((place.groupdict() for place in places if place), {})
    return {name: street, **found, **place}


_HOW: Final = {"text": _text, "code": _code, "number": _number, "address": _address}


def _column(line: str) -> str:
    """Return the first column of a line: wide gaps part what stands side by side."""
    return re.split(r"\t|\s{3,}", line.strip())[0].strip()[:LONGEST]


def _is_label(text: str) -> bool:
    return any(label.pattern.match(text) for label in _labels())


def _numbers(lines: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for number in _telephones(lines):
        found.setdefault(_digits(number), number)
        if len(found) >= MOST_NUMBERS:
            break
    return tuple(found.values())


def _telephones(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if not _skipped().search(line):
            yield from _TELEPHONE.findall(line)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))[-10:]


if __name__ == "__main__":
    serve(_pages)
