"""What Slack's own client checks before it sends a form to the app."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from slack_sandbox.block_kit.input_values import HOLDERS, Values
from slack_sandbox.spec.limits import LIMITS

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_WHOLE = re.compile(r"-?\d+")
_Element = Mapping[str, Any]


def faults_in_form(blocks: list[dict[str, Any]], values: Values) -> dict[str, str]:
    """Return the sentence under each input that the client would not send, by block_id."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = values[block["block_id"]][element["action_id"]][HOLDERS[element["type"]].key]
        fault = _fault(block, element, value)
        if fault:
            found[block["block_id"]] = fault
    return found


def _fault(block: _Element, element: _Element, value: Any) -> str | None:
    if value in (None, [], ""):
        return None if block.get("optional") else "Please complete this required field."
    rule = _RULES.get(element["type"])
    return rule(element, value) if rule else None


def _text(element: _Element, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", LIMITS["text_input"])
    if len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > most:
        return f"Please enter no more than {most} characters."
    return None


def _email(_: _Element, value: str) -> str | None:
    return None if _EMAIL.fullmatch(value) else "Please enter a valid email address."


def _url(_: _Element, value: str) -> str | None:
    return None if re.fullmatch(r"https?://\S+", value) else "Please enter a valid URL."


def _number(element: _Element, value: str) -> str | None:
    allowed = _DECIMAL if element["is_decimal_allowed"] else _WHOLE
    if not allowed.fullmatch(value):
        return "Please enter a valid number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None


def _files(element: _Element, files: list[dict[str, Any]]) -> str | None:
    most, kinds = element.get("max_files", LIMITS["files"]), element.get("filetypes")
    if len(files) > most:
        return f"Please choose no more than {most} file{'s' if most > 1 else ''}."
    for file in files:
        if kinds and file["filetype"] not in kinds:
            return f"{file['name']} is not one of the accepted types: {', '.join(kinds)}."
        if file["size"] > LIMITS["file_bytes"]:
            return f"{file['name']} is larger than 10 MB."
    return None


def _several(element: _Element, chosen: list[Any]) -> str | None:
    most = element.get("max_selected_items")
    return f"Please choose no more than {most}." if most and len(chosen) > most else None


_RULES: Mapping[str, Callable[[_Element, Any], str | None]] = MappingProxyType(
    {
        "plain_text_input": _text,
        "email_text_input": _email,
        "url_text_input": _url,
        "number_input": _number,
        "file_input": _files,
        **{kind: _several for kind in HOLDERS if kind.startswith("multi_")},
    }
)
