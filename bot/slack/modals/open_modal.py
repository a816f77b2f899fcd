"""Opens the window of a command after its acknowledgement: there is nothing to keep before."""

from collections.abc import Callable

from slack_bolt import BoltContext
from slack_sdk import WebClient

from bot.desk.desk import Desk
from bot.slack.blocks.fitting import View
from bot.slack.bolt.after_ack import defer
from bot.slack.bolt.payload import Payload
from bot.slack.modals.error_reply import is_opened, message_for, say


def open_afterwards(
    desk: Desk, body: Payload, context: BoltContext, client: WebClient, view: Callable[[], View]
) -> None:
    """Leave the window to be made and opened; a failure is said in a line for this person only."""

    def work() -> None:
        try:
            client.views_open(trigger_id=body["trigger_id"], view=view())
        except Exception as error:
            # Nobody else answers any more: whatever it is, the person hears of it.
            if not is_opened(error):
                say(context, message_for(desk, error))

    defer(work)
