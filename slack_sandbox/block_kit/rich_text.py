"""The shape of a rich_text block, which also fills the cells of a table."""

from collections.abc import Mapping

from slack_sandbox.block_kit.elements import FLAG, ID, URL
from slack_sandbox.spec.limits import LIMITS
from slack_sandbox.spec.schema import ByType, Many, OneOf, Record, Shape, Text, Whole

_WORDS = Text(LIMITS["markdown"])
_STYLE = Record(dict.fromkeys(("bold", "italic", "strike", "code", "underline"), FLAG))
_MANY = 1000


def _part(kind: str, fields: Mapping[str, Shape], *needed: str) -> Record:
    return Record({"type": OneOf((kind,)), "style": _STYLE, **fields}, ("type", *needed))


_INLINE = ByType(
    {
        "text": _part("text", {"text": _WORDS}, "text"),
        "link": _part("link", {"url": URL, "text": _WORDS, "unsafe": FLAG}, "url"),
        "emoji": _part("emoji", {"name": ID, "unicode": ID, "skin_tone": Whole(1, 6)}, "name"),
        "user": _part("user", {"user_id": ID}, "user_id"),
        "usergroup": _part("usergroup", {"usergroup_id": ID}, "usergroup_id"),
        "channel": _part("channel", {"channel_id": ID}, "channel_id"),
        "broadcast": _part("broadcast", {"range": OneOf(("here", "channel", "everyone"))}, "range"),
        "date": _part(
            "date",
            {"timestamp": Whole(0, 10**11), "format": ID, "url": URL, "fallback": _WORDS},
            "timestamp",
            "format",
        ),
    }
)
_LINES = Many(_INLINE, _MANY)


def _section(kind: str, **more: Shape) -> Record:
    fields: dict[str, Shape] = {"type": OneOf((kind,)), "elements": _LINES, **more}
    return Record(fields, ("type", "elements"))


_SECTION = _section("rich_text_section")
_LIST = Record(
    {
        "type": OneOf(("rich_text_list",)),
        "style": OneOf(("bullet", "ordered")),
        "elements": Many(ByType({"rich_text_section": _SECTION}), _MANY),
        "indent": Whole(0, 8),
        "offset": Whole(0, _MANY),
        "border": Whole(0, 1),
    },
    ("type", "style", "elements"),
)
_BORDER = Whole(0, 1)
RICH_TEXT = Record(
    {
        "type": OneOf(("rich_text",)),
        "block_id": ID,
        "elements": Many(
            ByType(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": _section("rich_text_quote", border=_BORDER),
                    "rich_text_preformatted": _section(
                        "rich_text_preformatted", border=_BORDER, language=ID
                    ),
                }
            ),
            _MANY,
        ),
    },
    ("type", "elements"),
)
