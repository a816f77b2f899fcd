"""What an input holds, in Slack's shape and in the short form that a person's client sends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from slack_sandbox.block_kit.blocks import elements_of
from slack_sandbox.block_kit.element_cross_checks import options_of

Values = dict[str, dict[str, dict[str, Any]]]


class PersonError(Exception):
    """A request of the human side that Slack's own client could not have made."""


class RewrittenError(PersonError):
    """What a person reached for was rewritten by the app meanwhile."""


@dataclass(frozen=True)
class Holder:
    """How one kind of element keeps its value; `turn` says what the short form stands for."""

    key: str
    initial: str
    turn: str = "text"
    many: bool = False


_TEXT = Holder("value", "initial_value")
_OPTION = Holder("selected_option", "initial_option", "option")
_OPTIONS = Holder("selected_options", "initial_options", "option", many=True)


_PICKED: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "datepicker": lambda text: datetime.strptime(text, "%Y-%m-%d"),  # noqa: DTZ007  # a day
        "timepicker": lambda text: datetime.strptime(text, "%H:%M"),  # noqa: DTZ007  # a time
    }
)


def _ids(noun: str, many: bool = False) -> Holder:
    plural = "s" if many else ""
    return Holder(f"selected_{noun}{plural}", f"initial_{noun}{plural}", "text", many)


HOLDERS: Mapping[str, Holder] = MappingProxyType(
    {
        "plain_text_input": _TEXT,
        "email_text_input": _TEXT,
        "url_text_input": _TEXT,
        "number_input": _TEXT,
        "static_select": _OPTION,
        "external_select": _OPTION,
        "radio_buttons": _OPTION,
        "multi_static_select": _OPTIONS,
        "multi_external_select": _OPTIONS,
        "checkboxes": _OPTIONS,
        "users_select": _ids("user"),
        "channels_select": _ids("channel"),
        "conversations_select": _ids("conversation"),
        "multi_users_select": _ids("user", many=True),
        "multi_channels_select": _ids("channel", many=True),
        "multi_conversations_select": _ids("conversation", many=True),
        "datepicker": _ids("date"),
        "timepicker": _ids("time"),
        "datetimepicker": Holder("selected_date_time", "initial_date_time", "number"),
        "file_input": Holder("files", "", "file", many=True),
    }
)


def initial_values(blocks: list[dict[str, Any]]) -> Values:
    """Return the state of a view or message that nobody has touched yet."""
    found: Values = {}
    for block in blocks:
        for _, element in elements_of(block):
            if element["type"] in HOLDERS:
                inner = found.setdefault(block["block_id"], {})
                inner[element["action_id"]] = _initial(element)
    return found


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    holder = HOLDERS[element["type"]]
    start = element.get(holder.initial)
    return {"type": element["type"], holder.key: [] if start is None and holder.many else start}


def kept_values(old: Values, blocks: list[dict[str, Any]]) -> Values:
    """Return the state after an update: a value stays where block_id and action_id stay."""
    fresh = initial_values(blocks)
    for block_id, inner in fresh.items():
        for action_id, value in inner.items():
            before = old.get(block_id, {}).get(action_id)
            if before is not None and before["type"] == value["type"]:
                inner[action_id] = before
    return fresh


def find_element(
    blocks: list[dict[str, Any]], block_id: str, action_id: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return block and element; raises `RewrittenError` where there is no such thing."""
    for block in blocks:
        if block["block_id"] == block_id:
            for _, element in elements_of(block):
                if element.get("action_id") == action_id:
                    return block, element
    raise RewrittenError(f"There is nothing called {action_id} in block {block_id} any more.")


def typed_value(
    element: Mapping[str, Any],
    short: Any,
    known: Mapping[str, dict[str, Any]],
    file_object: Callable[[str], dict[str, Any]],
) -> dict[str, Any]:
    """Turn the short form of a value into Slack's.

    `known` are options that the app suggested before, by value; `file_object` finds a file by id.
    """
    holder = HOLDERS[element["type"]]
    if short in (None, "", []):
        return {"type": element["type"], holder.key: [] if holder.many else None}
    _refuse_impossible(element, short)
    offered = [*options_of(element), *_preselected(element, holder)]
    options = {**known, **{option["value"]: option for option in offered}}

    def one(item: Any) -> Any:
        return _turned(holder.turn, item, options, file_object)

    value = [one(item) for item in _as_list(short)] if holder.many else one(short)
    return {"type": element["type"], holder.key: value}


def _preselected(element: Mapping[str, Any], holder: Holder) -> list[dict[str, Any]]:
    """Return the options that the app chose itself; an external select lists no others."""
    start = element.get(holder.initial) if holder.turn == "option" else None
    return [] if start is None else _as_list(start)


def _refuse_impossible(element: Mapping[str, Any], short: Any) -> None:
    """Refuse what nobody could enter: no picker gives it, no field for one line takes it."""
    kind = element["type"]
    if kind in _PICKED:
        try:
            _PICKED[kind](str(short))
        except ValueError:
            raise PersonError(f"A {kind} never gives “{short}”.") from None
    if kind == "plain_text_input" and not element.get("multiline") and "\n" in str(short):
        raise PersonError("This field takes one line only.")


def _as_list(short: Any) -> list[Any]:
    return short if isinstance(short, list) else [short]


def _turned(
    turn: str,
    item: Any,
    options: Mapping[str, dict[str, Any]],
    file_object: Callable[[str], dict[str, Any]],
) -> Any:
    if turn == "number":
        return int(item)
    if turn == "file":
        return file_object(str(item))
    if turn == "option":
        if item not in options:
            raise PersonError(f"There is no choice “{item}” in this list.")
        return options[item]
    return str(item)
