"""What Slack's documentation says of things that go, or do not go, together."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from tests.oracle.limits import JUDGE, spoken_objects
from tests.oracle.payloads import Finding, Payload, objects

Object = dict[str, Any]
Faults = Iterator[tuple[str, str]]
VIEW_BYTES: Final = 250_000
# Undocumented, told by those who met it: https://github.com/slackapi/bolt-js/issues/2509
MESSAGE_CHARACTERS: Final = 13_200
METADATA_BYTES: Final = 16_000


def _file_input(value: Object) -> Faults:
    element = value.get("element") or {}
    if value.get("dispatch_action") and element.get("type") == "file_input":
        yield "/dispatch_action", "not with a file_input (block-kit/blocks/input-block)"


def _section(value: Object) -> Faults:
    if not value.get("text") and not value.get("fields"):
        yield "", "text or fields are needed (block-kit/blocks/section-block)"


def _actions_once(value: Object) -> Faults:
    names = [element.get("action_id") for element in value.get("elements") or ()]
    for index, name in enumerate(names):
        if name and name in names[:index]:
            words = f"{name} is there already (block-kit/block-elements)"
            yield f"/elements/{index}/action_id", words


def _initial(value: Object) -> Faults:
    groups = value.get("option_groups") or ()
    options = [*(value.get("options") or ()), *(o for g in groups for o in g["options"])]
    chosen = [("/initial_option", value["initial_option"])] if "initial_option" in value else []
    many = enumerate(value.get("initial_options") or ())
    chosen += [(f"/initial_options/{index}", option) for index, option in many]
    for pointer, option in chosen:
        if option not in options:
            yield pointer, "must be one of the options, whole (block-kit/block-elements)"


def _choices(value: Object) -> Faults:
    if ("options" in value) == ("option_groups" in value):
        yield "", "either options or option_groups (block-elements/select-menu-element)"
    yield from _plain_options(value)
    yield from _initial(value)


def _plain_options(value: Object) -> Faults:
    for index, option in enumerate(value.get("options") or ()):
        if option.get("text", {}).get("type") == "mrkdwn":
            yield f"/options/{index}/text/type", "only plain_text (composition-objects/option)"


def _text_input(value: Object) -> Faults:
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > most:
        yield "/min_length", "greater than max_length (block-elements/plain-text-input-element)"
    if len(value.get("initial_value") or "") > most:
        yield "/initial_value", "longer than max_length (block-elements/plain-text-input-element)"


def _day(value: Object) -> Faults:
    try:
        date.fromisoformat(value.get("initial_date", "2000-01-01"))
    except ValueError:
        yield "/initial_date", "no day, YYYY-MM-DD (block-elements/date-picker-element)"


def _hour(value: Object) -> Faults:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value.get("initial_time", "00:00")):
        yield "/initial_time", "no time, HH:mm (block-elements/time-picker-element)"


def _image(value: Object) -> Faults:
    if ("image_url" in value) == ("slack_file" in value):
        yield "", "either image_url or slack_file (block-kit/blocks/image-block)"


def _modal(value: Object) -> Faults:
    blocks = value.get("blocks") or ()
    if any(block.get("type") == "input" for block in blocks) and not value.get("submit"):
        yield "/submit", "required with input blocks (views/modal-views)"
    if len(json.dumps(value, ensure_ascii=False).encode()) > VIEW_BYTES:
        yield "", f"more than {VIEW_BYTES} bytes (methods/views.open: view_too_large)"
    focused = [p for _, o, p in objects(value) if o.get("focus_on_load")]
    for pointer in focused[1:]:
        yield f"{pointer}/focus_on_load", "only one of a view (block-kit/block-elements)"
    yield from _blocks(value, "modal")


def _message(value: Object) -> Faults:
    if not str(value.get("text") or "").strip():
        yield "/text", "a top-level text is wanted (methods/chat.postMessage)"
    texts = [
        o["text"] for _, o, _ in objects(value.get("blocks")) if isinstance(o.get("text"), str)
    ]
    if sum(map(len, texts)) > MESSAGE_CHARACTERS:
        yield "/blocks", f"more than {MESSAGE_CHARACTERS} characters in all (msg_blocks_too_long)"
    metadata = value.get("metadata")
    if metadata and len(json.dumps(metadata).encode()) > METADATA_BYTES:
        yield "/metadata", "too large (methods/chat.postMessage: metadata_too_large)"
    yield from _blocks(value, "message")


_ONLY_ON: Final = {
    "alert": "modal", "file_input": "modal", "table": "message", "markdown": "message",
    "data_table": "message", "data_visualization": "message",
}  # fmt: skip
# "Works with block types", said on the page of each element.
_CHOOSERS: Final = (
    "checkboxes", "radio_buttons", "datepicker", "timepicker", "static_select",
    "external_select", "users_select", "conversations_select", "channels_select",
)  # fmt: skip
_MULTI: Final = tuple(f"multi_{name}" for name in _CHOOSERS if name.endswith("_select"))
_TYPED: Final = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
ELEMENTS_OF: Final = {
    "section": {"button", "overflow", "image", *_CHOOSERS, *_MULTI},
    "actions": {"button", "overflow", "datetimepicker", *_CHOOSERS, *_MULTI},
    "input": {"file_input", "datetimepicker", "rich_text_input", *_TYPED, *_CHOOSERS, *_MULTI},
    "context": {"plain_text", "mrkdwn", "image"},
}


def _blocks(value: Object, surface: str) -> Faults:
    blocks = value.get("blocks") or []
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        name = block.get("block_id")
        if name and name in seen:
            yield f"/blocks/{index}/block_id", f"{name} is there already (block-kit/blocks)"
        seen.add(name)
        yield from _elements(block, f"/blocks/{index}")
    for kind, _, pointer in objects(blocks, "/blocks"):
        if _ONLY_ON.get(kind, surface) != surface:
            yield f"{pointer}/type", f"{kind} is not for a {surface} (block-kit/blocks)"
    tables = [i for i, block in enumerate(blocks) if block.get("type") == "table"]
    for index in tables[1:]:
        yield f"/blocks/{index}", "only one table (block-kit/blocks/table-block)"


def _elements(block: Object, pointer: str) -> Faults:
    allowed = ELEMENTS_OF.get(str(block.get("type")))
    inside = {f"elements/{i}": e for i, e in enumerate(block.get("elements") or ())}
    inside |= {name: block[name] for name in ("accessory", "element") if block.get(name)}
    for place, element in inside.items():
        if allowed is not None and element.get("type") not in allowed:
            words = f"no {element.get('type')} in {block['type']} (block-kit/block-elements)"
            yield f"{pointer}/{place}/type", words


RULES: Final[Mapping[str, Callable[[Object], Faults]]] = {
    "input": _file_input,
    "section": _section,
    "actions": _actions_once,
    "static_select": _choices,
    "multi_static_select": _choices,
    "checkboxes": _initial,
    "radio_buttons": _initial,
    "overflow": _plain_options,
    "options": _plain_options,
    "plain_text_input": _text_input,
    "datepicker": _day,
    "timepicker": _hour,
    "image": _image,
    "modal": _modal,
    "message": _message,
}
_READ: Final = frozenset({"ack:command", "ack:url_verification"})
_ANSWERS: Final = {"update": "view", "push": "view", "errors": "errors", "clear": None}


def judge(payload: Payload) -> Iterator[Finding]:
    """Find what does not go together."""
    for kind, value, pointer in spoken_objects(payload):
        if rule := RULES.get(kind):
            for place, words in _faults(rule, value):
                yield Finding(JUDGE, payload, f"{pointer}{place}", words)
    if payload.is_acknowledgement:
        for place, words in _acknowledgement(payload):
            yield Finding(JUDGE, payload, place, words)


def _faults(rule: Callable[[Object], Faults], value: Object) -> list[tuple[str, str]]:
    try:
        return list(rule(value))
    except (AttributeError, KeyError, TypeError) as error:
        return [("", f"has parts of another type than they should be ({error})")]


def _acknowledgement(payload: Payload) -> Faults:
    """What Slack reads of an answer: of a form the action, of a click nothing at all."""
    if payload.kind == "ack:view_submission":
        yield from _form_answer(payload.body, payload.inputs)
    elif payload.kind not in _READ and payload.body:
        yield "", "Slack reads no body here (interactivity/handling-user-interaction)"


def _form_answer(body: Any, inputs: tuple[str, ...]) -> Faults:
    if not body:
        return
    action = body.get("response_action") if isinstance(body, dict) else None
    if action not in _ANSWERS:
        yield "/response_action", f"{action} is none (interaction-payloads/view-interactions)"
    elif (needed := _ANSWERS[action]) and not body.get(needed):
        yield f"/{needed}", "is needed (interaction-payloads/view-interactions)"
    for name in body.get("errors") or () if action == "errors" else ():
        if name not in inputs:
            yield f"/errors/{name}", "no input block of that id (interaction-payloads/view)"
