"""Reads what Slack sends of the open form of /port-out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.desk.drafts.drafts import Typing
from bot.slack.bolt.answers import one_of
from bot.slack.bolt.payload import Payload, row, view_values
from bot.slack.ids import OUT_FIELD, OUT_PAGE
from bot.slack.port_out.questions import LONG, Step

CALLBACK: Final = OUT_PAGE
ACTION: Final = OUT_FIELD


@dataclass(frozen=True)
class Form:
    """The open modal: which draft, which page, and all that is typed."""

    view_id: str
    root_id: str
    hash: str
    page: Step
    fields: Mapping[str, Any]
    draft_id: int | None

    def typing(self, at: float, zone: str, emptied: frozenset[str] = frozenset()) -> Typing:
        """Return what is typed, as the desk keeps it; a new draft brings the desk's zone along."""
        fresh = {} if self.draft_id else {"kind": "port_out", "time_zone": zone}
        fields = {**fresh, **self.fields}
        return Typing(self.root_id, self.page, fields, at, view_hash=self.hash, emptied=emptied)


def read_form(view: Payload) -> Form:
    """Read the view of a payload; one that is not ours points to no draft."""
    draft = view.get("private_metadata") or ""
    kept = _kept(view)
    return Form(
        view_id=view["id"],
        root_id=view.get("root_view_id") or view["id"],
        hash=view.get("hash", ""),
        page=one_of(Step, view["callback_id"].removeprefix(CALLBACK)),
        fields={n: value for n, value in view_values(view).items() if value or n not in kept},
        draft_id=row(draft) if draft else None,
    )


def _kept(view: Payload) -> frozenset[str]:
    """Return the questions that keep their answer when left empty: it is too long to be shown."""
    inputs = (block for block in view["blocks"] if block["type"] == "input")
    return frozenset(b["block_id"] for b in inputs if b.get("optional")) & frozenset(LONG)
