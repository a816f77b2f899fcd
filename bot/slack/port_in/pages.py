"""The pages of the form as Slack shows them."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ConfirmObject,
    DividerBlock,
    MarkdownTextObject,
)

from bot.desk.drafts.drafts import DraftFacts
from bot.domain.cases.case import SECRET_FIELDS
from bot.slack.blocks.alerts import alert
from bot.slack.blocks.dates import for_reader
from bot.slack.blocks.fitting import (
    ButtonElement,
    ContextBlock,
    InputBlock,
    SectionBlock,
    View,
)
from bot.slack.ids import Action
from bot.slack.modals.elements import element
from bot.slack.modals.form_state import FormState, form_state_of
from bot.slack.modals.question import Field, Kind
from bot.slack.port_in.open_form import CALLBACK, ON_FILE, ids_of
from bot.slack.port_in.questions import (
    ASKING,
    FILE_FIELDS,
    TYPED,
    Step,
    asked_fields,
    is_long,
    is_needed,
    steps,
)
from bot.wording.templates import Templates

SENTENCES: Final = "intake/sentences"
# What stands above the first of these questions: the part of a long page.
_PARTS: Final = {"support_plan": "connect", "bill": "papers"}


def opening_view(words: Templates, left: DraftFacts | None, state: FormState) -> View:
    """Return the first page, or the choice to go on with a request that was left behind."""
    return step_view(words, state, Step.NUMBERS) if left is None else left_view(words, left)


def left_view(words: Templates, left: DraftFacts) -> View:
    """Return the choice between a left request and a new one.

    It has no questions, because Slack would keep what they hold over the continued page.
    """
    state = form_state_of(left)
    told = words.mrkdwn(
        "intake/left.j2",
        saved=for_reader(left.saved_at),
        count=state.count,
        carrier=state.text("losing_carrier"),
    )
    blocks = [SectionBlock(text=markdown(told)), _ways_on(words, str(left.id))]
    return modal(words, state, Step.NUMBERS, blocks, submit=None)


def _ways_on(words: Templates, draft: str) -> Block:
    say = words.table(SENTENCES)

    def button(name: str, **more: Any) -> ButtonElement:
        return ButtonElement(text=say[name], action_id=f"intake_{name}", value=draft, **more)

    sure = ConfirmObject(
        title=say["discard_title"],
        text=say["discard_text"],
        confirm=say["discard_yes"],
        deny=say["discard_no"],
        style="danger",
    )
    ways = [button("continue", style="primary"), button("new"), button("discard", confirm=sure)]
    return ActionsBlock(block_id="left", elements=ways)


def amendment_view(words: Templates, draft: DraftFacts) -> View:
    """Return the first page of Change details, with what the case says now."""
    return step_view(words, form_state_of(draft), Step.NUMBERS)


def resumed_view(words: Templates, draft: DraftFacts, state: FormState) -> View:
    """Return the page of a draft where its owner stopped."""
    step = Step(draft.step) if draft.step in set(ASKING) else Step.NUMBERS
    return step_view(words, state, step)


def step_view(
    words: Templates, state: FormState, step: Step, faults: str = "", beside: Sequence[Block] = ()
) -> View:
    """Return one page of questions; `faults` (mrkdwn) stand in an alert on top of `beside`."""
    blocks: list[Block] = [*beside, progress(words, state, step)]
    if faults:
        blocks[:0] = alert(faults, "error")
    for field in asked_fields(step, state):
        blocks += _question(words, state, field)
    if step is not Step.NUMBERS:
        blocks.append(back_button(words))
    return modal(words, state, step, blocks, words.table(SENTENCES)["next"])


def modal(
    words: Templates, state: FormState, step: Step, blocks: Sequence[Block], submit: str | None
) -> View:
    """Put blocks into the form's frame."""
    key = "title_change" if state.amends else "title"
    return View(
        type="modal",
        callback_id=f"{CALLBACK}{step}",
        title=words.sentence(SENTENCES, key, reference=state.amends),
        submit=submit,
        close=words.table(SENTENCES)["close"],
        private_metadata=ids_of(state, [name for name in TYPED if is_long(name, state.text(name))]),
        blocks=blocks,
    )


def progress(words: Templates, state: FormState, step: Step) -> Block:
    """Return the line that tells where one is, and that nothing is lost."""
    name = words.table(SENTENCES)[f"name_{step}"]
    asked: list[Step] = [other for other in ASKING if other in {step, *steps(state)}]
    place = asked.index(step) + 1
    lines = [words.sentence(SENTENCES, "step", place=place, count=len(asked), name=name)]
    if step is Step.ACCOUNT:
        lines.append(words.sentence(SENTENCES, "counted", count=state.count))
    if step is Step.RECORD:
        lines.append(_about_bill(words, state))
    lines.append(words.table(SENTENCES)["kept_change" if state.amends else "kept"])
    if any(field.kind is Kind.FILES for field in asked_fields(step, state)) and not state.amends:
        lines.append(words.table(SENTENCES)["kept_files"])
    return ContextBlock(elements=[markdown(line) for line in lines])


def _about_bill(words: Templates, state: FormState) -> str:
    """Return what became of the bill that was given, or that none is needed."""
    read = state.read_from
    found = bool(read.get("fields")) or state.found_account
    key = "record_asked" if not read else "bill_unread" if not read["ok"] else "bill_read"
    return words.mrkdwn_sentence(SENTENCES, key, name=str(read.get("name", "")), found=found)


def back_button(words: Templates, *more: str) -> Block:
    """Return the way back, which keeps what is typed, and `more` ways beside it."""
    say = words.table(SENTENCES)
    ways = [ButtonElement(text=say[name], action_id=f"intake_{name}") for name in ("back", *more)]
    return ActionsBlock(block_id="back", elements=ways)


def markdown(text: str) -> MarkdownTextObject:
    """Return rendered mrkdwn as a text object."""
    return MarkdownTextObject(text=text)


def _question(words: Templates, state: FormState, field: Field[Step]) -> list[Block]:
    blocks: list[Block] = []
    if field.name in _PARTS:
        part = words.table(SENTENCES)[_PARTS[field.name]]
        blocks += [DividerBlock(), SectionBlock(text=markdown(f"*{part}*"))]
    if field.name in FILE_FIELDS and state.fields.get(field.name):
        blocks.append(_files_on_file(words, state, field))
    blocks.append(_input(words, state, field))
    if field.kind is Kind.SUGGEST and state.experience:
        blocks.append(
            ContextBlock(block_id="experience", elements=[markdown(experience(words, state))])
        )
    return blocks


def experience(words: Templates, state: FormState) -> str:
    """Return what the desk's history says of the chosen carrier, in a line or two."""
    found = state.experience
    return words.mrkdwn("intake/experience.j2", known=found) if found else ""


def _input(words: Templates, state: FormState, field: Field[Step]) -> Block:
    asked = element(words, field, _shown(state, field))
    asked.action_id = state.inputs.get(field.name, field.name)
    return InputBlock(
        block_id=field.name,
        label=words.table("intake/labels")[field.name],
        hint=_hint(words, state, field),
        element=asked,
        optional=not is_needed(field, state),
        # Slack refuses the whole view where a file input has it.
        dispatch_action=None if field.kind is Kind.FILES else True,
    )


def _shown(state: FormState, field: Field[Step]) -> str:
    text = state.text(field.name)
    return "" if is_long(field.name, text) else text


def _hint(words: Templates, state: FormState, field: Field[Step]) -> str | None:
    if field.name in state.on_file:
        return words.table(SENTENCES)["on_file"]
    if state.amends and field.name in SECRET_FIELDS:
        return words.table(SENTENCES)["on_file_case"]
    if is_long(field.name, state.text(field.name)):
        key = "numbers_on_file" if field.name == "numbers" else "on_file"
        return words.sentence(SENTENCES, key, count=state.count)
    if field.name in state.read_from.get("fields", ()):
        return words.sentence(SENTENCES, "read_from_bill", name=state.read_from["name"])
    return words.table("intake/hints").get(field.name)


def _files_on_file(words: Templates, state: FormState, field: Field[Step]) -> Block:
    names = ", ".join(str(file["name"]) for file in state.fields[field.name])
    label = words.table("intake/labels")[field.name]
    told = words.mrkdwn("intake/on_file.j2", label=label, names=names)
    button = ButtonElement(
        text=words.table(SENTENCES)["remove"], action_id=Action.INTAKE_DROP, value=field.name
    )
    return SectionBlock(block_id=f"{ON_FILE}{field.name}", text=markdown(told), accessory=button)
