"""The pages of a form as Slack shows them."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ConfirmObject,
    MarkdownTextObject,
)

from bot.desk.drafts.draft_facts import DraftFacts
from bot.domain.cases.case import CaseFacts
from bot.domain.findings.finding import Finding
from bot.domain.rulebook.rulebook import Report
from bot.slack.blocks.alerts import alert
from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.dates import for_reader
from bot.slack.blocks.findings import listed
from bot.slack.blocks.fitting import ButtonElement, ContextBlock, View
from bot.slack.modals.filled_form import FormState, form_state_of
from bot.slack.modals.question import Kind
from bot.slack.modals.wizard.form import Form
from bot.slack.modals.wizard.open_page import ids_of
from bot.slack.modals.wizard.question_blocks import WORDS, question_blocks
from bot.wording.templates import Templates


def opening_view(words: Templates, form: Form, left: DraftFacts | None, state: FormState) -> View:
    """Return the first page, or the choice to go on with a request that was left behind."""
    first = form.steps[0]
    return page_view(words, form, state, first) if left is None else left_view(words, form, left)


def left_view(words: Templates, form: Form, left: DraftFacts) -> View:
    """Return the choice between a left request and a new one.

    It has no questions, because Slack would keep what they hold over the continued page.
    """
    state = form_state_of(left)
    told = words.mrkdwn(form.wording.left, saved=for_reader(left.saved_at), state=state)
    blocks = [section(told), _ways_on(words, form, str(left.id))]
    return modal(words, form, state, form.steps[0], blocks, submit=None)


def _ways_on(words: Templates, form: Form, draft: str) -> Block:
    say = words.table(WORDS)

    def button(name: str, **more: Any) -> ButtonElement:
        action = f"{form.ids.button}{name}"
        return ButtonElement(text=say[name], action_id=action, value=draft, **more)

    sure = ConfirmObject(
        title=say["discard_title"],
        text=say["discard_text"],
        confirm=say["discard_yes"],
        deny=say["discard_no"],
        style="danger",
    )
    ways = [button("continue", style="primary"), button("new"), button("discard", confirm=sure)]
    return ActionsBlock(block_id="left", elements=ways)


def resumed_view(words: Templates, form: Form, draft: DraftFacts, state: FormState) -> View:
    """Return the page of a draft where its owner stopped."""
    step = draft.step if draft.step in form.asking else form.steps[0]
    return page_view(words, form, state, step)


def amendment_view(words: Templates, form: Form, draft: DraftFacts) -> View:
    """Return the first page of Change details, with what the case says now."""
    return page_view(words, form, form_state_of(draft), form.steps[0])


def page_with(
    words: Templates, form: Form, state: FormState, step: str, faults: Sequence[Finding]
) -> View:
    """Return a page with its faults listed on top."""
    told = listed(words, "intake/faults.j2", faults)
    return page_view(words, form, state, step, told, form.looks.beside(words, state, faults))


def page_view(
    words: Templates,
    form: Form,
    state: FormState,
    step: str,
    faults: str = "",
    beside: Sequence[Block] = (),
) -> View:
    """Return one page of questions; `faults` (mrkdwn) stand in an alert on top of `beside`."""
    blocks: list[Block] = [*beside, _progress(words, form, state, step)]
    if faults:
        blocks[:0] = alert(faults, "error")
    for field in form.asked(step, state):
        blocks += question_blocks(words, form, state, field)
    if step != form.steps[0]:
        blocks.append(_back(words, form))
    return modal(words, form, state, step, blocks, words.table(WORDS)["next"])


def modal(
    words: Templates,
    form: Form,
    state: FormState,
    step: str,
    blocks: Sequence[Block],
    submit: str | None,
) -> View:
    """Put blocks into the form's frame."""
    return View(
        type="modal",
        callback_id=f"{form.ids.page}{step}",
        title=_title(words, form, state.amends),
        submit=submit,
        close=words.table(WORDS)["close"],
        private_metadata=ids_of(form, state),
        blocks=blocks,
    )


def _title(words: Templates, form: Form, reference: str) -> str:
    if reference:
        return words.sentence(WORDS, "title_change", reference=reference)
    return words.sentence(form.wording.sentences, "title")


def _progress(words: Templates, form: Form, state: FormState, step: str) -> Block:
    """Return the line that tells where one is, and that nothing is lost."""
    name = words.table(form.wording.sentences)[f"name_{step}"]
    shown = {step, *form.shown(state)}
    asked = [other for other in form.asking if other in shown]
    place = asked.index(step) + 1
    lines = [words.sentence(WORDS, "step", place=place, count=len(asked), name=name)]
    lines += form.looks.notes(words, state, step)
    kept = "kept_change" if state.amends else "kept"
    lines.append(words.sentence(WORDS, kept, command=form.ids.command))
    if any(f.kind is Kind.FILES for f in form.asked(step, state)) and not state.amends:
        lines.append(words.table(WORDS)["kept_files"])
    return context(*lines)


def context(*lines: str, block_id: str | None = None) -> ContextBlock:
    """Return lines of mrkdwn in small letters."""
    return ContextBlock(
        block_id=block_id, elements=[MarkdownTextObject(text=line) for line in lines]
    )


def _back(words: Templates, form: Form, *more: str) -> Block:
    """Return the way back, which keeps what is typed, and `more` ways beside it."""
    texts = words.table(form.wording.sentences) | words.table(WORDS)
    ways = [
        ButtonElement(text=texts[name], action_id=f"{form.ids.button}{name}")
        for name in ("back", *more)
    ]
    return ActionsBlock(block_id="back", elements=ways)


def review_view(
    words: Templates, form: Form, state: FormState, report: Report, linked: Sequence[str] = ()
) -> View:
    """Return the page that shows what will be filed, and what is worth a look before."""
    say = words.table(WORDS)
    ways = [name for name, is_there in form.ways.items() if is_there(state)]
    blocks: list[Block] = [
        context(say["last_look"]),
        *form.looks.summary(words, state, report, linked),
        _back(words, form, *ways),
    ]
    submit = say["save" if state.amends else "file"]
    return modal(words, form, state, form.steps[-1], blocks, submit)


def worth_a_look(words: Templates, warnings: Sequence[Finding]) -> list[Block]:
    """Return what stands in the way of nothing, but often goes wrong."""
    return alert(listed(words, "intake/warnings.j2", warnings), "warning") if warnings else []


def filed_view(words: Templates, form: Form, cases: Sequence[CaseFacts]) -> View:
    """Return the page that says what became of a request."""
    return _told(words, form, words.mrkdwn(form.wording.filed, cases=cases))


def changed_view(words: Templates, form: Form, case: CaseFacts) -> View:
    """Return the page that says that a case was changed."""
    told = words.mrkdwn(form.wording.changed, reference=case.reference)
    return _told(words, form, told, case.reference)


def _told(words: Templates, form: Form, told: str, reference: str = "") -> View:
    return View(
        type="modal",
        callback_id=form.ids.told,
        title=_title(words, form, reference),
        close=words.table(WORDS)["done"],
        blocks=[section(told)],
    )
