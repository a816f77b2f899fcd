"""The pages of /port-out as Slack shows them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    CheckboxesElement,
    InputInteractiveElement,
    MarkdownTextObject,
)

from bot.desk.drafts.drafts import DraftFacts
from bot.domain.cases.case import CaseFacts
from bot.domain.findings.finding import Finding
from bot.domain.rulebook.case_split import national_ranges
from bot.domain.rulebook.rulebook import Report
from bot.domain.text.dates import read_day
from bot.slack.blocks.alerts import alert
from bot.slack.blocks.dates import for_reader
from bot.slack.blocks.findings import listed, warnings_of
from bot.slack.blocks.fitting import (
    LONGEST_TYPED,
    ButtonElement,
    ContextBlock,
    InputBlock,
    Option,
    SectionBlock,
    View,
)
from bot.slack.ids import Action, Window
from bot.slack.modals.elements import element
from bot.slack.modals.form_state import FormState, form_state_of
from bot.slack.modals.question import Field, Kind
from bot.slack.port_out.open_form import ACTION, CALLBACK
from bot.slack.port_out.questions import Question, Step, asked_on
from bot.wording.templates import Templates

WORDS: Final = "port_out/form"
YES: Final = "yes"
MOST_SHOWN: Final = 6


def left_view(words: Templates, left: DraftFacts) -> View:
    """Return the choice between a left request and a new one."""
    told = words.mrkdwn_sentence(WORDS, "left", saved=for_reader(left.saved_at))
    names = ("continue", "new", "discard")
    ways = [
        ButtonElement(text=words.table(WORDS)[name], action_id=f"out_{name}", value=str(left.id))
        for name in names
    ]
    blocks: list[Block] = [_section(told), ActionsBlock(block_id="left", elements=ways)]
    return _modal(words, Step.NUMBERS, FormState(), blocks, None, "title_left")


def first_page(words: Templates, numbers: str = "") -> View:
    """Return an empty first page; numbers behind the command are taken along."""
    return _page(words, FormState({"numbers": numbers}), Step.NUMBERS)


def amendment_view(words: Templates, draft: DraftFacts) -> View:
    """Return the first page of Change details, with what the case says now."""
    return page_view(words, draft, Step.NUMBERS)


def page_view(
    words: Templates, draft: DraftFacts, page: Step, faults: Sequence[Finding] = ()
) -> View:
    """Return a page of a draft; faults that it cannot show in red stand on top."""
    state = replace(form_state_of(draft), on_file=draft.on_file | draft.of_case)
    return _page(words, state, page, faults)


def _page(words: Templates, state: FormState, page: Step, faults: Sequence[Finding] = ()) -> View:
    say = words.table(WORDS)
    kept = say["kept_change" if state.amends else "kept"]
    blocks: list[Block] = [_context(say[f"page_{page}"], kept)]
    if faults:
        told = listed(words, "intake/faults.j2", faults)
        blocks[:0] = alert(told, "error")
    blocks += [_input(words, question, state) for question in asked_on(page, state.fields)]
    if page is not Step.NUMBERS:
        blocks.append(_back(words))
    return _modal(words, page, state, blocks, say["next"])


def _input(words: Templates, question: Question, state: FormState) -> InputBlock:
    asked = _element(words, question, state)
    asked.action_id = f"{ACTION}{question.name}"
    on_file = _is_on_file(question, state)
    return InputBlock(
        block_id=question.name,
        label=words.table(WORDS)[question.name],
        hint=_hint(words, question, state),
        element=asked,
        optional=on_file or not question.needed(state.fields),
        dispatch_action=True,
    )


def _hint(words: Templates, question: Question, state: FormState) -> str | None:
    if _is_long(question, state):
        return words.sentence(WORDS, "long_on_file", count=state.count)
    key = "on_file" if _is_on_file(question, state) else f"{question.name}_hint"
    return words.table(WORDS).get(key)


def _is_on_file(question: Question, state: FormState) -> bool:
    """Say whether a question left empty keeps its answer."""
    return question.name in state.on_file or _is_long(question, state)


def _is_long(question: Question, state: FormState) -> bool:
    """Say whether a list is longer than Slack lets an input show."""
    return question.kind is Kind.LONG and len(state.text(question.name)) > LONGEST_TYPED


def _element(words: Templates, question: Question, state: FormState) -> InputInteractiveElement:
    value = state.fields.get(question.name)
    if question.kind is not None:
        text = "" if _is_long(question, state) else state.text(question.name)
        return element(words, Field(question.name, question.page, question.kind), text)
    box = Option(value=YES, text=words.table(WORDS)[f"{question.name}_yes"])
    return CheckboxesElement(options=[box], initial_options=[box] if value else None)


def _section(text: str) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=text))


def _context(*lines: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=line) for line in lines])


def _back(words: Templates) -> ActionsBlock:
    button = ButtonElement(text=words.table(WORDS)["back"], action_id=Action.OUT_BACK)
    return ActionsBlock(block_id="back", elements=[button])


def _modal(
    words: Templates,
    page: Step,
    state: FormState,
    blocks: Sequence[Block],
    submit: str | None,
    title: str = "title",
) -> View:
    key = "title_change" if state.amends else title
    return View(
        type="modal",
        callback_id=f"{CALLBACK}{page}",
        title=words.sentence(WORDS, key, reference=state.amends),
        submit=submit,
        close=words.table(WORDS)["close"],
        private_metadata=str(state.draft_id or ""),
        blocks=blocks,
    )


def review_view(words: Templates, draft: DraftFacts, report: Report) -> View:
    """Return the page that shows what will be filed, and what is worth a look before."""
    say = words.table(WORDS)
    summary = words.mrkdwn("port_out/review.j2", **_summary(words, draft, report))
    blocks: list[Block] = [_context(say["last_look"]), _section(summary)]
    if warnings := warnings_of(report):
        told = listed(words, "intake/warnings.j2", warnings)
        blocks += alert(told, "warning")
    blocks.append(_back(words))
    submit = say["save" if draft.amends else "file"]
    return _modal(words, Step.REVIEW, form_state_of(draft), blocks, submit)


def _summary(words: Templates, draft: DraftFacts, report: Report) -> dict[str, Any]:
    fields = draft.shown
    day = read_day(str(fields.get("requested_date") or ""))
    zone = str(fields.get("time_zone") or "").replace("_", " ")
    connect = [str(fields.get(n) or "") for n in ("instance_name", "region", "instance_arn")]
    return {
        "count": len(report.numbers),
        "platform": words.table("platforms")[fields["platform"]],
        "shown": national_ranges(report.numbers, MOST_SHOWN),
        "declared": bool(fields.get("declared")),
        "carrier": fields.get("winning_carrier"),
        "email": fields.get("contact_email"),
        "account_id": "account_id" in draft.on_file,
        "pin": "pin" in draft.on_file,
        "of_case": draft.of_case,
        "postal_code": fields.get("postal_code"),
        "instance": ", ".join(part for part in connect if part),
        "date": f"{day:%A}, {day.day} {day:%B %Y}, {zone}" if day else "",
    }


def filed_view(words: Templates, case: CaseFacts) -> View:
    """Return the page that says what became of the request."""
    return _end(words, words.mrkdwn("port_out/filed.j2", reference=case.reference))


def changed_view(words: Templates, case: CaseFacts) -> View:
    """Return the page that says that a case was changed."""
    return _end(words, words.mrkdwn("port_out/changed.j2", reference=case.reference))


def _end(words: Templates, told: str) -> View:
    return View(
        type="modal",
        callback_id=Window.OUT_FILED,
        title=words.table(WORDS)["title_left"],
        close=words.table(WORDS)["done"],
        blocks=[_section(told)],
    )
