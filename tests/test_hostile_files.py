"""Files that are made to do harm are refused in words and in time, and leave nothing behind."""

import json
import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.sandbox_workspace import EXAMPLE
from bot.documents.number_columns import MOST_BYTES
from bot.documents.number_files import read_number_file
from bot.errors import Refusal
from slack_sandbox import Person, User
from tests.commands import run_command
from tests.domain.intakes import GOOD
from tests.domain.test_number_files import workbook
from tests.hostile_files import HOSTILE, QUICK
from tests.journeys.requests import NUMBERS
from tests.office import Office, answered, open_office
from tests.test_apart import linux, running

pytestmark = linux

SLACK_WAITS = 3.0
# Bytes that the desk may have more afterwards, of what it keeps for all of them together.
MORE = 60_000_000


def quick_of(names: Iterable[str], quick: Iterable[str]) -> pytest.MarkDecorator:
    """Try all of them, and only the quick ones in every run."""
    slow = pytest.mark.slow
    rows = [name if name in quick else pytest.param(name, marks=slow) for name in names]
    return pytest.mark.parametrize("kind", rows)


def begin(person: Person) -> Person:
    person.command("/port-in")
    if "intake_new" in str(person.view()):
        person.click("intake_new")
    person.suggest("losing_carrier", str(NUMBERS["losing_carrier"]))
    return person.fill(NUMBERS)


def memory() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@quick_of(HOSTILE, QUICK)
def test_the_form_says_what_is_wrong_while_slack_waits(desk_office: Office, kind: str) -> None:
    made, says = HOSTILE[kind]
    rosa = begin(desk_office.rosa)
    rosa.fill(numbers_file=[rosa.upload("numbers.xlsx", made())])
    before = memory()
    # The little Slack refuses an answer that comes later than three seconds.
    assert says in rosa.submit().get("numbers_file", says)
    assert running("bot.documents.workbooks") == []
    assert memory() - before < MORE


@quick_of(HOSTILE, ("locked",))
def test_the_command_line_says_it_too(tmp_path: Path, kind: str) -> None:
    made, says = HOSTILE[kind]
    (tmp_path / "intake.json").write_text(json.dumps(GOOD), encoding="utf-8")
    (tmp_path / "list.xlsx").write_bytes(made())
    done = run_command(["check", "intake.json", "--numbers", "list.xlsx"], tmp_path, {})
    assert says in done.errors
    assert done.code == (2 if says or done.errors else 1)
    assert running("bot.documents.workbooks") == []


HOSTILE_TEXTS = {
    "an open quote": b'"206-555-0100\n' * (MOST_BYTES // 14),
    "separators": b"," * MOST_BYTES,
    "quotes": b'"' * MOST_BYTES,
    "empty rows": b"\n" * MOST_BYTES,
    "rows of separators": (b"," * 60 + b"\n") * (MOST_BYTES // 61),
    "one huge field": b"2" * MOST_BYTES,
    "nothing but NUL": b"\0" * MOST_BYTES,
    "half a letter": b"\xff\xfe" + b"\xd8" * (MOST_BYTES - 2),
    "a heading without end": b"number" * (MOST_BYTES // 6),
    "many cells": (b"206-555-0100," * 60 + b"\n") * (MOST_BYTES // 781),
}


@quick_of(HOSTILE_TEXTS, ("an open quote", "separators", "nothing but NUL"))
def test_no_text_takes_long_to_read(kind: str) -> None:
    began = time.thread_time()
    with suppress(Refusal):
        read_number_file("list.csv", HOSTILE_TEXTS[kind])
    assert time.thread_time() - began < 1.0


# As long as a case may be; no such list fits into the fictional numbers, and nobody is called.
MANY = [f"+1206550{place:04}" for place in range(5_000)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["numbers.xlsx", "numbers.csv"])
def test_an_honest_list_of_five_thousand_is_read_while_slack_waits(
    desk_office: Office, name: str
) -> None:
    rows = [("Line", "Telephone number", "Note"), *(("line", number, "") for number in MANY)]
    text = "\n".join(",".join(row) for row in rows).encode()
    rosa = begin(desk_office.rosa)
    content = workbook(*rows) if name.endswith("xlsx") else text
    rosa.fill(numbers="", numbers_file=[rosa.upload(name, content)])
    assert rosa.submit() == {}
    assert "5000 numbers so far" in str(rosa.view())


@pytest.fixture
def busy_office(tmp_path: Path) -> Iterator[Office]:
    """An office with ten people more."""
    small = EXAMPLE
    more = tuple(User(f"U0MORE{n:04}", f"more{n}", f"Person {n}") for n in range(10))
    ids = [user.id for user in more]
    channels = tuple(replace(c, members=(*c.members, *ids)) for c in small.channels)
    large = replace(small, users=small.users + more, channels=channels)
    with open_office(tmp_path, workspace=large) as office:
        yield office


@pytest.mark.slow
def test_others_are_answered_while_ten_such_files_are_tried(busy_office: Office) -> None:
    endless = HOSTILE["endless rows"][0]()
    crowd = [begin(busy_office.person(f"U0MORE{place:04}")) for place in range(10)]
    for person in crowd:
        person.fill(numbers_file=[person.upload("numbers.xlsx", endless)])
    times = []
    with ThreadPoolExecutor(len(crowd)) as threads:
        told = [threads.submit(person.submit) for person in crowd]
        while not all(answer.done() for answer in told):
            began = time.monotonic()
            assert "/port-in" in answered(busy_office.anna, "/port help")
            times.append(time.monotonic() - began)
    assert all(answer.result()["numbers_file"] for answer in told)
    assert sorted(times)[len(times) // 2] < 0.5
    assert max(times) < SLACK_WAITS
    assert running("bot.documents.workbooks") == []
