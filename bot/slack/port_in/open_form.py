"""Reads what Slack sends of an open modal: which draft, which step, and all that is typed.

Slack sends nothing when a file is chosen or taken back: it is learnt from whatever comes next.
What a page shows is what counts. A file is either in the input, where only the person puts it and
takes it away, or on file, with a button that removes it. Whenever the page is painted again, the
files of its inputs move there and the inputs get new action ids, so that it does not matter
whether Slack's client keeps a chosen file over `views.update`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.desk.drafts.drafts import Typing
from bot.slack.bolt.answers import one_of
from bot.slack.bolt.payload import Payload, row, view_values
from bot.slack.ids import INTAKE_PAGE
from bot.slack.modals.form_state import FormState
from bot.slack.port_in.questions import FILE_FIELDS, Step

CALLBACK: Final = INTAKE_PAGE
ON_FILE: Final = "on_file_"


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
    emptied: frozenset[str] = frozenset()
    inputs: Mapping[str, str] = field(default_factory=dict)

    def typing(self, at: float, **more: Any) -> Typing:
        """Return what is typed, as the desk keeps it; `at` in Unix seconds, `more` fields win."""
        fields = {**self.fields, **more}
        return Typing(
            self.root_id, self.step, fields, at, view_hash=self.hash, emptied=self.emptied
        )

    @property
    def shown(self) -> frozenset[str]:
        """The questions that the modal shows."""
        return frozenset(name for name, _ in self.shape)

    @property
    def fresh_inputs(self) -> Mapping[str, str]:
        """The action ids of the page's file inputs when it is painted again: empty ones."""
        chosen = {name: self.fields[name][0]["id"] for name in self.inputs if name in self.fields}
        return {**self.inputs, **{name: f"{name}:{file}" for name, file in chosen.items()}}


def ids_of(state: FormState, kept: list[str]) -> str:
    """Return the ids that travel with a modal; values never do.

    `kept` names the questions that keep their answer when they are left empty.
    """
    return json.dumps({"draft": state.draft_id, "amends": state.amends, "kept": kept})


def _ids(view: Payload) -> Mapping[str, Any]:
    """Return the ids of a view; of one that is not ours, a draft that there is not."""
    try:
        ids = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, RecursionError):
        ids = None
    return ids if isinstance(ids, dict) else {"draft": 0}


def _kept(ids: Mapping[str, Any]) -> frozenset[str]:
    kept = ids.get("kept")
    return frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()


def read_form(view: Payload) -> Form:
    """Read the view of a payload."""
    ids = _ids(view)
    asked = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    inputs = {name: asked[name]["element"]["action_id"] for name in FILE_FIELDS & asked.keys()}
    kept, fields = inputs.keys() | _kept(ids), view_values(view)
    shown = {block.get("block_id") for block in view["blocks"]}
    return Form(
        view_id=view["id"],
        root_id=view.get("root_view_id") or view["id"],
        hash=view.get("hash", ""),
        step=one_of(Step, view["callback_id"].removeprefix(CALLBACK)),
        fields={name: value for name, value in fields.items() if value or name not in kept},
        shape=tuple((name, not block.get("optional")) for name, block in asked.items()),
        draft_id=None if ids.get("draft") is None else row(ids["draft"]),
        amends=str(ids.get("amends") or ""),
        emptied=frozenset(
            name for name in inputs if not fields.get(name) and f"{ON_FILE}{name}" not in shown
        ),
        inputs=inputs,
    )
