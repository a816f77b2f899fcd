"""What Slack's payloads look like, as far as a listener or Bolt reads them; checked at the door.

A payload that passes has every part that is read here, of the right type at any depth. What Slack
adds is let through unread.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from slack_bolt import BoltRequest

Payload = dict[str, Any]
_Moment = Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,9})?$")]
_Name = Annotated[str, Field(min_length=1)]


class MalformedPayload(ValueError):
    """Slack sends nothing like it. The text names the place, never a value."""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Named(_Part):
    id: _Name


class _Option(_Part):
    value: str


class _File(_Named):
    name: str | None = None
    size: int | None = Field(default=None, ge=0)


class _Answer(_Part):
    """What one input holds; also what was clicked, which tells its new answer."""

    type: str | None = None
    value: str | None = None
    selected_date: str | None = None
    selected_time: str | None = None
    selected_user: str | None = None
    selected_conversation: str | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    files: list[_File] | None = None


class _Action(_Answer):
    action_id: str
    action_ts: _Moment


class _Element(_Part):
    type: str
    action_id: str | None = None


class _Block(_Part):
    type: str
    block_id: str
    optional: bool | None = None
    element: _Element | None = None


class _State(_Part):
    values: dict[str, dict[str, _Answer]]


# Where each kind of input that the desk asks with has its answer.
ANSWERS: Final[Mapping[str, str]] = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "file_input": "files",
}
_SHAPES: Final = frozenset(ANSWERS.values())


class _View(_Named):
    type: Literal["modal", "home"]
    callback_id: str
    blocks: list[_Block]
    state: _State
    private_metadata: str | None = None
    hash: str | None = None
    root_view_id: str | None = None

    @model_validator(mode="after")
    def _answers_fit(self) -> Self:
        """Refuse a text where a choice was asked for, or a choice where a file was."""
        asked = [(block.block_id, block.element) for block in self.blocks if block.element]
        for block, element in asked:
            answer = self.state.values.get(block, {}).get(element.action_id or "", _Answer())
            given = {name for name in _SHAPES if getattr(answer, name) is not None}
            if element.type in ANSWERS and given - {ANSWERS[element.type]}:
                raise ValueError(block)
        return self


class _ResponseUrl(_Part):
    response_url: str


class _Interaction(_Part):
    user: _Named
    trigger_id: str | None = None
    view: _View | None = None
    message: Payload | None = None
    response_url: str | None = None
    response_urls: list[_ResponseUrl] = []


class _Click(_Interaction):
    trigger_id: _Name
    actions: Annotated[list[_Action], Field(min_length=1)]


class _OfView(_Interaction):
    view: _View


class _Suggestion(_Interaction):
    action_id: str
    block_id: str
    value: str


class _Shortcut(_Interaction):
    trigger_id: _Name
    callback_id: str


class _Happening(_Part):
    type: str


class _Event(_Part):
    event: _Happening


class _Challenge(_Part):
    challenge: str


class _Command(_Part):
    command: Annotated[str, Field(pattern="^/")]
    user_id: _Name
    trigger_id: _Name
    text: str | None = None
    response_url: str | None = None


# By what `kind_of` calls it; Bolt reads other parts of other types, which this app never gets.
KINDS: Final[Mapping[str, type[_Part]]] = {
    "command": _Command,
    "block_actions": _Click,
    "view_submission": _OfView,
    "view_closed": _OfView,
    "block_suggestion": _Suggestion,
    "shortcut": _Shortcut,
    "message_action": _Shortcut,
    "event_callback": _Event,
    "url_verification": _Challenge,
    "app_rate_limited": _Part,
}
_COUNTED: Final = KINDS.keys() - {"url_verification", "app_rate_limited"}


def kind_of(body: Mapping[str, Any]) -> str:
    """Name what was asked by its kind only: everything else may be what a person typed."""
    kind = _kind(body)
    return kind if kind in _COUNTED else "other"


def _kind(body: Mapping[str, Any]) -> str:
    return "command" if "command" in body else str(body.get("type"))


def read_body(body: bytes | bytearray) -> Payload:
    """Return what an HTTP body says: JSON, a form, or JSON in a form. Raises `MalformedPayload`.

    A slash command may have the word "payload" in its text.
    """
    try:
        text = body.decode()
        if not text.startswith("{"):
            fields = dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
            if "payload" not in fields:
                return fields
            text = fields["payload"]
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise MalformedPayload("neither JSON nor a form") from error
    if not isinstance(found, dict):
        raise MalformedPayload("no object")
    return found


def _no_number(_name: str) -> None:
    raise ValueError("JSON has no such number")


def request_of(payload: Payload) -> BoltRequest:
    """Return Bolt's request for a payload, over HTTP or a socket. Raises `MalformedPayload`."""
    kind = KINDS.get(_kind(payload))
    if kind is None or ("command" in payload and "type" in payload):
        raise MalformedPayload("no kind that this app is sent")
    try:
        kind.model_validate(payload)
        text = json.dumps(payload, ensure_ascii=False)
        # Half a pair of surrogates can be read, but neither stored nor answered.
        text.encode()
        body = _storable(payload) if r"\u0000" in text else payload
        return BoltRequest(body=body, mode="socket_mode")
    except ValidationError as error:
        raise MalformedPayload(".".join(map(str, error.errors()[0]["loc"]))[:100]) from None
    except _UNREADABLE as error:
        raise MalformedPayload(type(error).__name__) from None


def _storable(value: Any) -> Any:
    """Put the sign for what cannot be read in place of NUL, which PostgreSQL keeps in no text."""
    if isinstance(value, str):
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if isinstance(value, list):
        return [_storable(part) for part in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(part) for name, part in value.items()}
    return value


# Whom, where and for which team: Bolt looks in many places, in types that Slack gives them.
_UNREADABLE: Final = (
    AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError,
)  # fmt: skip
