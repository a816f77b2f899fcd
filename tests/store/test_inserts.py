"""New rows are written past the unit of work, and are then as if they had just been read."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event, select

from bot.desk.core.new_case import open_case
from bot.desk.core.work import Work
from bot.domain.cases.kinds import EventKind, Kind, Outcome
from bot.domain.intake.intake import Platform
from bot.domain.numbers.phone_number import TelephoneNumber
from bot.store.database import open_engine
from bot.store.inserts import insert_later, insert_waiting
from bot.store.models.cases import Case, CaseNumber, History

pytestmark = pytest.mark.both_databases
NOW = datetime(2027, 3, 1, 15, tzinfo=UTC)
NUMBERS = tuple(TelephoneNumber(f"+1206555014{n}", "US", "local") for n in range(3))


def new_case() -> Case:
    """Return the row of a case that is nowhere yet."""
    return Case(
        kind=Kind.PORT_IN,
        platform=Platform.CONNECT,
        requester="U0ROSA",
        filing_key="V1:0",
        losing_carrier="Acme Telecom",
        fields={},
        sealed="",
        created_at=NOW,
        changed_at=NOW,
        time_zone="UTC",
    )


def questions(engine: Engine) -> list[str]:
    """Return a list that grows with each statement from now on."""
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: asked.append(sql))
    return asked


def test_a_new_case_knows_all_of_itself_without_being_read(database_url: str) -> None:
    engine = open_engine(database_url)
    with Work(engine) as session:
        case = new_case()
        open_case(session, case, NUMBERS)
        asked = questions(engine)
        assert (case.id, case.version, case.is_open, case.foc_at) == (1, 1, True, None)
        assert [number.e164 for number in case.numbers] == [n.e164 for n in NUMBERS]
        assert {number.outcome for number in case.numbers} == {Outcome.PENDING}
        assert (case.letters, case.documents, case.ticks) == ([], [], [])
        assert asked == []


def test_what_is_changed_of_a_new_case_is_written(database_url: str) -> None:
    engine = open_engine(database_url)
    with Work(engine) as session:
        case = new_case()
        open_case(session, case, NUMBERS)
        case.reason_code = "other"
        case.numbers[1].is_held = False
        session.commit()
        assert (case.version, case.reason_code) == (2, "other")
        held = select(CaseNumber.e164).where(CaseNumber.is_held.is_(True))
        assert set(session.scalars(held)) == {NUMBERS[0].e164, NUMBERS[2].e164}


def test_a_line_left_for_later_says_what_it_says_by_then(database_url: str) -> None:
    with Work(open_engine(database_url)) as session:
        case = new_case()
        open_case(session, case, NUMBERS)
        lines = [
            History(case_id=case.id, at=NOW, who="U0ROSA", kind=kind, facts={})
            for kind in (EventKind.FILED, EventKind.SIGNED)
        ]
        for line in lines:
            insert_later(session, line)
        lines[1].why = "known later"
        insert_waiting(session)
        session.commit()
        read = session.scalars(select(History).order_by(History.id)).all()
        assert [(row.id, row.kind, row.why) for row in read] == [
            (lines[0].id, "filed", ""),
            (lines[1].id, "signed", "known later"),
        ]
