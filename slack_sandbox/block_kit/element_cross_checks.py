"""What the fields of an element must be to each other; each on its own is checked by its shape."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from slack_sandbox.spec.methods import problem

_Element = Mapping[str, Any]
# A fault in words, and the field that has it ("" for the element as a whole).
_Fault = tuple[str, str]


def faults_in_element(element: _Element, pointer: str) -> list[str]:
    """Return what Slack would complain about in an element whose fields have the right shape."""
    rules = _RULES.get(element["type"], ())
    return [
        problem(words, f"{pointer}/{name}" if name else pointer)
        for rule in rules
        for words, name in rule(element)
    ]


def options_of(element: _Element) -> list[dict[str, Any]]:
    """Return all options of an element, those of its groups included."""
    grouped = [
        option for group in element.get("option_groups") or () for option in group["options"]
    ]
    return [*(element.get("options") or ()), *grouped]


def _one_list(element: _Element) -> Iterator[_Fault]:
    if bool(element.get("options")) == bool(element.get("option_groups")):
        yield "must define either `options` or `option_groups`", ""


def _chosen_among_options(element: _Element) -> Iterator[_Fault]:
    """What is chosen beforehand "exactly matches one of the options": text and description too."""
    offered = [_as_slack_reads(option) for option in options_of(element)]
    one = element.get("initial_option")
    chosen = [("initial_option", one)] if one else []
    chosen += [("initial_options", option) for option in element.get("initial_options") or ()]
    for name, option in chosen:
        if _as_slack_reads(option) not in offered:
            yield f"{name} must match one of the options", name


_DEFAULTS = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}


def _as_slack_reads(value: Any) -> Any:
    """Return an option with what Slack fills in itself, so that leaving it out is no difference."""
    if not isinstance(value, dict):
        return value
    inner = {key: _as_slack_reads(item) for key, item in value.items() if item is not None}
    if default := _DEFAULTS.get(str(value.get("type"))):
        inner.setdefault(*default)
    return inner


def _each_once(element: _Element) -> Iterator[_Fault]:
    values = [option["value"] for option in element.get("initial_options") or ()]
    if len(values) != len(set(values)):
        yield "initial_options must not repeat an option", "initial_options"


def _not_too_many(element: _Element) -> Iterator[_Fault]:
    most = element.get("max_selected_items")
    for name, value in element.items():
        if most and name.startswith("initial_") and len(value or ()) > most:
            yield f"no more than {most} items allowed", name


def _length(element: _Element) -> Iterator[_Fault]:
    least, most = element.get("min_length") or 0, element.get("max_length")
    text = element.get("initial_value")
    if most is not None and least > most:
        yield "`min_length` must not be greater than `max_length`", "min_length"
    if text and most is not None and len(text) > most:
        yield f"must be less than {most + 1} characters", "initial_value"
    if text and len(text) < least:
        yield f"must be more than {least - 1} characters", "initial_value"


def _bounds(element: _Element) -> Iterator[_Fault]:
    least, most, first = map(
        _decimal, map(element.get, ("min_value", "max_value", "initial_value"))
    )
    if least is not None and most is not None and least > most:
        yield "`min_value` must not be greater than `max_value`", "min_value"
    if first is not None and least is not None and first < least:
        yield f"must be at least {least}", "initial_value"
    if first is not None and most is not None and first > most:
        yield f"must be at most {most}", "initial_value"


def _whole(element: _Element) -> Iterator[_Fault]:
    for name in ("min_value", "max_value", "initial_value"):
        if not element["is_decimal_allowed"] and "." in str(element.get(name) or ""):
            yield "must be an integer", name


def _decimal(text: Any) -> Decimal | None:
    return Decimal(text) if text is not None else None


def one_source(element: _Element) -> Iterator[_Fault]:
    """Find an image without a picture, or with two."""
    if bool(element.get("image_url")) == bool(element.get("slack_file")):
        yield "must define either `image_url` or `slack_file`", ""
    file = element.get("slack_file")
    if file is not None and bool(file.get("id")) == bool(file.get("url")):
        yield "must define either `id` or `url`", "slack_file"


_Rule = Callable[[_Element], Iterator[_Fault]]
_MULTI = (_not_too_many,)
_RULES: Mapping[str, tuple[_Rule, ...]] = MappingProxyType(
    {
        "static_select": (_one_list, _chosen_among_options),
        "multi_static_select": (_one_list, _chosen_among_options, _each_once, _not_too_many),
        "multi_external_select": (_each_once, _not_too_many),
        "multi_users_select": _MULTI,
        "multi_channels_select": _MULTI,
        "multi_conversations_select": _MULTI,
        "radio_buttons": (_chosen_among_options,),
        "checkboxes": (_chosen_among_options, _each_once),
        "plain_text_input": (_length,),
        "number_input": (_bounds, _whole),
        "image": (one_source,),
    }
)
