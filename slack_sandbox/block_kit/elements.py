"""The shapes of Block Kit's elements and composition objects."""

from collections.abc import Mapping
from types import MappingProxyType

from slack_sandbox.spec.limits import LIMITS
from slack_sandbox.spec.schema import ByType, Flag, Many, Moment, OneOf, Record, Shape, Text, Whole

FLAG = Flag()
ANY_TEXT = Text(LIMITS["section"])
ID = Text(LIMITS["id"])
DATE = Moment("%Y-%m-%d")
TIME = Moment("%H:%M")
NUMBER = Text(64, pattern=r"-?\d+(\.\d+)?")
URL = Text(LIMITS["url"], pattern=r"https?://\S+|mailto:\S+|tel:\S+")


def plain(most: int) -> Shape:
    """Return the shape of a plain_text object of at most so many characters."""
    return ByType({"plain_text": _text_object("plain_text", most)})


def either(most: int) -> Shape:
    """Return the shape of a text object that may be plain_text or mrkdwn."""
    return ByType({kind: _text_object(kind, most) for kind in ("plain_text", "mrkdwn")})


def _text_object(kind: str, most: int) -> Record:
    extra = "emoji" if kind == "plain_text" else "verbatim"
    fields: dict[str, Shape] = {"type": OneOf((kind,)), "text": Text(most), extra: FLAG}
    return Record(fields, ("type", "text"))


def _option(text: Shape, **more: Shape) -> Record:
    fields: dict[str, Shape] = {
        "text": text,
        "value": Text(LIMITS["option_value"]),
        "description": text,
        **more,
    }
    return Record(fields, ("text", "value"))


OPTION = _option(plain(LIMITS["option_text"]))
CHOICE = _option(either(LIMITS["option_text"]))
OVERFLOW_OPTION = _option(plain(LIMITS["option_text"]), url=URL)
OPTIONS = Many(OPTION, LIMITS["select_options"])
OPTION_GROUP = Record(
    {"label": plain(LIMITS["option_text"]), "options": OPTIONS}, ("label", "options")
)
OPTION_GROUPS = Many(OPTION_GROUP, LIMITS["select_options"])
CONFIRM = Record(
    {
        "title": plain(LIMITS["confirm_title"]),
        "text": either(LIMITS["confirm_text"]),
        "confirm": plain(LIMITS["confirm_button"]),
        "deny": plain(LIMITS["confirm_button"]),
        "style": OneOf(("primary", "danger")),
    },
    ("title", "text", "confirm", "deny"),
)
DISPATCH = Record(
    {"trigger_actions_on": Many(OneOf(("on_enter_pressed", "on_character_entered")), 2)}
)
_FILTER = Record(
    {
        "include": Many(OneOf(("im", "mpim", "private", "public")), 4),
        "exclude_bot_users": FLAG,
        "exclude_external_shared_channels": FLAG,
    }
)
_FOCUS: Mapping[str, Shape] = {"focus_on_load": FLAG, "action_id": ID}
_INPUT = {**_FOCUS, "placeholder": plain(LIMITS["placeholder"])}
_PICKER = {**_INPUT, "confirm": CONFIRM}
_MULTI: Mapping[str, Shape] = {**_PICKER, "max_selected_items": Whole(1, LIMITS["select_options"])}
_TYPED: Mapping[str, Shape] = {**_INPUT, "dispatch_action_config": DISPATCH}


def _element(kind: str, fields: Mapping[str, Shape], *needed: str) -> Record:
    return Record({"type": OneOf((kind,)), **fields}, ("type", *needed))


_IMAGE = _element(
    "image",
    {
        "image_url": URL,
        "slack_file": Record({"id": ID, "url": URL}),
        "alt_text": Text(LIMITS["alt_text"]),
    },
    "alt_text",
)
_OPTION_LISTS: Mapping[str, Shape] = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
_QUERY: Mapping[str, Shape] = {"min_query_length": Whole(0, 255)}
_DIRECT: Mapping[str, Shape] = {"default_to_current_conversation": FLAG, "filter": _FILTER}

_TABLE: dict[str, Record] = {
    "button": _element(
        "button",
        {
            "text": plain(LIMITS["button_text"]),
            "action_id": ID,
            "url": URL,
            "value": Text(LIMITS["button_value"]),
            "style": OneOf(("primary", "danger")),
            "confirm": CONFIRM,
            "accessibility_label": Text(LIMITS["button_text"]),
        },
        "text",
    ),
    "image": _IMAGE,
    "static_select": _element(
        "static_select", {**_PICKER, **_OPTION_LISTS, "initial_option": OPTION}
    ),
    "external_select": _element("external_select", {**_PICKER, **_QUERY, "initial_option": OPTION}),
    "users_select": _element("users_select", {**_PICKER, "initial_user": ID}),
    "channels_select": _element("channels_select", {**_PICKER, "initial_channel": ID}),
    "conversations_select": _element(
        "conversations_select", {**_PICKER, **_DIRECT, "initial_conversation": ID}
    ),
    "multi_static_select": _element(
        "multi_static_select", {**_MULTI, **_OPTION_LISTS, "initial_options": OPTIONS}
    ),
    "multi_external_select": _element(
        "multi_external_select", {**_MULTI, **_QUERY, "initial_options": OPTIONS}
    ),
    "multi_users_select": _element(
        "multi_users_select", {**_MULTI, "initial_users": Many(ID, LIMITS["select_options"])}
    ),
    "multi_channels_select": _element(
        "multi_channels_select", {**_MULTI, "initial_channels": Many(ID, LIMITS["select_options"])}
    ),
    "multi_conversations_select": _element(
        "multi_conversations_select",
        {
            **_MULTI,
            **_DIRECT,
            "initial_conversations": Many(ID, LIMITS["select_options"]),
        },
    ),
    "datepicker": _element("datepicker", {**_PICKER, "initial_date": DATE}),
    "timepicker": _element(
        "timepicker", {**_PICKER, "initial_time": TIME, "timezone": Text(LIMITS["id"])}
    ),
    "datetimepicker": _element(
        "datetimepicker",
        {**_FOCUS, "confirm": CONFIRM, "initial_date_time": Whole(10**9, 10**10 - 1)},
    ),
    "overflow": _element(
        "overflow",
        {"action_id": ID, "options": Many(OVERFLOW_OPTION, LIMITS["overflow"]), "confirm": CONFIRM},
        "options",
    ),
    "checkboxes": _element(
        "checkboxes",
        {
            **_FOCUS,
            "options": Many(CHOICE, LIMITS["choices"]),
            "initial_options": Many(CHOICE, LIMITS["choices"]),
            "confirm": CONFIRM,
        },
        "options",
    ),
    "radio_buttons": _element(
        "radio_buttons",
        {
            **_FOCUS,
            "options": Many(CHOICE, LIMITS["choices"]),
            "initial_option": CHOICE,
            "confirm": CONFIRM,
        },
        "options",
    ),
    "plain_text_input": _element(
        "plain_text_input",
        {
            **_TYPED,
            "initial_value": Text(LIMITS["text_input"], 0),
            "multiline": FLAG,
            "min_length": Whole(0, LIMITS["text_input"]),
            "max_length": Whole(1, LIMITS["text_input"]),
        },
    ),
    "email_text_input": _element("email_text_input", {**_TYPED, "initial_value": ANY_TEXT}),
    "url_text_input": _element("url_text_input", {**_TYPED, "initial_value": ANY_TEXT}),
    "number_input": _element(
        "number_input",
        {
            **_TYPED,
            "is_decimal_allowed": FLAG,
            "initial_value": NUMBER,
            "min_value": NUMBER,
            "max_value": NUMBER,
        },
        "is_decimal_allowed",
    ),
    "file_input": _element(
        "file_input",
        {
            "action_id": ID,
            "filetypes": Many(Text(20), 100),
            "max_files": Whole(1, LIMITS["files"]),
        },
    ),
}
ELEMENTS: Mapping[str, Record] = MappingProxyType(_TABLE)

_SELECTS = tuple(name for name in ELEMENTS if name.endswith("_select"))
_SINGLE = tuple(name for name in _SELECTS if not name.startswith("multi_"))
_CHOICES = ("checkboxes", "radio_buttons", "datepicker", "timepicker")
_TYPED_KINDS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
# Where an element may stand, after "Works with block types" of each element's reference page.
ALLOWED_IN = MappingProxyType(
    {
        "section": ("button", "image", "overflow", *_CHOICES, *_SELECTS),
        "actions": ("button", "overflow", "datetimepicker", *_CHOICES, *_SINGLE),
        "input": (*_TYPED_KINDS, "file_input", "datetimepicker", *_CHOICES, *_SELECTS),
    }
)


def elements_for(block: str) -> ByType:
    """Return the shape of an element inside a block of that type."""
    return ByType({name: ELEMENTS[name] for name in ALLOWED_IN[block]})
