"""A porting office for tests: the little Slack, the real desk on it, and people who use both."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox import sandbox_settings
from bot.cli.sandbox_workspace import EXAMPLE
from bot.service.settings import Settings
from bot.service.wiring import Pace, Service
from slack_sandbox import AdjustableClock, Enforce, Person, Sandbox
from slack_sandbox.state.workspace import Workspace
from tests.patience import PATIENCE
from tests.recording import recorded

CHANNEL = "number-porting"
FAST = Pace(
    sweep_seconds=1,
    posts_per_second=None,
    slow_retry_seconds=0.5,
    poll_seconds=0.08,
    patience=timedelta(seconds=1.5),
)
# A Monday without holidays around it.
MONDAY = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)
ROSA, MATEO, ANNA, TOM = "U0ROSA0001", "U0MATEO001", "U0ANNA0001", "U0TOM00001"
Message = dict[str, Any]


@dataclass
class Office:
    """One little Slack with one desk. People: Rosa and Mateo ask, Anna and Tom are agents."""

    slack: Sandbox
    service: Service
    clock: AdjustableClock
    settings: Settings
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, user: str) -> Person:
        """Return a person at their Slack, in the desk's channel."""
        return self.people.setdefault(user, Person(self.slack.url, user, CHANNEL))

    @property
    def rosa(self) -> Person:
        """A requester."""
        return self.person(ROSA)

    @property
    def mateo(self) -> Person:
        """Another requester."""
        return self.person(MATEO)

    @property
    def anna(self) -> Person:
        """An agent."""
        return self.person(ANNA)

    @property
    def tom(self) -> Person:
        """Another agent."""
        return self.person(TOM)


@contextmanager
def open_office(
    folder: Path,
    at: datetime = MONDAY,
    workspace: Workspace = EXAMPLE,
    pace: Pace = FAST,
    rates: Enforce = Enforce.NONE,
    manifest: Path | Mapping[str, Any] = MANIFEST,
    **changes: Any,
) -> Iterator[Office]:
    """Open an office with a database of its own in `folder`; `changes` are settings."""
    clock = AdjustableClock()
    clock.move_to(at)
    slack = recorded(Sandbox(manifest, workspace, clock, enforce_rates=rates))
    with slack:
        settings = sandbox_settings(slack, folder).model_copy(update=changes)
        service = Service(settings, clock, pace)
        try:
            service.start()
            yield Office(slack, service, clock, settings)
        finally:
            service.stop(patience=0)


def shown(message: Message) -> str:
    """Return everything that a message shows, as one text."""
    parts = [message["text"]]
    for block in message["blocks"]:
        parts += [block.get("text", {}).get("text", "")]
        parts += [piece.get("text", "") for piece in block.get("fields", [])]
        if block["type"] == "context":
            parts += [piece.get("text", "") for piece in block["elements"]]
    return "\n".join(part for part in parts if isinstance(part, str))


def buttons(message: Message) -> list[str]:
    """Return the texts of a message's buttons, in their order."""
    elements = [e for block in message["blocks"] for e in block.get("elements", [])]
    elements += [block["accessory"] for block in message["blocks"] if block.get("accessory")]
    return [e["text"]["text"] for e in elements if e.get("type") == "button"]


def copied(view: Message) -> list[str]:
    """Return what can be copied from a window."""
    texts = [block["text"]["text"] for block in view["blocks"] if block.get("text")]
    return [text for text in texts if text.startswith("```")]


def answered(person: Person, command: str) -> str:
    """Type a command and return what only this person sees, whatever is posted meanwhile."""
    before = _whispers(person)
    person.command(command)
    return "\n".join(shown(message) for message in _whispers(person)[len(before) :])


def _whispers(person: Person) -> list[Message]:
    return [message for message in person.messages() if message["ephemeral"]]


def headline(person: Person, reference: str = "PRT-1001", says: str = "") -> Message:
    """Wait for a case's headline in the channel (once it says something), and return it."""
    return _awaited(
        person,
        lambda: (
            m
            for m in person.messages()
            if m["thread_ts"] is None
            and m["text"].startswith(reference)
            and "porting day" not in m["text"]
            and says in shown(m)
        ),
    )


def private(person: Person, says: str) -> Message:
    """Wait for the newest private message to a person that says something, and return it."""
    return _awaited(person, lambda: (m for m in reversed(person.dm()) if says in shown(m)))


def posted(person: Person, says: str) -> Message:
    """Wait for the newest message in the channel that says something, threads included."""
    return _awaited(person, lambda: (m for m in reversed(person.messages()) if says in shown(m)))


def _awaited(person: Person, look: Callable[[], Iterator[Message]]) -> Message:
    def found(_state: Message) -> Message:
        return next(look(), {})

    return person.wait_for(found, PATIENCE)
