"""Two workspaces in one database: neither sees, holds or says what is the other's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, exists, func, insert, select

from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import Typing
from bot.desk.notifications.claims import Claims
from bot.desk.notifications.monitoring import Monitoring
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.errors import Refusal
from bot.store.models.base import Base
from bot.store.models.cases import Case
from bot.store.models.deliveries import Delivery
from bot.store.models.subjects import Workspace
from bot.wording.templates import Templates
from tests.journeys.cases import FIELDS
from tests.office import ANNA, MONDAY, ROSA
from tests.store.conftest import Replicas

pytestmark = pytest.mark.both_databases
NUMBER = "206 555 0100"
# What hangs on a row of a workspace, and is found through it only.
HANGING = {
    "carrier_request": "port_case",
    "document": "port_case",
    "draft_number": "draft",
    "loa": "port_case",
    "posted": "port_case",
    "tick": "port_case",
}


@pytest.fixture
def case(replicas: Replicas) -> CaseFacts:
    """A submitted case of the first workspace."""
    return replicas.submitted(NUMBER)


@pytest.fixture
def other(replicas: Replicas) -> Desk:
    """The desk of a second workspace with the same people."""
    with replicas.first.context.transaction() as work:
        work.execute(insert(Workspace), [{"id": 2, "team_id": "T0OTHER"}])
    return Desk(replace(replicas.first.context, workspace_id=2), Templates(), "other")


LOOKS: dict[str, Callable[[Desk], Any]] = {
    "open cases": lambda desk: desk.queries.open_cases(ANNA),
    "every case": lambda desk: desk.queries.every_case(),
    "a person's cases": lambda desk: desk.queries.open_cases(ROSA),
    "a number": lambda desk: desk.queries.find(ANNA, NUMBER),
    "the end of a number": lambda desk: desk.queries.find(ANNA, "5550100"),
    "a draft that was left": lambda desk: desk.drafts.latest(ROSA),
    "carriers": lambda desk: desk.carriers.like("Old"),
    "what is due": lambda desk: desk.reminders.due(MONDAY + timedelta(days=4)),
    "what is open": lambda desk: sum(Monitoring(desk.context).now().cases.values()),
    "what waits": lambda desk: Monitoring(desk.context).now().waiting,
}


@pytest.mark.usefixtures("case")
def test_another_workspace_sees_nothing(other: Desk, replicas: Replicas) -> None:
    replicas.first.filing.file(ROSA, replicas.draft("206 555 0101"))
    replicas.draft("206 555 0199")
    assert {name for name, look in LOOKS.items() if look(replicas.first)} == set(LOOKS)
    assert {name for name, look in LOOKS.items() if look(other)} == set()


COUNTS = {
    "of rows": select(func.count()).select_from(Case),
    "of a column": select(func.count(Case.id)),
    "with the oldest": select(func.count(), func.min(Delivery.created_at)),
    "of a subquery": select(func.count()).select_from(select(Case.id).subquery()),
    "that there is one": select(exists(select(Case.id).where(Case.is_open.is_(True)))),
}


@pytest.mark.usefixtures("case")
def test_what_only_counts_counts_its_own(other: Desk, replicas: Replicas) -> None:
    with replicas.first.context.transaction() as work:
        assert {name for name, count in COUNTS.items() if work.scalar(count)} == set(COUNTS)
    with other.context.transaction() as work:
        assert {name for name, count in COUNTS.items() if work.scalar(count)} == set()


def test_a_case_of_another_workspace_does_not_exist(case: CaseFacts, other: Desk) -> None:
    for ask in (other.queries.case, other.letters.letter):
        with pytest.raises(Refusal, match="no_such_case"):
            ask(case.id)
    assert other.queries.history(case.id) == ()
    assert other.queries.places(case.id) == {}
    with pytest.raises(Refusal, match="no_such_case"):
        other.transitions.move(
            ANNA, case.id, case.version, Status.CANCEL_REQUESTED, TransitionInput(why="Because")
        )


def test_each_workspace_may_move_the_same_number(
    case: CaseFacts, other: Desk, replicas: Replicas
) -> None:
    typing = Typing("V0OTHER", "review", FIELDS | {"numbers": NUMBER}, 0.0, settled=True)
    [theirs] = other.filing.file(ROSA, other.drafts.save(ROSA, typing).id).cases
    assert [found.id for found in other.queries.find(ANNA, NUMBER)] == [theirs.id]
    assert [found.id for found in replicas.first.queries.find(ANNA, NUMBER)] == [case.id]


def test_a_desk_that_learnt_its_team_serves_no_other(replicas: Replicas) -> None:
    replicas.first.recognise_team("T0OURS")
    replicas.first.recognise_team("T0OURS")
    with pytest.raises(Refusal) as refusal:
        replicas.first.recognise_team("T0OTHER")
    assert refusal.value.facts["team"] == "T0OURS"


@pytest.mark.usefixtures("case")
def test_the_clock_of_a_workspace_looks_at_its_own_cases(other: Desk) -> None:
    assert other.reminders.queue_due() == 0


def test_a_message_of_another_workspace_is_not_claimed(
    case: CaseFacts, other: Desk, replicas: Replicas
) -> None:
    ours, theirs = Claims(replicas.first.context, "ours"), Claims(other.context, "theirs")
    assert theirs.claim(f"headline:{case.id}:1") is None
    assert theirs.sweep() == 0
    assert ours.claim(f"headline:{case.id}:1") is not None


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_is_of_a_workspace_or_hangs_on_one_that_is(table: Table) -> None:
    if table.name in {"workspace", *HANGING}:
        assert "workspace_id" not in table.c
        owners = {key.column.table.name for key in table.foreign_keys}
        assert owners >= {HANGING[table.name]} if table.name in HANGING else not owners
    else:
        assert "workspace_id" in table.c
