"""A list of remarks in a window: its heading in an alert, for which Slack has little room."""

from slack_sdk.models.blocks import AlertBlock, Block, MarkdownTextObject, SectionBlock

# Slack's own Java SDK says so of `AlertBlock`; the page of the block names no length.
LONGEST_ALERT = 200
LONGEST_LIST = 3000


def alert(told: str, level: str) -> list[Block]:
    """Return the first line of a list (mrkdwn) as an alert, and the rest below it."""
    heading, _, rest = told.partition("\n")
    blocks: list[Block] = [
        AlertBlock(text=MarkdownTextObject(text=heading[:LONGEST_ALERT]), level=level)
    ]
    if rest:
        blocks.append(SectionBlock(text=MarkdownTextObject(text=rest[:LONGEST_LIST])))
    return blocks
