"""What the product said to Slack during a run of the tests, taken apart for the judges."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.recording import likeness

Json = Any
MESSAGES: Final = frozenset({"chat.postMessage", "chat.update", "chat.postEphemeral"})
OPTIONS: Final = "ack:block_suggestion"


@dataclass(frozen=True)
class Payload:
    """One payload; `inputs` are the questions of the form that it acknowledges."""

    kind: str
    name: str
    body: Json
    test: str = ""
    inputs: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What a finding calls it."""
        return f"{self.kind} {self.name}" + (f" ({self.test})" if self.test else "")

    @property
    def is_acknowledgement(self) -> bool:
        """Whether it answers Slack, with something other than a list of options."""
        return self.kind.startswith("ack:") and self.kind != OPTIONS

    @property
    def is_message(self) -> bool:
        """Whether it is shown in a conversation."""
        said = self.kind == "response_url" or (self.kind == "ack:command" and self.body)
        return bool(said) or (self.kind == "web_api" and self.name in MESSAGES)

    @property
    def view(self) -> tuple[str, Json] | None:
        """The window that it brings, with the JSON pointer to it."""
        holder = self.body if isinstance(self.body, dict) else {}
        return ("/view", holder["view"]) if "view" in holder else None


@dataclass(frozen=True)
class Finding:
    """What a judge has against a payload; `pointer` leads to it from the payload's top."""

    judge: str
    payload: Payload
    pointer: str
    words: str

    def __str__(self) -> str:
        return f"{self.judge}: {self.payload.title} {self.pointer or '/'}: {self.words}"


def load(folder: Path) -> list[Payload]:
    """Read the files of all processes of a run; what several of them have is taken once."""
    found: dict[str, Payload] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            inputs = tuple(row.get("inputs", ()))
            payload = Payload(row["kind"], row["name"], row["payload"], row["test"], inputs)
            found.setdefault(_key(payload), payload)
    return list(found.values())


def _key(payload: Payload) -> str:
    return json.dumps([payload.kind, payload.name, likeness(payload.body)], sort_keys=True)


def counted(payloads: Iterable[Payload]) -> str:
    """Say how many of each sort there are; a message or a window may be an acknowledgement too."""
    every = list(payloads)
    counts = {
        "windows": sum(p.view is not None for p in every),
        "messages": sum(p.is_message for p in every),
        "acknowledgements": sum(p.is_acknowledgement for p in every),
        "option lists": sum(p.kind == OPTIONS for p in every),
        "other calls": sum(
            p.kind == "web_api" and not p.is_message and p.view is None for p in every
        ),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def objects(value: Json, pointer: str = "", key: str = "") -> Iterator[tuple[str, Json, str]]:
    """Yield every object inside a payload as kind, object and JSON pointer.

    The kind is its `type`, or the key under which a composition object stands.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from objects(item, f"{pointer}/{index}", key)
    elif isinstance(value, dict):
        yield str(value.get("type") or _COMPOSED.get(key, "")), value, pointer
        for name, inner in value.items():
            yield from objects(inner, f"{pointer}/{name}", name)


_COMPOSED: Final = {
    "options": "option",
    "initial_option": "option",
    "initial_options": "option",
    "option_groups": "option_group",
    "confirm": "confirmation",
}
