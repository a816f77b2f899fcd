"""What each act owes to whom, and which line it leaves in the history: nothing more, nothing less.

An act that tells nobody is as wrong as one that tells everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.store.models.cases import History
from bot.store.models.deliveries import Delivery
from bot.store.models.security_audit import Audit
from tests.journeys.stories import ALL, CARDS, STORIES
from tests.port_out.desks import ANNA, CHANNEL, MATEO, ROSA, TOM, Office, open_desk
from tests.store import meetings

PEOPLE = {CHANNEL: "the channel", ROSA: "Rosa", ANNA: "Anna", TOM: "Tom", MATEO: "Mateo"}


@dataclass
class Seen:
    """A desk, and how far its ledger, its history and its audit have been read."""

    room: Office
    read: dict[str, int] = field(default_factory=dict)

    def new(self, table: Any) -> list[Any]:
        """Return the rows of a table that came since the last look."""
        with self.room.desk.context.sessions() as session:
            last = self.read.get(table.__tablename__, 0)
            rows = session.scalars(select(table).where(table.id > last).order_by(table.id)).all()
            self.read[table.__tablename__] = session.scalar(select(func.max(table.id))) or 0
            return list(rows)

    def owed(self) -> str:
        """Return what is owed anew, and to whom."""
        rows = self.new(Delivery)
        names = {row.channel: PEOPLE.get(row.channel, "the worker") for row in rows}
        return ", ".join(f"{row.kind} to {names[row.channel]}" for row in rows)

    def told(self) -> list[str]:
        """Return the new lines of the history, as one would read them aloud."""
        return [_aloud(row) for row in self.new(History)]

    def audited(self) -> list[str]:
        """Return the new lines of the audit."""
        return [f"{PEOPLE[row.who]} {row.kind} {row.e164}".strip() for row in self.new(Audit)]


def _aloud(row: History) -> str:
    facts = {name: value for name, value in row.facts.items() if name not in ("seen", "form")}
    parts = [
        PEOPLE.get(row.who, "The desk"),
        row.kind,
        row.target or "",
        f"({row.why})" if row.why else "",
    ]
    return " ".join([*filter(None, parts), *(f"{name}={value}" for name, value in facts.items())])


@pytest.fixture(scope="module")
def seen(shared_database_url: str) -> Iterator[Seen]:
    """A desk, read up to here."""
    with open_desk(shared_database_url) as opened:
        yield Seen(opened)


@pytest.mark.one_quick
@pytest.mark.parametrize("name", STORIES)
def test_each_act_tells_those_whom_it_concerns_and_leaves_its_line(seen: Seen, name: str) -> None:
    begin, steps = STORIES[name]
    case = begin(seen.room)
    named = {"number": case.numbers[0], "ending": f"…{case.numbers[0][-4:]}"}
    _skip(seen)
    for place, (act, owed, told, audited) in enumerate(steps):
        act(seen.room, case)
        assert (place, seen.owed()) == (place, owed)
        assert (place, seen.told()) == (place, [line.format(**named) for line in told])
        assert seen.audited() == [line.format(**named) for line in audited]


def _skip(seen: Seen) -> None:
    for table in (Delivery, History, Audit):
        seen.new(table)


def test_a_case_that_is_filed_is_announced_and_its_letter_sent(seen: Seen) -> None:
    _skip(seen)
    meetings.filed(seen.room)
    assert seen.owed() == f"{CARDS}, note to the channel, note to the channel, letter to Rosa"
    assert seen.told() == ["Rosa filed numbers=1", "The desk letter version=1"]


def test_a_port_out_that_is_filed_comes_with_its_checklist(seen: Seen) -> None:
    _skip(seen)
    meetings.leaving(seen.room)
    assert seen.owed() == f"{ALL}, checklist to the channel"
    assert seen.told() == ["Rosa filed numbers=1"]
    assert seen.audited() == ["Rosa pin_chosen"]
