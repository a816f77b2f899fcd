"""Asks Slack's own `blocks.validate` about every kind of window and message of the product."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.bolt.api_errors import error_code
from bot.slack.catalogue.catalogue import Example, catalogue
from bot.wording.templates import Templates

REFUSED: Final = frozenset({"invalid_blocks", "invalid_message", "invalid_view"})
MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Judgement:
    """What Slack says: how many it was asked about, which of them it refuses, why it stopped."""

    asked: int
    refused: Sequence[str]
    stopped: str = ""

    @property
    def fine(self) -> bool:
        """Whether nothing was refused; a Slack that does not answer refuses nothing."""
        return not self.refused

    def __str__(self) -> str:
        if self.stopped and not self.asked:
            return f"not asked, Slack says {self.stopped}"
        told = f"{self.asked} windows and messages"
        if self.refused:
            more = len(self.refused) - MOST_NAMED
            named = "; ".join(self.refused[:MOST_NAMED])
            told = f"Slack refuses {named}" + (f" and {more} more" if more > 0 else "")
        return f"{told}; not asked further, Slack says {self.stopped}" if self.stopped else told


def ask_about_blocks(client: WebClient, examples: Sequence[Example] | None = None) -> Judgement:
    """Ask about one window or message of each shape; it stops where Slack has had enough."""
    refused: list[str] = []
    every = catalogue(Templates()) if examples is None else examples
    shapes = {shape_of(example.payload): example for example in every}
    for asked, example in enumerate(shapes.values()):
        try:
            _ask(client, example)
        except SlackApiError as error:
            if error_code(error) not in REFUSED:
                return Judgement(asked, refused, error_code(error))
            refused.append(_named(example, error))
        except (SlackClientError, OSError) as error:
            return Judgement(asked, refused, f"nothing ({type(error).__name__})")
    return Judgement(len(shapes), refused)


def _ask(client: WebClient, example: Example) -> None:
    if example.argument == "view":
        client.blocks_validate(view=example.payload)
    else:
        client.blocks_validate(message=example.payload)


def shape_of(value: Any) -> str:
    """Return what two payloads that differ only in their texts have in common."""
    if isinstance(value, dict):
        inner = (f"{name}:{shape_of(inner)}" for name, inner in sorted(value.items()))
        return f"{{{value.get('type', '')} {' '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{' '.join(dict.fromkeys(shape_of(inner) for inner in value))}]"
    return ""


def _named(example: Example, error: SlackApiError) -> str:
    """Write a refusal: the window, and the JSON pointers to what is wrong with it."""
    found = error.response.get("errors") or ()
    told = (f"{fault.get('pointer') or '/'} {fault.get('message')}" for fault in found)
    return f"“{example.name}” ({', '.join(told)})"
