"""Files to and from Slack. An uploaded file has an id before it is shown: retries ask for it."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from slack_sdk import WebClient

from bot.desk.deliveries import NeverSent, TryLater
from bot.desk.papers import File
from bot.slack.calls import slack_call

MOST_BYTES = 10 * 1024 * 1024
TIMEOUT = 30


def upload(client: WebClient, files: Sequence[File]) -> dict[str, str]:
    """Hand the bytes to Slack without showing them to anybody; returns ids by file name."""
    return {file.name: _upload(client, file) for file in files}


def _upload(client: WebClient, file: File) -> str:
    with slack_call():
        ticket = client.files_getUploadURLExternal(filename=file.name, length=len(file.content))
        request = Request(ticket["upload_url"], data=file.content, method="POST")
        request.add_header("Content-Type", "application/octet-stream")
        with urlopen(request, timeout=TIMEOUT) as answer:
            if answer.status != 200:
                raise TryLater(f"upload answered {answer.status}")
    return str(ticket["file_id"])


def share(client: WebClient, uploads: Mapping[str, str], channel: str, comment: str) -> None:
    """Show uploaded files in a channel, with the words that belong to them."""
    with slack_call():
        client.files_completeUploadExternal(
            files=[{"id": file, "title": name} for name, file in uploads.items()],
            channel_id=channel,
            initial_comment=comment,
        )


def is_shared(client: WebClient, uploads: Mapping[str, str]) -> bool:
    """Ask whether these files are shown already; the answer of the first try was lost."""
    with slack_call():
        files = [client.files_info(file=file)["file"] for file in uploads.values()]
    return all(any(file.get(place) for place in ("channels", "groups", "ims")) for file in files)


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
