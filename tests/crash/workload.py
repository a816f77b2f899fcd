"""Changes that owe notices, and what Slack must have in the end: each once, in order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import func, select

from bot.cli.sandbox_workspace import EXAMPLE
from bot.desk.core.context import Busy
from bot.desk.core.history import record_event as write_down
from bot.desk.core.references import reference
from bot.desk.drafts.draft_facts import Typing
from bot.desk.notifications.announcements import announce_event
from bot.domain.cases.case import CaseFacts
from bot.domain.cases.kinds import EventKind, Kind
from bot.domain.cases.workflow import Status
from bot.domain.intake.intake import Platform
from bot.service.offline import wall_clock
from bot.service.settings import Settings
from bot.service.wiring import Service
from bot.store.models.cases import Case
from bot.store.models.deliveries import Delivery
from slack_sandbox import Person, Sandbox, User
from slack_sandbox.state.workspace import Workspace
from tests.journeys.cases import FIELDS
from tests.journeys.requests import UNDATED
from tests.office import ANNA, CHANNEL, ROSA

# Statuses that a case passes through again and again; the headline must show the last one.
ROUND = (Status.SUBMITTED, Status.PENDING_DOCUMENTS, Status.SUBMITTED, Status.CHANGE_REQUESTED)
TRIES = 30
UPDATES = ("headline", "card", "checklist_update")


def crowd(count: int) -> Workspace:
    """Return the sandbox's workspace with so many more people in the desk's channel."""
    usual = EXAMPLE
    added = tuple(User(f"U0MORE{n:04}", f"more{n}", f"Person {n}") for n in range(count))
    desk, *others = usual.channels
    members = (*desk.members, *(user.id for user in added))
    users = (*usual.users, *added)
    return replace(usual, users=users, channels=(replace(desk, members=members), *others))


@dataclass
class Workload:
    """Writes changes to the database as the desk does, from outside of the replicas."""

    service: Service
    slack: Sandbox

    @classmethod
    def on(cls, settings: Settings, slack: Sandbox) -> "Workload":
        """Take a desk that never starts its worker; a replica must have run once before."""
        return cls(Service(settings), slack)

    def open_cases(self, people: Sequence[str]) -> list[int]:
        """Open one case for each of these people."""
        return [self._open_case(person) for person in people]

    def _open_case(self, person: str) -> int:
        room, now = self.service.desk.context, wall_clock()
        with room.transaction() as session:
            case = Case(
                kind=Kind.PORT_IN,
                platform=Platform.CONNECT,
                status=Status.SUBMITTED,
                requester=person,
                filing_key=f"crash:{person}",
                losing_carrier="Old Telephone Co",
                fields={"platform": "connect", "country": "US", "customer_name": "Harbour Bakery"},
                sealed=room.cipher.seal({}),
                created_at=now,
                changed_at=now,
                time_zone="America/New_York",
            )
            session.add(case)
            session.flush()
            return case.id

    def change(self, cases: Iterable[int], turns: int) -> int:
        """Change every case so many times; returns how many notices are owed."""
        owed = 0
        for turn in range(turns):
            for case_id in cases:
                _insist(partial(self._change, case_id, turn))
                owed += 2
        return owed

    def _change(self, case_id: int, turn: int) -> None:
        room, now = self.service.desk.context, wall_clock()
        with room.transaction() as session:
            case = session.get_one(Case, case_id)
            origin, case.status = case.status, ROUND[turn % len(ROUND)]
            case.changed_at = now
            event = write_down(session, case, now, ANNA, EventKind.STATUS, f"turn {turn}")
            event.origin, event.target = origin, case.status
            announce_event(session, case, event)

    def file(self, numbers: str) -> CaseFacts:
        """File a request, which owes a letter."""
        dated = {"requested_date", "requested_time"}
        fields = {k: v for k, v in (FIELDS | UNDATED).items() if k not in dated}
        fields["numbers"] = numbers
        typing = Typing("V0CRASH", "review", fields, 0.0, settled=True)
        draft = self.service.desk.drafts.save(ROSA, typing)
        return self.service.desk.filing.file(ROSA, draft.id).cases[0]

    def letters(self, case: CaseFacts) -> list[str]:
        """Name the letters of a case that its requester sees."""
        messages = Person(self.slack.url, case.requester, CHANNEL).dm()
        files = [file["name"] for message in messages for file in message.get("files") or ()]
        return [name for name in files if name.endswith(".pdf")]

    def undelivered(self) -> int:
        """Count what is still owed."""
        with self.service.desk.context.transaction() as session:
            query = select(func.count()).select_from(Delivery).where(Delivery.done_at.is_(None))
            return int(session.scalar(query) or 0)

    def faults(self) -> list[str]:
        """Name everything that Slack has twice, not at all, in the wrong order or out of date."""
        return [*self._counted(), *self._ordered(), *self._headlines()]

    def _posts(self) -> list[tuple[str, str]]:
        """Return channel and key of every post that Slack ever took, in its order."""
        return [(post["channel"], _key(post)) for post in self.slack.record if _key(post)]

    def _counted(self) -> list[str]:
        with self.service.desk.context.transaction() as session:
            rows = session.execute(select(Delivery.key, Delivery.kind, Delivery.failed)).all()
        times = Counter(key for _, key in self._posts())
        # A headline or card is posted by the first delivery that finds none, and updated then.
        wanted = {key for key, kind, _ in rows if kind not in UPDATES}
        twice = [f"{key}: {n} times" for key, n in times.items() if n > 1]
        lost = [f"{key}: never" for key in sorted(wanted - set(times))]
        # An update that a later one has overtaken is not made, which is as it should be.
        failed = [f"{key}: {why}" for key, kind, why in rows if why and kind not in UPDATES]
        return twice + lost + failed

    def _ordered(self) -> list[str]:
        with self.service.desk.context.transaction() as session:
            rows = session.execute(select(Delivery.key, Delivery.stream, Delivery.id)).all()
        places = {row.key: (row.stream, row.id) for row in rows}
        by_stream: dict[str, list[int]] = defaultdict(list)
        for _, key in self._posts():
            stream, rank = places[key]
            by_stream[stream].append(rank)
        return [f"{name}: out of order" for name, ids in by_stream.items() if ids != sorted(ids)]

    def _headlines(self) -> list[str]:
        messages = Person(self.slack.url, ANNA, CHANNEL).messages()
        tops = [m["text"] for m in messages if m["thread_ts"] is None]
        words = self.service.desk.words
        with self.service.desk.context.transaction() as session:
            cases = session.execute(select(Case.id, Case.status)).all()
        wanted = {
            reference(id_): words.sentence("statuses", status or "NONE") for id_, status in cases
        }
        return [
            f"{name}: {[t for t in tops if t.startswith(name)]}, not {label}"
            for name, label in wanted.items()
            if [label in t for t in tops if t.startswith(f"{name} ")] != [True]
        ]


def _insist(work: Callable[[], None]) -> None:
    """Do what a person does who is told to try again: nothing of the first time was kept."""
    for _ in range(TRIES):
        try:
            return work()
        except Busy:
            continue
    return work()


def _key(post: dict[str, Any]) -> str:
    return str(post.get("metadata", {}).get("event_payload", {}).get("key", ""))
