"""Files: tickets to upload to, contents, and Slack's description of each."""

import mimetypes
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from slack_sandbox.spec.ids import new_id, new_secret

_SAME_FOR_ALL: dict[str, Any] = {
    "editable": False,
    "mode": "hosted",
    "is_external": False,
    "external_type": "",
    "is_public": False,
    "public_url_shared": False,
    "display_as_bot": False,
    "username": "",
    "groups": [],
    "file_access": "visible",
}


# Slack discards what is never completed and does not say when; seconds of the sandbox's clock.
PENDING_SECONDS = 3600


@dataclass(frozen=True)
class StoredFile:
    """A file with its bytes; `channels` is where it is shared, `complete` once it counts."""

    id: str
    name: str
    length: int
    user: str
    created: int
    title: str = ""
    content: bytes | None = None
    channels: frozenset[str] = frozenset()
    complete: bool = False
    for_app: bool = False
    deleted: bool = False

    def as_slack(self, base_url: str) -> dict[str, Any]:
        """Return the file object of Slack's API."""
        kind = self.name.rpartition(".")[2].lower() if "." in self.name else "text"
        url = f"{base_url}files/{self.id}/{quote(self.name)}"
        return {
            **_SAME_FOR_ALL,
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": mimetypes.guess_type(self.name)[0] or "application/octet-stream",
            "filetype": kind,
            "pretty_type": kind.upper(),
            "user": self.user,
            "size": self.length,
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
            "channels": sorted(c for c in self.channels if c.startswith("C")),
            "ims": sorted(c for c in self.channels if c.startswith("D")),
        }


@dataclass
class Uploads:
    """All files and the open upload tickets."""

    files: dict[str, StoredFile] = field(default_factory=dict)
    tickets: dict[str, str] = field(default_factory=dict)

    def announce(self, name: str, length: int, user: str, created: int) -> tuple[str, str]:
        """Register a file whose bytes are still to come; returns its id and its ticket."""
        file = StoredFile(new_id("F"), name, length, user, created)
        ticket = new_secret()
        self.files[file.id] = file
        self.tickets[ticket] = file.id
        return file.id, ticket

    def pending(self, file_id: str, now: float) -> StoredFile | None:
        """Return an upload that was announced and can still be completed."""
        file = self.files.get(file_id)
        if file is None or file.complete or now - file.created >= PENDING_SECONDS:
            return None
        return file

    def receive(self, ticket: str, content: bytes, now: float) -> StoredFile | None:
        """Take the bytes of an announced file, once; None where ticket or length is wrong."""
        file = self.pending(self.tickets.get(ticket, ""), now)
        if file is None or len(content) != file.length:
            return None
        del self.tickets[ticket]
        return self.change(file.id, content=content)

    def put(self, name: str, content: bytes, user: str, created: int) -> StoredFile:
        """Store a file that a person has chosen on the page."""
        file = StoredFile(new_id("F"), name, len(content), user, created, content=content)
        self.files[file.id] = replace(file, complete=True)
        return self.files[file.id]

    def change(self, file_id: str, **facts: Any) -> StoredFile:
        """Replace some facts of a file."""
        self.files[file_id] = replace(self.files[file_id], **facts)
        return self.files[file_id]
