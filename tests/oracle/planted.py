"""Faults put into recorded payloads on purpose: each must be found by the judge that is named.

An oracle that finds nothing is only worth something if it would have found it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from tests.oracle.limits import LIMITS, spoken_objects
from tests.oracle.payloads import OPTIONS, Finding, Payload

TSC, MODELS, LIMIT = "tsc", "slack_sdk", "limits"
GONE: Final = object()
Change = Callable[[Any], Any]


def _always(_value: Any) -> bool:
    return True


@dataclass(frozen=True)
class Planted:
    """In the first `sort` of payload that has an object of `kind`, `path` is changed.

    `where` picks the object; `to` is the new value, a function of the old one, or `GONE`.
    """

    sort: str
    judge: str
    fault: str
    kind: str
    path: str
    to: Any
    where: Callable[[Any], bool] = _always

    def __str__(self) -> str:
        return f"{self.fault}, in a {self.sort}: {self.kind}/{self.path.replace('.', '/')}"


@dataclass(frozen=True)
class Spoilt:
    """A payload with one planted fault; `pointer` leads to what was changed."""

    planted: Planted
    whole: Payload
    payload: Payload
    pointer: str

    def is_named_by(self, found: Iterable[Finding]) -> bool:
        """Say whether the judge names the fault: the place itself, or what it stands in."""
        mine = [f for f in found if f.payload is self.payload and f.judge == self.planted.judge]
        return any(
            self.pointer.startswith(f.pointer) or f.pointer.startswith(self.pointer) for f in mine
        )


SORTS: Final[dict[str, Callable[[Payload], bool]]] = {
    "window": lambda p: p.view is not None and p.kind == "web_api",
    "message": lambda p: p.is_message and p.kind == "web_api",
    "form's acknowledgement": lambda p: p.kind == "ack:view_submission",
    "command's acknowledgement": lambda p: p.kind == "ack:command",
    "click's acknowledgement": lambda p: p.kind == "ack:block_actions",
    "option list": lambda p: p.kind == OPTIONS,
}
# The whole of a payload, whatever it is.
WHOLE: Final = "payload"


def _longer(most: int) -> Change:
    def change(old: Any) -> Any:
        if isinstance(old, str):
            return "x" * (most + 1)
        return (old * (most + 1))[: most + 1] if isinstance(old, list) else most + 1

    return change


def _is_file(value: Any) -> bool:
    return bool(value.get("element", {}).get("type") == "file_input")


def _has_block_ids(value: Any) -> bool:
    return sum("block_id" in block for block in value["blocks"]) > 1


def _same_ids(blocks: Any) -> Any:
    return [{**block, "block_id": "same"} for block in blocks]


def _same_actions(elements: Any) -> Any:
    return [{**element, "action_id": "same"} for element in elements]


def _has_input(value: Any) -> bool:
    return any(block["type"] == "input" for block in value["blocks"])


def _answers(action: str) -> Callable[[Any], bool]:
    return lambda value: bool(value.get("response_action") == action)


FORM, COMMAND, CLICK, LIST = list(SORTS)[2:]
ROWS: Final = (
    Planted("window", TSC, "a wrong type", "modal", "title.text", 7),
    Planted("window", TSC, "an unknown key", "modal", "width", "large"),
    Planted("window", TSC, "an unknown key", "section", "colour", "red"),
    Planted("window", TSC, "a missing key", "input", "label", GONE),
    Planted("window", TSC, "a missing key", "modal", "title", GONE),
    Planted("window", TSC, "a wrong value", "button", "style", "green"),
    Planted("window", TSC, "an unknown block", "section", "type", "sections"),
    Planted("window", TSC, "mrkdwn where only plain text may be", "input", "label.type", "mrkdwn"),
    Planted("window", TSC, "a missing argument", WHOLE, "trigger_id", GONE),
    Planted("message", TSC, "a missing argument", WHOLE, "channel", GONE),
    Planted("message", TSC, "an unknown argument", WHOLE, "colour", "red"),
    Planted("message", TSC, "a wrong type", WHOLE, "text", 7),
    Planted("message", TSC, "a wrong type", "button", "value", 7),
    Planted("message", TSC, "a missing key", "actions", "elements", GONE),
    Planted("message", TSC, "a bad metadata", WHOLE, "metadata.event_payload", "text"),
    Planted(FORM, TSC, "an unknown answer", WHOLE, "response_action", "refresh"),
    Planted(FORM, TSC, "a wrong type", WHOLE, "errors.x", 7, _answers("errors")),
    Planted(FORM, TSC, "a missing key", WHOLE, "view", GONE, _answers("update")),
    Planted(FORM, TSC, "an unknown key", WHOLE, "close", True, _answers("errors")),
    Planted(COMMAND, TSC, "a wrong value", WHOLE, "response_type", "loud"),
    Planted(CLICK, TSC, "an answer where none is read", "", "", {"text": "Done."}),
    Planted(LIST, TSC, "a missing key", "option", "text", GONE),
    Planted(LIST, TSC, "an unknown key", "option", "colour", "red"),
    Planted(LIST, TSC, "a wrong type", "option", "text", "bare text"),
    Planted("window", MODELS, "too long", "modal", "title.text", _longer(24)),
    Planted("window", MODELS, "too many", "modal", "blocks", _longer(100)),
    Planted("window", MODELS, "an unknown block", "section", "type", "sections"),
    Planted("window", MODELS, "an unknown key", "section", "colour", "red"),
    Planted("message", MODELS, "too long", "header", "text.text", _longer(150)),
    Planted("message", MODELS, "too many", "actions", "elements", _longer(25)),
    Planted("message", MODELS, "an unknown key", "button", "colour", "red"),
    Planted(FORM, MODELS, "too long", "section", "text.text", _longer(3000)),
    Planted(LIST, MODELS, "too long", "option", "text.text", _longer(75)),
    Planted("window", LIMIT, "a bad pair", "input", "dispatch_action", True, _is_file),
    Planted("window", LIMIT, "a repeated id", "modal", "blocks", _same_ids, _has_block_ids),
    Planted("window", LIMIT, "a repeated id", "actions", "elements", _same_actions,
            lambda value: len(value["elements"]) > 1),
    Planted("window", LIMIT, "a missing button", "modal", "submit", GONE, _has_input),
    Planted("window", LIMIT, "a bad option", "static_select", "initial_option.text.text", "Other"),
    Planted("window", LIMIT, "a bad option", "radio_buttons", "initial_option.value", "other"),
    Planted("window", LIMIT, "a missing text", "section", "text", GONE),
    Planted("window", LIMIT, "bounds reversed", "plain_text_input", "min_length", 3001),
    Planted("window", LIMIT, "no such day", "datepicker", "initial_date", "2026-13-45"),
    Planted("window", LIMIT, "no such hour", "timepicker", "initial_time", "25:00"),
    Planted("window", LIMIT, "two with the focus", "modal", "blocks", lambda blocks: [
        {**block, "element": {**block.get("element", {}), "focus_on_load": True}}
        for block in blocks], lambda value: len(value["blocks"]) > 1),
    Planted("window", LIMIT, "a block of messages", "section", "type", "table"),
    Planted("window", LIMIT, "an element where it cannot be", "input", "element.type", "button"),
    Planted("window", LIMIT, "too large", "modal", "x", "x" * 250_000),
    Planted("message", LIMIT, "no text", WHOLE, "text", " "),
    Planted("message", LIMIT, "a block of windows", "section", "type", "alert"),
    Planted("message", LIMIT, "too long in all", WHOLE, "blocks", lambda _: [
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}} for _ in range(5)]),
    Planted("message", LIMIT, "too large", WHOLE, "metadata.event_payload.x", "x" * 16_000),
    Planted(FORM, LIMIT, "an error of no input", WHOLE, "errors.nowhere", "?", _answers("errors")),
    Planted(FORM, LIMIT, "no error at all", WHOLE, "errors", {}, _answers("errors")),
    Planted(FORM, LIMIT, "an unknown answer", WHOLE, "response_action", "refresh"),
    Planted(CLICK, LIMIT, "an answer where none is read", "", "", {"text": "Done."}),
    Planted(LIST, LIMIT, "mrkdwn in a menu", "option", "text.type", "mrkdwn"),
)  # fmt: skip


def too_much() -> Iterator[Planted]:
    """Yield a fault for each limit: one more than is allowed, wherever there is such an object."""
    for limit in LIMITS:
        if limit.kind != "*" and "*" not in limit.path:
            for sort in ("window", "message", LIST):
                kind = WHOLE if limit.kind in ("message", "options") else limit.kind
                yield Planted(sort, LIMIT, "too much", kind, limit.path, _longer(limit.most))


def plant(payloads: Sequence[Payload], everything: Iterable[Planted]) -> Iterator[Spoilt | Planted]:
    """Spoil a payload for each planted fault; yield the fault itself where there is none for it."""
    for planted in everything:
        fitting = (p for p in payloads if SORTS[planted.sort](p))
        yield next((s for p in fitting if (s := _spoilt(p, planted))), planted)


def _spoilt(payload: Payload, planted: Planted) -> Spoilt | None:
    copy = replace(payload, body=deepcopy(payload.body))
    if not planted.path:
        return Spoilt(planted, payload, replace(payload, body=planted.to), "")
    for value, pointer in _candidates(copy, planted.kind):
        if planted.where(value) and _change(value, planted.path.split("."), planted.to):
            place = f"{pointer}/{planted.path.replace('.', '/')}"
            return Spoilt(planted, payload, copy, place)
    return None


def _candidates(payload: Payload, kind: str) -> Iterator[tuple[Any, str]]:
    if kind == WHOLE and isinstance(payload.body, dict):
        yield payload.body, ""
    for found, value, pointer in list(spoken_objects(payload)):
        if found == kind:
            yield value, pointer


def _change(value: Any, path: list[str], to: Any) -> bool:
    """Change what stands at a path; False where there is nothing to be changed."""
    *way, last = path
    for name in way:
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, dict) or ((to is GONE or callable(to)) and last not in value):
        return False
    if to is GONE:
        del value[last]
    else:
        value[last] = to(value[last]) if callable(to) else to
    return True
