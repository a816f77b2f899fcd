"""The description of a form of several pages: what it asks, in which words, and who takes it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot.desk.cases.filing import Filed
from bot.desk.desk import Desk
from bot.domain.cases.kinds import Kind
from bot.domain.findings.finding import Finding
from bot.domain.rulebook.rulebook import Report
from bot.errors import Refusal
from bot.slack.ids import FormIds
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.question import Condition, Field, always
from bot.slack.modals.question import Kind as Asked
from bot.wording.templates import Templates

Fields = Mapping[str, Any]
Reader = Callable[[WebClient, Fields], Fields]


class Filing(Protocol):
    """The desk's use cases for what a form hands in."""

    def review(self, who: str, draft_id: int) -> Report:
        """Judge a draft."""

    def file(self, who: str, draft_id: int) -> Filed:
        """Make a draft's cases, once. Raises `Refused` with the findings."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Where the words of a form stand: tables of sentences, and templates.

    `sentences` has its `title` and the `name_` of each page, `labels` and `hints` a row for each
    question. `left` offers a left request again, `filed` and `changed` tell what became of one.
    """

    sentences: str
    labels: str
    hints: str
    left: str
    filed: str
    changed: str


@dataclass(frozen=True, kw_only=True)
class Looks:
    """What only this form shows; each function takes the words and what the form holds.

    `summary` is the last page, for a report and the linked cases. `notes` are lines under the
    name of a page, `hint` stands under a question in place of its usual one, `around` puts more
    before and behind a question, `beside` more below the findings of a page.
    """

    summary: Callable[[Templates, FormState, Report, Sequence[str]], Sequence[Block]]
    notes: Callable[[Templates, FormState, str], Sequence[str]] = lambda _words, _state, _step: ()
    hint: Callable[[Templates, FormState, Field], str | None] = lambda _words, _state, _field: None
    around: Callable[[Templates, FormState, Field, Sequence[Block]], Sequence[Block]] = (
        lambda _words, _state, _field, blocks: blocks
    )
    beside: Callable[[Templates, FormState, Sequence[Finding]], Sequence[Block]] = (
        lambda _words, _state, _findings: ()
    )


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form. The last of its `steps` is the last look, which asks nothing.

    `start` is what a new one holds already, `only_if` says of some pages when they are shown,
    `told_on` of some findings (by code) on which other page than that of their field they stand.
    `ways` are buttons of the last page beside Back, and when they are there.

    Files: `checked` reads those of a page before it is judged (raises `Refusal` under their
    question), `suggesting` once it passed; what they return goes into the draft.

    `known` adds what the desk knows; answers of `told_of` show it at once. A page of which no
    answer changes its own questions is never painted again while somebody types: `steady`.
    `short_ids`: its windows carry the number of the draft alone.
    """

    kind: Kind
    ids: FormIds
    steps: tuple[str, ...]
    fields: tuple[Field, ...]
    filing: Callable[[Desk], Filing]
    wording: Wording
    looks: Looks
    start: Fields = field(default_factory=dict)
    only_if: Mapping[str, Condition] = field(default_factory=dict)
    told_on: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, Condition] = field(default_factory=dict)
    checked: Mapping[str, Reader] = field(default_factory=dict)
    suggesting: Mapping[str, Reader] = field(default_factory=dict)
    known: Callable[[Desk, FormState], FormState] = lambda _desk, state: state
    told_of: Collection[str] = ()
    steady: bool = False
    short_ids: bool = False

    @property
    def asking(self) -> tuple[str, ...]:
        """The pages with questions, in order."""
        return self.steps[:-1]

    @property
    def files(self) -> frozenset[str]:
        """The questions for files."""
        return frozenset(f.name for f in self.fields if f.kind is Asked.FILES)

    def step_called(self, name: str) -> str:
        """Return the page of this name. Raises `Refusal` for none."""
        if name not in self.steps:
            raise Refusal("not_ours")
        return self.steps[self.steps.index(name)]

    def asked(self, step: str, state: FormState) -> tuple[Field, ...]:
        """Return the questions of a page that apply to what is known by now."""
        return tuple(f for f in self.fields if f.step == step and f.asked(state))

    def needs(self, asked: Field, state: FormState) -> bool:
        """Say whether Slack must insist on an answer: not where an empty one keeps another."""
        kept = asked.name in state.on_file | state.of_case or asked.is_long(state.text(asked.name))
        return asked.needed(state) and not kept

    def moot(self, step: str, state: FormState) -> dict[str, str]:
        """Return empty answers for the questions of a page that fell away."""
        fallen = (f for f in self.fields if f.step == step and f.moot and not f.asked(state))
        return {f.name: "" for f in fallen if state.text(f.name)}

    def shown(self, state: FormState) -> tuple[str, ...]:
        """Return the pages for a request, in order."""
        return tuple(step for step in self.steps if self.only_if.get(step, always)(state))

    def after(self, step: str, state: FormState) -> str:
        """Return the page after this one, also where only who asked for this one is on it."""
        ahead, shown = self.steps[self.steps.index(step) + 1 :], self.shown(state)
        return next((other for other in ahead if other in shown), step)

    def before(self, step: str, state: FormState) -> str:
        """Return the page before this one; the first one stays."""
        behind, shown = reversed(self.steps[: self.steps.index(step)]), self.shown(state)
        return next((other for other in behind if other in shown), step)

    def step_of(self, finding: Finding) -> str:
        """Return the page on which a finding is told; the first one has what no page asks."""
        asking = (f.step for f in self.fields if f.name == finding.field)
        return self.told_on.get(finding.code) or next(asking, self.steps[0])

    def earliest(self, faults: Collection[Finding]) -> str:
        """Return the first page that has a fault."""
        faulty = {self.step_of(fault) for fault in faults}
        return next(step for step in self.steps if step in faulty)
