"""Lists and ranges of telephone numbers, as people type and paste them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bot.domain.findings.finding import Finding
from bot.domain.numbers.number_text import clean, has_extension, has_letters, keypad, pieces
from bot.domain.numbers.phone_number import (
    TelephoneNumber,
    examine,
    parse_number,
    refusal,
)

__all__ = [
    "LIMIT",
    "NumberList",
    "TelephoneNumber",
    "parse_number",
    "read_numbers",
]

LIMIT: Final = 5000  # numbers in one case (B)
REMEMBERED: Final = 32  # lists; while somebody types, the same list is asked for at every letter
LONGEST_RANGE: Final = 120  # characters; the length also bounds the work on hostile input
MOST_PARTS: Final = 6  # groups of digits in one number
_CONNECTOR: Final = re.compile(r"\s*(?:\b(?:to|through|thru|until)\b|\.{2,}|~)\s*", re.IGNORECASE)
_SPACED_DASH: Final = re.compile(r"\s+-\s*|\s*-\s+")


@dataclass(frozen=True)
class NumberList:
    """What a text of numbers came to; each number once, in the order typed."""

    numbers: tuple[TelephoneNumber, ...] = ()
    problems: tuple[Finding, ...] = ()
    vanity: tuple[tuple[str, str], ...] = ()
    ranges: int = 0


@dataclass
class _Tally:
    """Collects while reading; a refused text is kept under the rule that refuses it."""

    numbers: dict[str, TelephoneNumber] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)
    vanity: list[tuple[str, str]] = field(default_factory=list)
    ranges: int = 0

    def add(self, number: TelephoneNumber) -> None:
        if number.e164 in self.numbers:
            self.refuse("number_duplicate", number.e164)
        self.numbers[number.e164] = number

    def refuse(self, code: str, typed: str) -> None:
        self.refused.setdefault(code, []).append(typed)


def read_numbers(text: str | Sequence[str], country: str = "US") -> NumberList:
    """Read numbers, lists and ranges in any usual form; nothing that is typed raises.

    `country` is meant where no +code is written. Problems are findings on the field `numbers`,
    one for each rule, naming what it refuses (S1, B; more than 5,000 numbers are refused).
    """
    return _read(text if isinstance(text, str) else tuple(text), country)


@lru_cache(maxsize=REMEMBERED)
def _read(text: str | tuple[str, ...], country: str) -> NumberList:
    tally = _Tally()
    for piece in pieces(text):
        _read_piece(piece, country, tally)
        if len(tally.numbers) > LIMIT:
            tally.refuse("numbers_too_many", piece)
            break
    problems = tuple(refusal(code, typed) for code, typed in tally.refused.items())
    numbers = tuple(tally.numbers.values())
    return NumberList(numbers, problems, tuple(tally.vanity), tally.ranges)


def _read_piece(piece: str, country: str, tally: _Tally) -> None:
    """Read one piece: a written range, else one number, else what a dash makes of it."""
    typed = clean(piece)
    if ends := _written_range(typed, country):
        _add_range(piece, *ends, country, tally)
        return
    result = examine(piece, country)
    if isinstance(result, TelephoneNumber):
        tally.add(result)
        if has_letters(typed):
            tally.vanity.append((typed, result.e164))
    elif ends := _dashed_range(typed, country):
        _add_range(piece, *ends, country, tally)
    elif several := _several(typed, country):
        for number in several:
            tally.add(number)
    else:
        tally.refuse(result.code, piece)


def _written_range(typed: str, country: str) -> tuple[TelephoneNumber, str] | None:
    for pattern in (_CONNECTOR, _SPACED_DASH) if len(typed) <= LONGEST_RANGE else ():
        for cut in reversed(list(pattern.finditer(typed))):
            if ends := _ends(typed[: cut.start()], typed[cut.end() :], country):
                return ends
    return None


def _dashed_range(typed: str, country: str) -> tuple[TelephoneNumber, str] | None:
    if len(typed) > LONGEST_RANGE:
        return None
    cuts = (at for at in range(len(typed) - 1, 0, -1) if typed[at] == "-")
    return next(
        (ends for at in cuts if (ends := _ends(typed[:at], typed[at + 1 :], country))), None
    )


def _ends(left: str, right: str, country: str) -> tuple[TelephoneNumber, str] | None:
    start = examine(left, country)
    if isinstance(start, Finding) or has_letters(right) or keypad(right) is None:
        return None
    return start, right


def _add_range(piece: str, start: TelephoneNumber, right: str, country: str, tally: _Tally) -> None:
    tally.ranges += 1
    first, last = int(start.e164), _last(start, right, country)
    if last is None:
        return tally.refuse("range_unreadable", piece)
    if last < first:
        return tally.refuse("range_backwards", piece)
    if last - first >= LIMIT:
        return tally.refuse("numbers_too_many", piece)
    members = list(_members(first, last, country))
    if len({(number.country, number.number_type) for number in members if number}) != 1:
        return tally.refuse("range_unreadable", piece)
    for number in members:
        if number is None:
            return tally.refuse("range_unreadable", piece)
        tally.add(number)
    return None


def _members(first: int, last: int, country: str) -> Iterator[TelephoneNumber | None]:
    for value in range(first, last + 1):
        number = examine(f"+{value}", country)
        yield None if isinstance(number, Finding) else number


def _last(start: TelephoneNumber, right: str, country: str) -> int | None:
    """Return the last number of a range whose end may be written short (0100 to 0119)."""
    digits = keypad(right) or ""
    whole = start.e164
    if not right.startswith("+") and len(digits) < len(_significant(start)):
        return int(whole[: -len(digits)] + digits)
    end = examine(right, country if right.startswith("+") else start.country)
    if isinstance(end, Finding) or (end.country, end.number_type) != (
        start.country,
        start.number_type,
    ):
        return None
    return int(end.e164) if len(end.e164) == len(whole) else None


def _significant(number: TelephoneNumber) -> str:
    return "".join(letter for letter in number.national if letter.isdigit()).lstrip("0")


def _several(typed: str, country: str) -> list[TelephoneNumber]:
    """Read numbers that stand side by side with only spaces between; all or nothing."""
    found: list[TelephoneNumber] = []
    words: list[str] = []
    if has_extension(typed) or has_letters(typed):
        return []
    for word in typed.split():
        words.append(word)
        if len(words) > MOST_PARTS:
            return []
        number = examine(" ".join(words), country)
        if isinstance(number, TelephoneNumber):
            found.append(number)
            words = []
    return [] if words else found
