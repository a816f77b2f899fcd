"""Counts the cases that the desk files per second, against a bare insert of the same rows.

At the level of the desk, without Slack: every request is checked, its letter and its messages are
written, in one transaction. Both alternate on the same database.
"""

from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, insert, select

from benchmarks.databases import MONDAY, POSTGRESQL, SQLITE, databases, desk_on
from benchmarks.figure import Figure, p50, timed
from benchmarks.many_cases import AREAS, ROSA
from bot.desk.cases.filing import Filed
from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import DraftFacts, Typing
from slack_sandbox import AdjustableClock
from tests.journeys.requests import PAGES

PART = "filing"
ROUNDS, QUICK_ROUNDS = 300, 30
# What one request leaves behind, in the order in which the tables refer to one another; the jobs
# that deliver its messages are rows of DBOS.
TABLES = ("port_case", "case_number", "history", "loa", "agenda", "delivery")
JOBS = ("workflow_status", "workflow_input")
Rows = dict[str, list[dict[str, Any]]]
_keys = count(1)


def measure(quick: bool) -> Iterator[Figure]:
    """Yield the milliseconds of a filing for both kinds of database."""
    for kind in (SQLITE, POSTGRESQL):
        try:
            yield _on(kind, QUICK_ROUNDS if quick else ROUNDS)
        except RuntimeError as error:
            yield Figure(PART, kind, None, "ms", note=f"not measured: {error}")


def _on(kind: str, rounds: int) -> Figure:
    with databases(kind) as made:
        service = desk_on(made.new(), AdjustableClock(MONDAY))
        file_one(service.desk, 0)
        bare = Bare(service.engine)
        times = [
            (timed(partial(file_one, service.desk, turn)), timed(bare.insert))
            for turn in range(1, rounds)
        ]
    ours, base = (p50(column) for column in zip(*times, strict=True))
    what = f"{kind}: check and file a case ({1000 / ours:.0f} a second), p50"
    return Figure(
        PART, what, ours, "ms", f"bare insert of its rows ({1000 / base:.0f} a second)", base
    )


def file_one(desk: Desk, turn: int) -> Filed:
    """Keep a filled form and file it; `turn` gives it numbers of its own."""
    return desk.filing.file(ROSA, keep_one(desk, turn).id)


def keep_one(desk: Desk, turn: int) -> DraftFacts:
    """Keep a filled form; `turn` gives it numbers of its own."""
    fields = {name: value for page in PAGES for name, value in page.items()}
    area, place = AREAS[turn // 30], turn % 30 * 3
    own = {"numbers": f"({area}) 555-01{place:02} to 01{place + 2:02}", "btn": f"{area}.555.0199"}
    typed = Typing(f"V{turn}", "review", fields | own | {"kind": "port_in"}, 0.0, settled=True)
    return desk.drafts.save(ROSA, typed)


class Bare:
    """Inserts the rows of the only case again and again, with keys of their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        found = MetaData()
        found.reflect(engine, only=TABLES)
        # Where DBOS keeps its tables.
        schema = None if engine.dialect.name == "sqlite" else "dbos"
        found.reflect(engine, schema, only=JOBS)
        jobs = [found.tables[f"{schema}.{name}" if schema else name] for name in JOBS]
        self._tables = [*(found.tables[name] for name in TABLES), *jobs]
        with engine.connect() as connection:
            self._rows = {table.name: _rows_of(connection, table) for table in self._tables}

    def insert(self) -> None:
        """Insert one case and all that belongs to it, in one transaction."""
        turn = next(_keys)
        with self._engine.begin() as connection:
            case = self._case(connection, turn)
            for table in self._tables[1:]:
                rows = self._rows[table.name]
                new = [_renewed(row, case, f"bare{turn}:{n}") for n, row in enumerate(rows)]
                connection.execute(insert(table), new)

    def _case(self, connection: Connection, turn: int) -> int:
        table = self._tables[0]
        row = {**self._rows["port_case"][0], "filing_key": f"bare{turn}"}
        added = connection.execute(insert(table).values(row).returning(table.c.id))
        return int(added.scalar_one())


def _rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    rows = connection.execute(select(table)).mappings()
    return [{name: row[name] for name in row if name != "id"} for row in rows]


def _renewed(row: dict[str, Any], case: int, key: str) -> dict[str, Any]:
    """Return a row for another case; a number is held once only."""
    fresh: dict[str, Any] = {"case_id": case, "key": key, "workflow_uuid": key, "is_held": False}
    return row | {name: value for name, value in fresh.items() if name in row}
