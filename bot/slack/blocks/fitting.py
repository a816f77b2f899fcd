"""The SDK's windows, blocks and options, in which every text fits Slack's limits.

People's names, reasons and files may be as long as they like, or empty: Slack would refuse the
whole window or message. The rest of the package takes these classes, and ruff sees to it; how long
a text may be is written nowhere else.
"""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import AlertBlock as SdkAlertBlock
from slack_sdk.models.blocks import ButtonElement as SdkButtonElement
from slack_sdk.models.blocks import ContextBlock as SdkContextBlock
from slack_sdk.models.blocks import EmailInputElement as SdkEmailInputElement
from slack_sdk.models.blocks import HeaderBlock as SdkHeaderBlock
from slack_sdk.models.blocks import InputBlock as SdkInputBlock
from slack_sdk.models.blocks import MarkdownTextObject, TextObject
from slack_sdk.models.blocks import Option as SdkOption
from slack_sdk.models.blocks import PlainTextInputElement as SdkPlainTextInputElement
from slack_sdk.models.blocks import SectionBlock as SdkSectionBlock
from slack_sdk.models.views import View as SdkView

from bot.slack.bolt.payload import KEPT

LONGEST_TYPED: Final = 3000
LONGEST_SAID: Final = 2900
LONGEST_OPTION: Final = 75
LONGEST_ERROR: Final = 2000
# Ten of these and what stands around them stay under the 13,200 characters of a message.
LONGEST_FACT: Final = 600
_NOTHING: Final = "–"
_BROKEN_MARK: Final = re.compile(r"(?:&[a-z]{0,4}|<[^<>]*)$")


def shortened(text: str, most: int) -> str:
    """Return a plain text of 1 to `most` characters; "…" tells that there was more."""
    shown = text if text.strip() else _NOTHING
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def shortened_mrkdwn(text: str, most: int) -> str:
    """Return mrkdwn of 1 to `most` characters; no token and no entity is cut in two."""
    shown = text if text.strip() else _NOTHING
    return shown if len(shown) <= most else f"{_BROKEN_MARK.sub('', shown[: most - 1])}…"


def _fit(value: object, most: int) -> None:
    if isinstance(value, TextObject):
        short = shortened_mrkdwn if value.type == MarkdownTextObject.type else shortened
        value.text = short(value.text, most)
    elif isinstance(value, Sequence):
        for item in value:
            _fit(item, most)


class _Fitting(JsonObject):
    """Shortens its texts just before the SDK checks and writes them."""

    sizes: ClassVar[dict[str, int]] = {}

    def to_dict(self, *args: Any) -> dict[str, Any]:
        """Return the object as Slack wants it."""
        for name, most in self.sizes.items():
            _fit(getattr(self, name), most)
        return super().to_dict(*args)


class View(_Fitting, SdkView):
    """A window."""

    sizes: ClassVar = {"title": 24, "submit": 24, "close": 24}


class SectionBlock(_Fitting, SdkSectionBlock):
    """A paragraph, or facts in two columns."""

    sizes: ClassVar = {"text": 3000, "fields": LONGEST_FACT}


class HeaderBlock(_Fitting, SdkHeaderBlock):
    """A line in large letters."""

    sizes: ClassVar = {"text": 150}


class ContextBlock(_Fitting, SdkContextBlock):
    """Lines in small letters."""

    sizes: ClassVar = {"elements": 2000}


class AlertBlock(_Fitting, SdkAlertBlock):
    """A warning on top of a page. Slack's Java SDK knows its limit, the block's page none."""

    sizes: ClassVar = {"text": 200}


class InputBlock(_Fitting, SdkInputBlock):
    """A question."""

    sizes: ClassVar = {"label": 2000, "hint": 2000}


class ButtonElement(_Fitting, SdkButtonElement):
    """A button."""

    sizes: ClassVar = {"text": 75}


class Option(_Fitting, SdkOption):
    """A choice. One whose value is too long stands for the answer as it is (`KEPT`)."""

    sizes: ClassVar = {"_text": LONGEST_OPTION, "_block_description": LONGEST_OPTION}

    def to_dict(self, *args: Any) -> dict[str, Any]:
        """Return the option as Slack wants it."""
        if len(self.value) > LONGEST_OPTION:
            self.value = KEPT
        return super().to_dict(*args)


class _Typed(_Fitting):
    """Shortens what an input shows; a form must keep what is longer by itself."""

    initial_value: str | None

    def to_dict(self, *args: Any) -> dict[str, Any]:
        """Return the input as Slack wants it."""
        most = getattr(self, "max_length", None) or LONGEST_TYPED
        self.initial_value = (self.initial_value or "")[:most] or None
        return super().to_dict(*args)


class PlainTextInputElement(_Typed, SdkPlainTextInputElement):
    """A field for text."""


class EmailInputElement(_Typed, SdkEmailInputElement):
    """A field for an e-mail address."""
