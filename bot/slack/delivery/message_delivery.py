"""Brings a message to Slack once: posted, updated where it stands, or found from before."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk import WebClient
from slack_sdk.models.blocks import Block, MarkdownTextObject

from bot.desk.desk import Desk
from bot.desk.notifications.deliveries import ClaimedDelivery, PermanentError, Receipt
from bot.slack.blocks.fitting import SectionBlock
from bot.slack.bolt.api_errors import slack_call
from bot.slack.delivery.find_message import CannotLook, find_post, metadata_of, open_direct

Message = tuple[str, list[Block]]
# Without the message that began it, a thread's next line stands in the channel itself.
_NO_THREAD = frozenset({"cannot_reply_to_message", "thread_not_found"})
# The message that was to be updated is not there any more: somebody deleted it.
_GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


class MessageDelivery:
    """Posts and updates messages. A second try looks for what the first one has left."""

    def __init__(self, desk: Desk, client: WebClient) -> None:
        self._desk = desk
        self._words = desk.words
        self._client = client

    def upsert(self, claimed: ClaimedDelivery, place: str, message: Message) -> Receipt:
        """Update the message in place, or post it where there is none yet."""
        standing = self._desk.queries.places(claimed.case_id).get(place)
        if standing is None:
            return self.post(claimed, message, place=place)
        text, blocks = message
        try:
            with slack_call():
                self._client.chat_update(
                    channel=standing.channel, ts=standing.ts, text=text, blocks=blocks
                )
        except PermanentError as error:
            if str(error) not in _GONE:
                raise
            return self.post(claimed, message, place=place)
        return Receipt(standing.channel, standing.ts, place)

    def post(
        self, claimed: ClaimedDelivery, message: Message, thread_ts: str = "", place: str = ""
    ) -> Receipt:
        """Post once: a second try looks for the first one's message before it repeats it."""
        channel = self._desk.queries.address(claimed.channel)
        text, blocks = message
        if claimed.in_doubt:
            try:
                if found := self._find(claimed, channel, thread_ts):
                    return replace(found, place=place)
            except CannotLook:
                repeat = self._words.sentence("words", "repeated")
                blocks = [*blocks, SectionBlock(text=MarkdownTextObject(text=repeat))]
        return self._send(claimed, channel, text, blocks, thread_ts, place)

    def leave(self, claimed: ClaimedDelivery, place: str) -> Receipt:
        """Post nothing; but what an earlier try left behind is kept up to date from now on."""
        try:
            channel = self._desk.queries.address(claimed.channel)
            found = self._find(claimed, channel, "") if claimed.in_doubt else None
        except CannotLook:
            found = None
        return replace(found, place=place) if found else Receipt()

    def _find(self, claimed: ClaimedDelivery, channel: str, thread_ts: str) -> Receipt | None:
        if channel.startswith(("U", "W")):
            channel = open_direct(self._client, channel)
        ts = find_post(self._client, claimed, channel, thread_ts)
        return Receipt(channel, ts) if ts else None

    def _send(
        self,
        claimed: ClaimedDelivery,
        channel: str,
        text: str,
        blocks: Sequence[Block],
        thread_ts: str,
        place: str,
    ) -> Receipt:
        try:
            with slack_call():
                answer = self._client.chat_postMessage(
                    channel=channel,
                    text=text,
                    blocks=blocks,
                    thread_ts=thread_ts or None,
                    metadata=metadata_of(claimed),
                    unfurl_links=False,
                    unfurl_media=False,
                )
        except PermanentError as error:
            if not thread_ts or str(error) not in _NO_THREAD:
                raise
            return self._send(claimed, channel, text, blocks, "", place)
        return Receipt(str(answer["channel"]), str(answer["ts"]), place, fresh=True)
