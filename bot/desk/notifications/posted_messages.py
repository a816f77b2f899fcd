"""What Slack's answers teach: where a message stands, and which channel reaches a person."""

from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import Receipt
from bot.store.models.deliveries import Delivery, DirectChannel, PostedMessage


def remember_message(work: Work, row: Delivery, sent: Receipt) -> None:
    """Keep where a message of a case stands, and the private channel that it opened."""
    if sent.place and sent.ts and row.case_id is not None:
        work.merge(
            PostedMessage(case_id=row.case_id, place=sent.place, channel=sent.channel, ts=sent.ts)
        )
    if row.channel.startswith(("U", "W")) and sent.channel:
        note_channel(work, row.channel, sent.channel)


def note_channel(work: Work, person: str, channel: str) -> None:
    """Keep the private channel with a person."""
    here = work.workspace_id
    work.merge(DirectChannel(person=person, workspace_id=here, channel=channel))
