"""A question of a form as Slack shows it: its input, its files on file, what stands under it."""

from collections.abc import Sequence
from typing import Final

from slack_sdk.models.blocks import Block, MarkdownTextObject

from bot.slack.blocks.fitting import ButtonElement, InputBlock, SectionBlock
from bot.slack.modals.elements import element
from bot.slack.modals.filled_form import FormState
from bot.slack.modals.question import TICKED, Field, Kind
from bot.slack.modals.wizard.form import Form
from bot.slack.modals.wizard.open_page import ON_FILE
from bot.wording.templates import Templates

# The table of what every form says.
WORDS: Final = "pages"


def question_blocks(
    words: Templates, form: Form, state: FormState, field: Field
) -> Sequence[Block]:
    """Return a question with its answer so far, and what stands around it."""
    blocks: list[Block] = [_input(words, form, state, field)]
    if field.kind is Kind.FILES and state.fields.get(field.name):
        blocks[:0] = [_files_on_file(words, form, state, field)]
    return form.looks.around(words, state, field, blocks)


def _input(words: Templates, form: Form, state: FormState, field: Field) -> Block:
    asked = element(words, field, _answer(state, field))
    asked.action_id = state.inputs.get(field.name, f"{form.ids.field}{field.name}")
    return InputBlock(
        block_id=field.name,
        label=words.table(form.wording.labels)[field.name],
        hint=_hint(words, form, state, field),
        element=asked,
        optional=not form.needs(field, state),
        # Slack refuses the whole view where a file input has it.
        dispatch_action=None if field.kind is Kind.FILES else True,
    )


def _answer(state: FormState, field: Field) -> str:
    """Return the answer so far as far as an input may show it."""
    if field.kind is Kind.CHECK:
        return TICKED if state.fields.get(field.name) else ""
    text = state.text(field.name)
    return "" if field.is_long(text) else text


def _hint(words: Templates, form: Form, state: FormState, field: Field) -> str | None:
    if field.is_long(state.text(field.name)):
        key = "numbers_on_file" if field.name == "numbers" else "on_file"
        return words.sentence(WORDS, key, count=state.count)
    if field.name in state.on_file:
        return words.table(WORDS)["on_file"]
    own = form.looks.hint(words, state, field)
    return own or words.table(form.wording.hints).get(field.name)


def _files_on_file(words: Templates, form: Form, state: FormState, field: Field) -> Block:
    names = ", ".join(str(file["name"]) for file in state.fields[field.name])
    label = words.table(form.wording.labels)[field.name]
    told = words.mrkdwn("intake/on_file.j2", label=label, names=names)
    action = f"{form.ids.button}drop"
    button = ButtonElement(text=words.table(WORDS)["remove"], action_id=action, value=field.name)
    return SectionBlock(
        block_id=f"{ON_FILE}{field.name}", text=MarkdownTextObject(text=told), accessory=button
    )
