"""Whether the app is in its channel, also where no scope lets it ask."""

from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.bolt.api_errors import error_code

# Addressed to the app itself, both names of the first line say the same: it is not there.
_OUTSIDE = frozenset(
    {"not_in_channel", "user_not_in_channel"}
    | {"channel_not_found", "is_archived", "restricted_action"}
)
_PROBE = "Portdesk asks whether it may write here. Nobody else sees this."


@dataclass(frozen=True)
class Membership:
    """Whether the app may post in a channel, None where Slack does not say, and Slack's error."""

    inside: bool | None
    why: str = ""


def membership(client: WebClient, channel: str) -> Membership:
    """Ask Slack whether the app is in a channel.

    Raises `SlackClientError` or `OSError` where Slack gives no answer.
    """
    try:
        info = client.conversations_info(channel=channel)["channel"]
    except SlackApiError:
        # Without channels:read; or groups:read is missing for a private channel that it is in.
        return _probed(client, channel)
    return Membership(True) if info.get("is_member") else Membership(False, "not_in_channel")


def _probed(client: WebClient, channel: str) -> Membership:
    """Say something that only the app itself can see, for which it must be in the channel."""
    try:
        me = str(client.auth_test()["user_id"])
        client.chat_postEphemeral(channel=channel, user=me, text=_PROBE)
    except SlackApiError as error:
        code = error_code(error)
        return Membership(False if code in _OUTSIDE else None, code)
    return Membership(True)


def advice(found: Membership, channel: str) -> str:
    """Return what to do about it; nothing when all is well."""
    if found.inside:
        return ""
    if found.inside is None:
        return (
            f"not checked, Slack says {found.why or 'nothing'}: grant channels:read, or look in "
            f"Slack whether Portdesk is in {channel}"
        )
    if found.why in {"not_in_channel", "user_not_in_channel"}:
        return f"Portdesk is not in {channel}; open it in Slack and type /invite @Portdesk"
    if found.why == "channel_not_found":
        return (
            f"Portdesk cannot see {channel}; if that channel is private, open it in Slack and "
            "type /invite @Portdesk; if not, correct the setting (python3 app.py settings)"
        )
    return f"Slack does not let Portdesk post in {channel}: {found.why}"
