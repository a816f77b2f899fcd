"""Looks a post up before it is repeated: Slack's messages carry the key of their delivery."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.desk.notifications.deliveries import ClaimedDelivery
from bot.slack.bolt.api_errors import error_code, slack_call

EVENT_TYPE = "portdesk_delivery"
_SLACK_CLOCK_MAY_DIFFER = timedelta(minutes=2)


class CannotLook(Exception):
    """The app has no history scope: nobody can tell whether the post arrived."""


def metadata_of(claimed: ClaimedDelivery) -> dict[str, Any]:
    """Return the message metadata that names a delivery; workspace members can read it."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": claimed.key}}


def find_post(client: WebClient, claimed: ClaimedDelivery, channel: str, thread_ts: str) -> str:
    """Return the timestamp of the message that this delivery left already, or nothing.

    What was meant for a thread that is gone may stand in the channel.
    Raises `CannotLook` without a history scope.
    """
    for message in _messages(client, claimed, channel, thread_ts):
        meta = message.get("metadata") or {}
        if meta.get("event_payload", {}).get("key") == claimed.key:
            return str(message["ts"])
    return ""


def open_direct(client: WebClient, person: str) -> str:
    """Return the private channel with a person. Raises `CannotLook` without the scope for it."""
    with slack_call():
        try:
            return str(client.conversations_open(users=person)["channel"]["id"])
        except SlackApiError as error:
            if error_code(error) == "missing_scope":
                raise CannotLook from error
            raise


def _messages(
    client: WebClient, claimed: ClaimedDelivery, channel: str, thread_ts: str
) -> Iterator[dict[str, Any]]:
    """Read every page since the first attempt."""
    cursor: str | None = None
    oldest = f"{(claimed.first_tried_at - _SLACK_CLOCK_MAY_DIFFER).timestamp():.6f}"
    while True:
        with slack_call():
            page = _page(client, channel, thread_ts, oldest, cursor)
        if page is None:
            yield from _messages(client, claimed, channel, "")
            return
        yield from page.get("messages") or ()
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return


def _page(
    client: WebClient, channel: str, thread_ts: str, oldest: str, cursor: str | None
) -> dict[str, Any] | None:
    """Return a page of messages; None where the thread is gone."""
    try:
        if thread_ts:
            answer = client.conversations_replies(
                channel=channel,
                ts=thread_ts,
                oldest=oldest,
                limit=200,
                cursor=cursor,
                include_all_metadata=True,
            )
        else:
            answer = client.conversations_history(
                channel=channel, oldest=oldest, limit=200, cursor=cursor, include_all_metadata=True
            )
    except SlackApiError as error:
        if error_code(error) in {"missing_scope", "not_in_channel", "channel_not_found"}:
            raise CannotLook from error
        if error_code(error) == "thread_not_found":
            return None
        raise
    data = answer.data
    return data if isinstance(data, dict) else {}
