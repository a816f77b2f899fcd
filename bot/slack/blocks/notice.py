"""A window that says one thing to one person."""

from bot.slack.blocks.code_blocks import section
from bot.slack.blocks.fitting import View
from bot.slack.ids import Window
from bot.wording.templates import Templates


def notice_view(words: Templates, message: str) -> View:
    """Return a modal that says one thing to one person."""
    return View(
        type="modal",
        callback_id=Window.NOTICE,
        title=words.sentence("forms", "notice_title"),
        close=words.sentence("forms", "close"),
        blocks=[section(words.mrkdwn_sentence("labels", "item_open", item=message))],
    )
