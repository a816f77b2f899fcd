"""Reads what Slack sends of an open page: which draft, which page, and all that is typed.

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

from bot.desk.drafts.draft_facts import Typing
from bot.slack.bolt.payload import Payload, acted_at, row, user_id, view_values
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.question import Kind
from bot.slack.modals.wizard.form import Form

ON_FILE: Final = "on_file_"
Blocks = Mapping[str, Payload]


@dataclass(frozen=True)
class OpenPage:
    """An open page of a form, as somebody acted on it.

    `shape` has its questions and whether each must be answered. `amends` is the case that is
    changed, "" where none is, and None where the window does not say.
    """

    form: Form
    who: str
    at: float
    view_id: str
    root_id: str
    hash: str
    step: str
    fields: Mapping[str, Any]
    shape: tuple[tuple[str, bool], ...]
    draft_id: int | None = None
    amends: str | None = ""
    emptied: frozenset[str] = frozenset()
    inputs: Mapping[str, str] = field(default_factory=dict)

    def typing(self, zone: str, **more: Any) -> Typing:
        """Return what is typed, as the desk keeps it; a new draft brings the desk's zone along.

        `more` fields win over those of the page.
        """
        fresh = {} if self.draft_id else {"kind": self.form.kind.value, "time_zone": zone}
        fields = {**fresh, **self.fields, **more}
        return Typing(
            self.root_id, self.step, fields, self.at, view_hash=self.hash, emptied=self.emptied
        )

    @property
    def shown(self) -> frozenset[str]:
        """The questions that the page shows."""
        return frozenset(name for name, _ in self.shape)

    @property
    def fresh_inputs(self) -> Mapping[str, str]:
        """The action ids of the page's file inputs when it is painted again: empty ones."""
        chosen = {name: self.fields[name][0]["id"] for name in self.inputs if name in self.fields}
        return {**self.inputs, **{name: f"{name}:{file}" for name, file in chosen.items()}}


def ids_of(form: Form, state: FormState) -> str:
    """Return the ids that travel with a window; values never do.

    `kept` names the questions that keep their answer when they are left empty.
    """
    if form.short_ids:
        return str(state.draft_id or "")
    kept = [field.name for field in form.fields if field.is_long(state.text(field.name))]
    return json.dumps({"draft": state.draft_id, "amends": state.amends, "kept": kept})


def _ids(view: Payload) -> Mapping[str, Any]:
    """Return the ids of a view; of one that is not ours, a draft that there is not."""
    try:
        ids = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, RecursionError):
        ids = None
    known = {"draft": ids if isinstance(ids, int) else 0}
    return ids if isinstance(ids, dict) else known


def _kept(form: Form, ids: Mapping[str, Any], asked: Blocks) -> frozenset[str]:
    """Return the questions that keep their answer when left empty: it is too long to be shown."""
    if form.short_ids:
        lists = {field.name for field in form.fields if field.kind is Kind.LONG}
        return frozenset(name for name in lists & asked.keys() if asked[name].get("optional"))
    kept = ids.get("kept")
    return frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()


def read_page(form: Form, body: Payload) -> OpenPage:
    """Read the payload of a click, an answer or a whole page."""
    view, ids = body["view"], _ids(body["view"])
    asked = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    inputs = {name: asked[name]["element"]["action_id"] for name in form.files & asked.keys()}
    kept, fields = inputs.keys() | _kept(form, ids, asked), view_values(view)
    return OpenPage(
        form, user_id(body), acted_at(body), view["id"],
        root_id=view.get("root_view_id") or view["id"],
        hash=view.get("hash", ""),
        step=form.step_called(view["callback_id"].removeprefix(form.ids.page)),
        fields={name: value for name, value in fields.items() if value or name not in kept},
        shape=tuple((name, not block.get("optional")) for name, block in asked.items()),
        draft_id=None if ids.get("draft") is None else row(ids["draft"]),
        amends=None if form.short_ids else str(ids.get("amends") or ""),
        emptied=_emptied(view, inputs, fields),
        inputs=inputs,
    )  # fmt: skip


def _emptied(view: Payload, inputs: Mapping[str, str], fields: Mapping[str, Any]) -> frozenset[str]:
    """Return the questions for files that are empty, and have none on file."""
    shown = {block.get("block_id") for block in view["blocks"]}
    return frozenset(
        name for name in inputs if not fields.get(name) and f"{ON_FILE}{name}" not in shown
    )
