"""Whatever arrives twice is done once, and nobody reads an error about what they did themselves."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, inspect, select

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox_workspace import EXAMPLE
from bot.slack.app import ROUTES
from bot.store.models.cases import Case, History
from bot.store.models.security_audit import Audit
from slack_sandbox import Sandbox
from tests.port_out.desks import Office, open_desk
from tests.slack.scenes import BUTTONS, FORMS, OURS, Scene, numbers_nobody_has
from tests.slack.sending import Replica, at_once, overtaken, replica

Table = type[History] | type[Audit] | type[Case]
WRITTEN: tuple[Table, ...] = (History, Audit, Case)
EVERYTHING = [*(scene for scenes in FORMS.values() for scene in scenes), *BUTTONS]
# After so many reads; the more there are, the less depends on each.
MEETINGS = (1, 2, 3, 5, 8, 13)
_APART = {"id", "sealed", "filing_key", "version"}


@dataclass
class Pair:
    """Two replicas on one database."""

    room: Office
    first: Replica
    second: Replica

    def newest(self) -> dict[Table, int]:
        """Return how far history, audit and cases go."""
        with self.room.desk.context.transaction() as session:
            return {t: session.scalar(select(func.max(t.id))) or 0 for t in WRITTEN}

    def written(self, since: Mapping[Table, int]) -> Counter[str]:
        """Count the lines that came since then, by all that they say."""
        with self.room.desk.context.transaction() as session:
            return Counter(
                f"{t.__tablename__} {_said(row)}"
                for t, last in since.items()
                for row in session.scalars(select(t).where(t.id > last))
            )


def _said(row: Any) -> dict[str, Any]:
    """Return what a row says, but for its own number and how it is sealed."""
    names = inspect(type(row)).columns.keys()
    return {name: getattr(row, name) for name in names if name not in _APART}


@pytest.fixture(scope="module")
def pair(shared_database_url: str) -> Iterator[Pair]:
    """Two replicas for all tests."""
    with (
        Sandbox(MANIFEST, EXAMPLE) as slack,
        open_desk(shared_database_url) as room,
        open_desk(shared_database_url, room.clock) as other,
    ):
        room.arrive(OURS)
        yield Pair(room, replica(other, slack), replica(room, slack))


def _must_be_one(pair: Pair, since: Mapping[Table, int], first: Any, late: Any) -> None:
    assert late == first
    if isinstance(first, dict):
        assert first.get("response_action") in (None, "update"), first
        assert "alert" not in str(first)
    twice = {said: times for said, times in pair.written(since).items() if times > 1}
    assert twice == {}


@pytest.mark.long
@pytest.mark.parametrize("scene", EVERYTHING)
def test_the_second_reads_the_answer_of_the_first_whenever_they_meet(
    pair: Pair, scene: Scene
) -> None:
    for reads in MEETINGS:
        act = scene(pair.room, numbers_nobody_has())
        since = pair.newest()
        answers = overtaken(pair.first, pair.second, act, reads)
        if answers is None:
            assert reads > 1, "they never met"
            break
        _must_be_one(pair, since, *answers)


@pytest.mark.parametrize("scene", EVERYTHING)
def test_two_that_arrive_at_once_and_one_that_is_late_are_one(pair: Pair, scene: Scene) -> None:
    act = scene(pair.room, numbers_nobody_has())
    since = pair.newest()
    one, other = at_once(pair.first, pair.second, act)
    _must_be_one(pair, since, one, other)
    _must_be_one(pair, since, one, act(pair.first))


def test_every_form_is_sent_twice_here() -> None:
    for route in ROUTES:
        if route.kind == "view":
            pattern = route.id if isinstance(route.id, re.Pattern) else re.compile(route.id)
            assert any(map(pattern.fullmatch, FORMS)), route.id
