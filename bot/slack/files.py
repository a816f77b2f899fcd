"""Files to and from Slack. An uploaded file has an id before it is shown: retries ask for it."""

import http
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from slack_sdk import WebClient

from bot.desk.deliveries import NeverSent, TryLater
from bot.desk.papers import File
from bot.slack.calls import slack_call

MOST_BYTES = 10 * 1024 * 1024
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
    request = Request(ticket["upload_url"], data=file.content, method="POST")
    request.add_header("Content-Type", "application/octet-stream")
    try:
        with slack_call(), urlopen(request, timeout=TIMEOUT) as answer:
            status = answer.status
    except NeverSent as error:
        # The address is for this upload only: the next one has another.
        raise TryLater(str(error)) from error
    if status != http.HTTPStatus.OK:
        raise TryLater(f"upload answered {status}")
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
    except NeverSent as error:
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
    except NeverSent as error:
        return _GONE.get(str(error), Seen.UNKNOWN)
    if info.get("mode") == "tombstone":
        return Seen.DELETED
    shares = [*(info.get("shares") or {}).values()]
    shown = {c for place in ("channels", "groups", "ims") for c in info.get(place) or ()}
    return Seen.SHOWN if channel in shown.union(*shares) else Seen.HIDDEN


def delete(client: WebClient, uploads: Mapping[str, str]) -> None:
    """Take files of our own back; where Slack will not do so, they stay."""
    for file in uploads.values():
        with suppress(NeverSent), slack_call():
            client.files_delete(file=file)


def download(
    client: WebClient, slack_file: str, most_bytes: int = MOST_BYTES, timeout: float = TIMEOUT
) -> bytes:
    """Fetch a file that a person gave. The token goes to the API's own host or Slack's only."""
    with slack_call():
        file = client.files_info(file=slack_file)["file"]
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if not _is_slack(url, client.base_url):
            raise NeverSent("the file is not at Slack")
        request = Request(url, headers={"Authorization": f"Bearer {client.token}"})
        with urlopen(request, timeout=timeout) as answer:
            content: bytes = answer.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise NeverSent(f"the file is larger than {most_bytes} bytes")
    return content


def _is_slack(url: str, api_url: str) -> bool:
    there, here = urlsplit(url), urlsplit(api_url)
    if there.netloc == here.netloc and there.scheme == here.scheme:
        return True
    return there.scheme == "https" and (there.hostname or "").endswith(".slack.com")
