"""A list of remarks in a window: its heading in an alert, for which Slack has little room."""

from slack_sdk.models.blocks import Block, MarkdownTextObject

from bot.slack.blocks.fitting import AlertBlock, SectionBlock


def alert(told: str, level: str) -> list[Block]:
    """Return the first line of a list (mrkdwn) as an alert, and the rest below it."""
    heading, _, rest = told.partition("\n")
    blocks: list[Block] = [AlertBlock(text=MarkdownTextObject(text=heading), level=level)]
    if rest:
        blocks.append(SectionBlock(text=MarkdownTextObject(text=rest)))
    return blocks
