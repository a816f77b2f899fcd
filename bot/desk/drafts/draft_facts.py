"""A draft as its owner sees it, and what a modal holds at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.desk.core.form_fields import files_now
from bot.domain.cases.case import SECRET_FIELDS
from bot.domain.cases.kinds import Kind

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class DraftFacts:
    """A draft as its owner sees it; `fields` has the intake's names, secrets included.

    A change has the name of its case, and of the secrets that the case has. `filed`: or made.
    """

    id: int
    fields: Fields
    step: str
    saved_at: datetime
    amends: str = ""
    kind: str = Kind.PORT_IN
    of_case: frozenset[str] = frozenset()
    filed: bool = False

    @property
    def shown(self) -> Fields:
        """The fields that may be shown again: secrets are on file, never back in a modal."""
        return {name: value for name, value in self.fields.items() if name not in SECRET_FIELDS}

    @property
    def on_file(self) -> frozenset[str]:
        """The secrets that were typed already."""
        return frozenset(name for name in SECRET_FIELDS if self.fields.get(name))


@dataclass(frozen=True)
class Typing:
    """What a modal holds at one moment: its id, its step, its fields, and when it was typed.

    `typed_at` is Slack's timestamp of the action; an older one never overwrites a newer.
    `settled` tells that the person sent the page: it holds all that was typed into the view
    `view_hash`, whatever arrives late from it. `emptied` names what is empty now: secrets that were
    taken back, and questions for files, which count where this modal had the files.
    """

    view_id: str
    step: str
    fields: Fields
    typed_at: float
    settled: bool = False
    view_hash: str = ""
    emptied: frozenset[str] = frozenset()


def merge_typed(kept: Fields, typing: Typing) -> dict[str, Any]:
    """Lay what was typed over what was kept; an empty secret keeps the one on file."""
    typed = {
        name: value
        for name, value in typing.fields.items()
        if value or name not in SECRET_FIELDS or name in typing.emptied
    }
    files = files_now(kept, typing.fields, typing.emptied, typing.view_id)
    return {**kept, **files, **typed}
