"""Desks without a worker, several on one database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from bot.desk.cases.transition_requirements import TransitionInput
from bot.desk.desk import Desk
from bot.desk.drafts.draft_facts import Typing
from bot.desk.letters.letters import SignedLetter
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.workflow import Status
from bot.service.wiring import Service
from slack_sandbox import AdjustableClock, Sandbox
from tests.journeys.cases import DETAILS, FIELDS, TODAY
from tests.office import ANNA, MONDAY, ROSA
from tests.recording import recorded


@dataclass
class Replicas:
    """Three desks that share a database and a clock."""

    services: list[Service]
    clock: AdjustableClock

    @property
    def desks(self) -> list[Desk]:
        """The desks."""
        return [service.desk for service in self.services]

    @property
    def first(self) -> Desk:
        """Any of them."""
        return self.services[0].desk

    def draft(self, numbers: str, who: str = ROSA, **changes: Any) -> int:
        """Leave a request that can be filed as it is."""
        fields = FIELDS | changes | {"numbers": numbers}
        return self.first.drafts.save(
            who, Typing(f"V{uuid4().hex[:12]}", "review", fields, 0.0, settled=True)
        ).id

    def submitted(self, numbers: str, signed_on: date = TODAY) -> CaseFacts:
        """Return a case that a carrier has."""
        case = self.first.filing.file(ROSA, self.draft(numbers)).cases[0]
        scan = {"id": f"F{uuid4().hex[:9]}", "name": "signed.pdf", "size": 1}
        case = self.first.letters.signed(ROSA, case.id, SignedLetter(1, signed_on, "ink", [scan]))
        return self.moved(case, Status.SUBMITTED)

    def moved(
        self, case: CaseFacts, target: Status, details: TransitionInput | None = None
    ) -> CaseFacts:
        """Move a case."""
        wanted = details or DETAILS.get(target, TransitionInput(why="Because"))
        return self.first.transitions.move(ANNA, case.id, case.version, target, wanted)


@pytest.fixture
def replicas(tmp_path: Path, database_url: str) -> Iterator[Replicas]:
    """Three desks; nothing is delivered."""
    clock = AdjustableClock(MONDAY)
    with recorded(Sandbox(MANIFEST, EXAMPLE, clock=clock)) as slack:
        settings = sandbox_settings(slack, tmp_path).model_copy(
            update={"database_url": database_url}
        )
        services = [Service(settings, clock) for _ in range(3)]
        yield Replicas(services, clock)
        for service in services:
            service.engine.dispose()
