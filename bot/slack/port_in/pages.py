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


def opening_view(words: Templates, left: DraftFacts | None, sheet: FormState) -> View:
    """Return the first page, or the choice to go on with a request that was left behind."""
    return step_view(words, sheet, Step.NUMBERS) if left is None else left_view(words, left)


def left_view(words: Templates, left: DraftFacts) -> View:
    """Return the choice between a left request and a new one.

    It has no questions, because Slack would keep what they hold over the continued page.
    """
    sheet = form_state_of(left)
    told = words.mrkdwn(
        "intake/left.j2",
        saved=for_reader(left.saved_at),
        count=sheet.count,
        carrier=sheet.text("losing_carrier"),
    )
    blocks = [SectionBlock(text=markdown(told)), _ways_on(words, str(left.id))]
    return modal(words, sheet, Step.NUMBERS, blocks, submit=None)


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


def resumed_view(words: Templates, draft: DraftFacts, sheet: FormState) -> View:
    """Return the page of a draft where its owner stopped."""
    step = Step(draft.step) if draft.step in set(ASKING) else Step.NUMBERS
    return step_view(words, sheet, step)


def step_view(
    words: Templates, sheet: FormState, step: Step, faults: str = "", beside: Sequence[Block] = ()
) -> View:
    """Return one page of questions; `faults` (mrkdwn) stand in an alert on top of `beside`."""
    blocks: list[Block] = [*beside, progress(words, sheet, step)]
    if faults:
        blocks[:0] = alert(faults, "error")
    for field in asked_fields(step, sheet):
        blocks += _question(words, sheet, field)
    if step is not Step.NUMBERS:
        blocks.append(back_button(words))
    return modal(words, sheet, step, blocks, words.table(SENTENCES)["next"])


def modal(
    words: Templates, sheet: FormState, step: Step, blocks: Sequence[Block], submit: str | None
) -> View:
    """Put blocks into the form's frame."""
    key = "title_change" if sheet.amends else "title"
    return View(
        type="modal",
        callback_id=f"{CALLBACK}{step}",
        title=words.sentence(SENTENCES, key, reference=sheet.amends),
        submit=submit,
        close=words.table(SENTENCES)["close"],
        private_metadata=ids_of(sheet, [name for name in TYPED if is_long(name, sheet.text(name))]),
        blocks=blocks,
    )


def progress(words: Templates, sheet: FormState, step: Step) -> Block:
    """Return the line that tells where one is, and that nothing is lost."""
    name = words.table(SENTENCES)[f"name_{step}"]
    asked: list[Step] = [other for other in ASKING if other in {step, *steps(sheet)}]
    place = asked.index(step) + 1
    lines = [words.sentence(SENTENCES, "step", place=place, count=len(asked), name=name)]
    if step is Step.ACCOUNT:
        lines.append(words.sentence(SENTENCES, "counted", count=sheet.count))
    if step is Step.RECORD:
        lines.append(_about_bill(words, sheet))
    lines.append(words.table(SENTENCES)["kept_change" if sheet.amends else "kept"])
    if any(field.kind is Kind.FILES for field in asked_fields(step, sheet)) and not sheet.amends:
        lines.append(words.table(SENTENCES)["kept_files"])
    return ContextBlock(elements=[markdown(line) for line in lines])


def _about_bill(words: Templates, sheet: FormState) -> str:
    """Return what became of the bill that was given, or that none is needed."""
    read = sheet.read_from
    found = bool(read.get("fields")) or sheet.found_account
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


def _question(words: Templates, sheet: FormState, field: Field[Step]) -> list[Block]:
    blocks: list[Block] = []
    if field.name in _PARTS:
        part = words.table(SENTENCES)[_PARTS[field.name]]
        blocks += [DividerBlock(), SectionBlock(text=markdown(f"*{part}*"))]
    if field.name in FILE_FIELDS and sheet.fields.get(field.name):
        blocks.append(_files_on_file(words, sheet, field))
    blocks.append(_input(words, sheet, field))
    if field.kind is Kind.SUGGEST and sheet.experience:
        blocks.append(
            ContextBlock(block_id="experience", elements=[markdown(experience(words, sheet))])
        )
    return blocks


def experience(words: Templates, sheet: FormState) -> str:
    """Return what the desk's history says of the chosen carrier, in a line or two."""
    found = sheet.experience
    return words.mrkdwn("intake/experience.j2", known=found) if found else ""


def _input(words: Templates, sheet: FormState, field: Field[Step]) -> Block:
    asked = element(words, field, _shown(sheet, field))
    asked.action_id = sheet.inputs.get(field.name, field.name)
    return InputBlock(
        block_id=field.name,
        label=words.table("intake/labels")[field.name],
        hint=_hint(words, sheet, field),
        element=asked,
        optional=not is_needed(field, sheet),
        # Slack refuses the whole view where a file input has it.
        dispatch_action=None if field.kind is Kind.FILES else True,
    )


def _shown(sheet: FormState, field: Field[Step]) -> str:
    text = sheet.text(field.name)
    return "" if is_long(field.name, text) else text


def _hint(words: Templates, sheet: FormState, field: Field[Step]) -> str | None:
    if field.name in sheet.on_file:
        return words.table(SENTENCES)["on_file"]
    if sheet.amends and field.name in SECRET_FIELDS:
        return words.table(SENTENCES)["on_file_case"]
    if is_long(field.name, sheet.text(field.name)):
        key = "numbers_on_file" if field.name == "numbers" else "on_file"
        return words.sentence(SENTENCES, key, count=sheet.count)
    if field.name in sheet.read_from.get("fields", ()):
        return words.sentence(SENTENCES, "read_from_bill", name=sheet.read_from["name"])
    return words.table("intake/hints").get(field.name)


def _files_on_file(words: Templates, sheet: FormState, field: Field[Step]) -> Block:
    names = ", ".join(str(file["name"]) for file in sheet.fields[field.name])
    label = words.table("intake/labels")[field.name]
    told = words.mrkdwn("intake/on_file.j2", label=label, names=names)
    button = ButtonElement(
        text=words.table(SENTENCES)["remove"], action_id=Action.INTAKE_DROP, value=field.name
    )
    return SectionBlock(block_id=f"{ON_FILE}{field.name}", text=markdown(told), accessory=button)
