"""Opens the window of a command after its acknowledgement: the call takes longer than the rest."""

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.models.views import View

from bot.slack.afterwards import leave
from bot.slack.faults import is_opened, message_for, say
from bot.slack.payload import Payload


def open_afterwards(body: Payload, context: BoltContext, client: WebClient, view: View) -> None:
    """Leave the window to be opened; a failure is said in a line that only this person sees."""

    def work() -> None:
        try:
            client.views_open(trigger_id=body["trigger_id"], view=view)
        except (SlackClientError, OSError, ValueError) as error:
            if not is_opened(error):
                say(context, message_for(context["desk"], error))

    leave(work)
