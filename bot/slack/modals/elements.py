"""Builds the Block Kit element of each kind of question."""

from collections.abc import Callable, Mapping
from typing import Final

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    ExternalDataSelectElement,
    InputInteractiveElement,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.domain.text.dates import read_day, read_time
from bot.slack.blocks.fitting import EmailInputElement, Option, PlainTextInputElement
from bot.slack.modals.question import FILE_TYPES, Field, Kind
from bot.slack.modals.question_options import choices
from bot.wording.templates import Templates

_EACH_LETTER: Final = {"trigger_actions_on": ["on_character_entered"]}
Builder = Callable[[Templates, Field, str], InputInteractiveElement]


def element(words: Templates, field: Field, value: str) -> InputInteractiveElement:
    """Return the element of a question with its answer so far."""
    return _BUILDERS[field.kind](words, field, value)


def _placeholder(words: Templates, field: Field) -> str | None:
    return words.table("intake/placeholders").get(field.name)


def _text(words: Templates, field: Field, value: str) -> InputInteractiveElement:
    return PlainTextInputElement(
        action_id=field.name,
        initial_value=value or None,
        multiline=field.kind is Kind.LONG or None,
        placeholder=_placeholder(words, field),
        dispatch_action_config=_EACH_LETTER,
    )


def _email(words: Templates, field: Field, value: str) -> InputInteractiveElement:
    return EmailInputElement(
        action_id=field.name,
        initial_value=value or None,
        placeholder=_placeholder(words, field),
        dispatch_action_config=_EACH_LETTER,
    )


def _chosen(options: list[Option], value: str) -> Option | None:
    return next((option for option in options if option.value == value), None)


def _select(words: Templates, field: Field, value: str) -> InputInteractiveElement:
    options = choices(words, field.name, value)
    return StaticSelectElement(
        action_id=field.name,
        options=options,
        initial_option=_chosen(options, value),
        placeholder=_placeholder(words, field),
    )


def _radio(words: Templates, field: Field, value: str) -> InputInteractiveElement:
    options = choices(words, field.name, value)
    return RadioButtonsElement(
        action_id=field.name, options=options, initial_option=_chosen(options, value)
    )


def _check(words: Templates, field: Field, value: str) -> InputInteractiveElement:
    options = choices(words, field.name, value)
    return CheckboxesElement(
        action_id=field.name, options=options, initial_options=options if value else None
    )


def _suggest(words: Templates, field: Field, value: str) -> InputInteractiveElement:
    return ExternalDataSelectElement(
        action_id=field.name,
        initial_option=Option(value=value, text=value) if value else None,
        min_query_length=1,
        placeholder=_placeholder(words, field),
    )


def _date(_: Templates, field: Field, value: str) -> InputInteractiveElement:
    return DatePickerElement(action_id=field.name, initial_date=value if read_day(value) else None)


def _time(_: Templates, field: Field, value: str) -> InputInteractiveElement:
    at = read_time(value)
    return TimePickerElement(
        action_id=field.name, initial_time=at.strftime("%H:%M") if at else None
    )


def _files(_: Templates, field: Field, __: str) -> InputInteractiveElement:
    return FileInputElement(
        action_id=field.name,
        filetypes=list(FILE_TYPES[field.name]),
        max_files=field.most_files,
    )


_BUILDERS: Final[Mapping[Kind, Builder]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.EMAIL: _email,
    Kind.SELECT: _select,
    Kind.RADIO: _radio,
    Kind.CHECK: _check,
    Kind.SUGGEST: _suggest,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.FILES: _files,
}
