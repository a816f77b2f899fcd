"""Texts of a window: to be read, and to be copied as they stand."""

from textwrap import wrap
from typing import Final

from slack_sdk.models.blocks import MarkdownTextObject

from bot.slack.blocks.fitting import SectionBlock
from bot.slack.bolt.payload import visible

# A section holds 3,000 characters, with the marks around what is copied.
MOST_COPIED: Final = 2900


def section(text: str) -> SectionBlock:
    """Return a text in mrkdwn."""
    return SectionBlock(text=MarkdownTextObject(text=text))


def to_copy(text: str) -> list[SectionBlock]:
    """Return a text in mrkdwn that is copied as it stands, in as many blocks as it takes.

    No backtick stays, since three of them would end the part that is copied.
    """
    pieces = [""]
    for line in visible(text).replace("`", "'").splitlines():
        for part in wrap(line, MOST_COPIED) or [""]:
            if len(pieces[-1]) + len(part) >= MOST_COPIED:
                pieces.append("")
            pieces[-1] += f"{part}\n"
    return [_whole(f"```\n{piece.rstrip()}\n```") for piece in pieces]


def _whole(text: str) -> SectionBlock:
    # What hides behind "see more" would not be copied.
    return SectionBlock(text=MarkdownTextObject(text=text), expand=True)
