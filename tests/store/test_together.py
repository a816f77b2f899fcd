"""Several people and several replicas in the same second."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import cycle
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import QueuePool, select

from bot.desk.core.context import Stale
from bot.desk.core.faulty_request import Refused
from bot.desk.core.outbox import NoDispatcher
from bot.desk.notifications.claims import Claims
from bot.desk.notifications.deliveries import Receipt
from bot.domain.cases.workflow import Status
from bot.errors import Refusal
from bot.store.models.cases import CaseNumber
from bot.store.models.deliveries import Delivery
from tests.journeys.cases import DETAILS
from tests.office import ANNA, TOM
from tests.patience import patiently
from tests.store.conftest import Replicas

pytestmark = pytest.mark.both_databases
PEOPLE = 50


def at_once(tasks: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all tasks in the same moment; an error that a person would read is a result."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return patiently(task)
        except Refusal as error:
            return error

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_two_agents_move_one_case_and_the_slower_one_is_told(replicas: Replicas) -> None:
    for round_ in range(5):
        case = replicas.submitted(f"206 555 01{round_:02}")
        wanted = ((ANNA, Status.FOC), (TOM, Status.EXCEPTION))
        moves = [
            partial(desk.transitions.move, who, case.id, case.version, target, DETAILS[target])
            for (who, target), desk in zip(wanted, replicas.desks, strict=False)
        ]
        kinds = Counter(isinstance(result, Stale) for result in at_once(moves))
        assert kinds == {True: 1, False: 1}
        history = replicas.first.queries.history(case.id)
        assert [e.origin for e in history if e.kind == "status"].count(Status.SUBMITTED) == 1


@pytest.mark.long
def test_fifty_people_file_at_once_and_each_gets_one_case(replicas: Replicas) -> None:
    people = [f"U0MORE{n:04}" for n in range(PEOPLE)]
    drafts = [replicas.draft(f"206 555 01{n:02}", who) for n, who in enumerate(people)]
    results = at_once(_filings(replicas, people, drafts))
    assert [result for result in results if isinstance(result, Refusal)] == []
    assert len({result.cases[0].reference for result in results}) == PEOPLE
    assert len(replicas.first.queries.every_case()) == PEOPLE


def test_ten_people_file_one_number_and_one_gets_it(replicas: Replicas) -> None:
    people = [f"U0MORE{n:04}" for n in range(10)]
    drafts = [replicas.draft("206 555 0177", who) for who in people]
    results = at_once(_filings(replicas, people, drafts))
    told = [result for result in results if isinstance(result, Refused)]
    assert len(told) == 9
    with replicas.first.context.transaction() as session:
        held = select(CaseNumber).where(CaseNumber.e164 == "+12065550177", CaseNumber.is_held)
        assert len(session.scalars(held).all()) == 1


def _filings(
    replicas: Replicas, people: list[str], drafts: list[int]
) -> list[Callable[[], object]]:
    # SQLite is for one process.
    several = replicas.services[0].engine.dialect.name == "postgresql"
    desks = cycle(replicas.desks if several else replicas.desks[:1])
    return [
        partial(next(desks).filing.file, who, draft)
        for who, draft in zip(people, drafts, strict=True)
    ]


@pytest.mark.long
def test_no_line_of_a_case_waits_for_a_job_that_nobody_queued(replicas: Replicas) -> None:
    """The end of one delivery and the beginning of the next meet: one of them queues it."""
    case = replicas.submitted("206 555 0160")
    _deliver_all(replicas)
    for version in range(20):
        details = DETAILS[Status.EXCEPTION if version % 2 else Status.FOC]
        target = Status.EXCEPTION if version % 2 else Status.FOC
        now = replicas.first.queries.case(case.id)
        at_once(
            [
                partial(
                    replicas.desks[1].transitions.move, ANNA, now.id, now.version, target, details
                ),
                partial(_deliver_all, replicas),
            ]
        )
        with replicas.first.context.transaction() as session:
            waiting = session.scalars(
                select(Delivery).where(Delivery.done_at.is_(None)).order_by(Delivery.id)
            ).all()
            heads = {row.stream: row for row in reversed(waiting)}
            assert [row.key for row in heads.values() if not row.job] == []
        _deliver_all(replicas)


def _deliver_all(replicas: Replicas) -> None:
    """Mark as delivered what a worker could claim now."""
    ledger = replicas.desks[2].claims
    with replicas.first.context.transaction() as session:
        open_rows = select(Delivery.key).where(Delivery.done_at.is_(None)).order_by(Delivery.id)
        keys = session.scalars(open_rows).all()
    for key in keys:
        if claimed := ledger.claim(key):
            ledger.done(claimed, Receipt("C0PORTING1", "1.000001"))


def test_a_sweep_asks_for_the_jobs_with_no_connection_in_its_hands(replicas: Replicas) -> None:
    """Sweeps that each held one and wanted another have stopped a desk after an outage."""
    replicas.submitted("206 555 0170")
    room, pool = replicas.first.context, replicas.services[0].engine.pool
    assert isinstance(pool, QueuePool)
    held, in_hands = list[int](), pool.checkedout

    class Watching(NoDispatcher):
        def waiting(self, jobs: list[str]) -> set[str]:
            held.append(in_hands())
            return set()

    later = replace(room, dispatcher=Watching(), wall=lambda: room.wall() + timedelta(seconds=60))
    assert Claims(later, "sweeper").sweep() > 0
    assert held == [0]
