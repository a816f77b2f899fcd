"""Files to and from Slack. An uploaded file has an id before it is shown: retries ask for it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from urllib.request import Request

from slack_sdk import WebClient

from bot.desk.letters.letters import File
from bot.desk.notifications.deliveries import PermanentError, TemporaryError
from bot.slack.bolt.api_errors import slack_call
from bot.slack.delivery.file_transfer import fetch, is_slack

MOST_BYTES = 10 * 1024 * 1024
MOST_ANSWERED = 64 * 1024  # to an upload, of which only the status counts
TIMEOUT = 30


class Seen(StrEnum):
    """What Slack says of a file: shown where it belongs, known, not known (any more), deleted."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"
    DELETED = "deleted"


# Slack knows no such file: an upload that was never completed is unknown, and some time discarded.
_GONE = {"file_not_found": Seen.UNKNOWN, "file_deleted": Seen.DELETED}


def upload(client: WebClient, files: Sequence[File]) -> dict[str, str]:
    """Hand the bytes to Slack without showing them to anybody; returns ids by file name."""
    return {file.name: _upload(client, file) for file in files}


def _upload(client: WebClient, file: File) -> str:
    with slack_call():
        ticket = client.files_getUploadURLExternal(filename=file.name, length=len(file.content))
    url = str(ticket["upload_url"])
    if not is_slack(url, client.base_url):
        raise TemporaryError("the address for the upload is not at Slack", unsent=True)
    request = Request(url, data=file.content, method="POST")
    request.add_header("Content-Type", "application/octet-stream")
    try:
        with slack_call():
            fetch(request, client.ssl, MOST_ANSWERED, TIMEOUT)
    except PermanentError as error:
        # The address is for this upload only: the next one has another.
        raise TemporaryError(str(error)) from error
    return str(ticket["file_id"])


def complete(client: WebClient, uploads: Mapping[str, str], channel: str, comment: str) -> bool:
    """Have uploaded files shown in a channel, with the words that belong to them.

    Slack does so once, and later than it answers. False where it knows no such upload any more.
    """
    try:
        with slack_call():
            client.files_completeUploadExternal(
                files=[{"id": file, "title": name} for name, file in uploads.items()],
                channel_id=channel,
                initial_comment=comment or None,
            )
    except PermanentError as error:
        if str(error) not in _GONE:
            raise
        return False
    return True


def look(client: WebClient, uploads: Mapping[str, str], channel: str) -> dict[str, Seen]:
    """Return what Slack says of each of these files, by name."""
    return {name: _look(client, file, channel) for name, file in uploads.items()}


def _look(client: WebClient, file: str, channel: str) -> Seen:
    try:
        with slack_call():
            info = client.files_info(file=file)["file"]
    except PermanentError as error:
        return _GONE.get(str(error), Seen.UNKNOWN)
    if info.get("mode") == "tombstone":
        return Seen.DELETED
    shares = [*(info.get("shares") or {}).values()]
    shown = {c for place in ("channels", "groups", "ims") for c in info.get(place) or ()}
    return Seen.SHOWN if channel in shown.union(*shares) else Seen.HIDDEN


def delete(client: WebClient, uploads: Mapping[str, str]) -> None:
    """Take files of our own back; where Slack will not do so, they stay."""
    for file in uploads.values():
        with suppress(PermanentError), slack_call():
            client.files_delete(file=file)


def download(
    client: WebClient, slack_file: str, most_bytes: int = MOST_BYTES, timeout: float = TIMEOUT
) -> bytes:
    """Fetch a file that a person gave, in so many seconds. Only Slack's hosts see the token."""
    with slack_call():
        file = client.files_info(file=slack_file)["file"]
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if not is_slack(url, client.base_url):
            raise PermanentError("the file is not at Slack")
        request = Request(url, headers={"Authorization": f"Bearer {client.token}"})
        return fetch(request, client.ssl, most_bytes, timeout)
