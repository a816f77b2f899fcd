"""Reads what Slack sends of an open modal: which draft, which step, and all that is typed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.desk.drafts import Typing
from bot.slack.intake.fields import FILE_FIELDS, Step
from bot.slack.intake.sheet import Sheet
from bot.slack.payload import Payload, typed

CALLBACK: Final = "intake_"


@dataclass(frozen=True)
class Form:
    """An open modal. `shape` has its questions and whether each must be answered."""

    view_id: str
    root_id: str
    hash: str
    step: Step
    fields: Mapping[str, Any]
    shape: tuple[tuple[str, bool], ...]
    draft_id: int | None = None
    amends: str = ""

    def typing(self, at: float, **more: Any) -> Typing:
        """Return what is typed, as the desk keeps it; `at` in Unix seconds, `more` fields win."""
        fields = {**self.fields, **more}
        return Typing(self.root_id, self.step, fields, at, view_hash=self.hash)

    @property
    def shown(self) -> frozenset[str]:
        """The questions that the modal shows."""
        return frozenset(name for name, _ in self.shape)

    @property
    def held(self) -> frozenset[str]:
        """The questions whose files the modal still shows by itself."""
        return FILE_FIELDS & self.fields.keys()


def ids_of(sheet: Sheet, kept: list[str]) -> str:
    """Return the ids that travel with a modal; values never do.

    `kept` names the questions that keep their answer when they are left empty.
    """
    return json.dumps({"draft": sheet.draft_id, "amends": sheet.amends, "kept": kept})


def read_form(view: Payload) -> Form:
    """Read the view of a payload."""
    ids = json.loads(view.get("private_metadata") or "{}")
    kept = FILE_FIELDS | set(ids.get("kept", ()))
    fields = typed(view)
    return Form(
        view_id=view["id"],
        root_id=view.get("root_view_id") or view["id"],
        hash=view.get("hash", ""),
        step=Step(view["callback_id"].removeprefix(CALLBACK)),
        fields={name: value for name, value in fields.items() if value or name not in kept},
        shape=tuple(
            (block["block_id"], not block.get("optional"))
            for block in view["blocks"]
            if block["type"] == "input"
        ),
        draft_id=ids.get("draft"),
        amends=ids.get("amends", ""),
    )
