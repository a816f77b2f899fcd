"""Reads Slack's payloads: who acted, on which case, and what the modal held."""

import json
from dataclasses import dataclass
from html import unescape
from typing import Any, Final, cast

from bot.errors import Refusal

Payload = dict[str, Any]
LONGEST_ID: Final = 10
# Stands for a value that is too long for a choice: whoever leaves it leaves the answer as it is.
KEPT: Final = "portdesk:as-it-is"
# The rows of both databases are numbered up to here.
LAST_ROW: Final = 2**31 - 1


@dataclass(frozen=True)
class Target:
    """The case that a button or a modal speaks of, as it was when it was drawn."""

    case_id: int
    version: int
    extra: str = ""

    def packed(self) -> str:
        """Return the target as a button's value or a view's metadata: ids only."""
        return json.dumps([self.case_id, self.version, self.extra])


def unpack(text: str) -> Target:
    """Read a target; one that is not ours points to no case."""
    try:
        case_id, version, extra = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return Target(0, 0)
    return Target(row(case_id), row(version), str(extra))


def row(value: object) -> int:
    """Read the number of a row as we write it, in JSON or as text; what is none names no row."""
    text = str(value)
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else 0
    return number if number <= LAST_ROW else 0


def user_id(body: Payload) -> str:
    """Return the id of the person who acted."""
    return str(body["user"]["id"])


def acted_at(body: Payload) -> float:
    """Return when a button was pressed or an answer given, in Unix seconds; 0 for a whole page."""
    return float(body["actions"][0]["action_ts"]) if "actions" in body else 0.0


def button_target(body: Payload) -> Target:
    """Return the target of the button (or option) that was pressed."""
    action = body["actions"][0]
    return unpack((action.get("selected_option") or action).get("value", ""))


def button_row(body: Payload) -> int:
    """Return the row that the pressed button speaks of; a value that is not ours names none."""
    return row(body["actions"][0].get("value"))


def command_text(command: Payload) -> str:
    """Return the text behind a slash command as it was typed; Slack escapes `&`, `<` and `>`."""
    return unescape(str(command.get("text") or "")).strip()


def view_target(view: Payload) -> Target:
    """Return the target of a modal."""
    return unpack(view.get("private_metadata", ""))


class ViewValues(dict[str, Any]):
    """What a modal holds, by block id; a question that it should have asked and has not is odd."""

    def __missing__(self, block: str) -> Any:
        """Raise `Refusal`: Slack sends every question of a window that we made."""
        raise Refusal("not_ours")


def view_values(view: Payload) -> ViewValues:
    """Return what a modal holds; empty inputs are empty texts or lists.

    A choice that stands for the answer as it is (`KEPT`) is left out.
    """
    held = {
        block: _value(element)
        for block, elements in view["state"]["values"].items()
        for element in elements.values()
    }
    return ViewValues({block: value for block, value in held.items() if value != KEPT})


_PLAIN = ("value", "selected_date", "selected_time", "selected_user", "selected_conversation")


def _value(element: Payload) -> Any:
    """Return the value of one input, whatever its kind."""
    if "files" in element or element.get("type") == "file_input":
        return [_file(file) for file in element.get("files") or ()]
    if "selected_options" in element:
        return [option["value"] for option in element["selected_options"] or ()]
    if "selected_option" in element:
        option = cast("Payload | None", element["selected_option"])
        return option["value"] if option else ""
    return next((element[name] or "" for name in _PLAIN if name in element), "")


def _file(file: Payload) -> Payload:
    name = visible(str(file.get("name") or "")) or file["id"]
    return {"id": file["id"], "name": name, "size": file.get("size") or 0}


# What turns the direction of the text around it: a file named `fdp.exe` would read `exe.pdf`.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def visible(text: str) -> str:
    """Return a text without what only changes how the text around it looks; lines stay."""
    return "".join(c for c in text.translate(_TURNS) if c >= " " or c in "\n\t")
