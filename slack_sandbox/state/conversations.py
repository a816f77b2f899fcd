"""Channels, direct messages and what was said in them."""

import bisect
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.block_kit.input_values import Values


@dataclass(slots=True)
class Message:
    """One message; `ephemeral_to` names the only person who sees it."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    bot: bool = False
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    files: tuple[str, ...] = ()
    deleted: bool = False
    values: Values | None = None

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(slots=True)
class Conversation:
    """A channel or a direct message with the app (`with_user`)."""

    id: str
    name: str
    members: set[str]
    is_private: bool = False
    with_user: str | None = None
    messages: dict[str, Message] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    replies: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    ephemeral: defaultdict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))

    @property
    def kind(self) -> str:
        """Return im, group or channel: the word of scopes and event names."""
        if self.with_user:
            return "im"
        return "group" if self.is_private else "channel"

    @property
    def payload_name(self) -> str:
        """Return the name that payloads carry, which hides private ones."""
        if self.with_user:
            return "directmessage"
        return "privategroup" if self.is_private else self.name

    def add(self, message: Message) -> None:
        """Put a message where its `ts` belongs."""
        if message.ephemeral_to:
            self.ephemeral[message.ephemeral_to].append(message)
            return
        self.messages[message.ts] = message
        into = self.replies[str(message.thread_ts)] if message.is_reply else self.order
        bisect.insort(into, message.ts)

    def remove(self, message: Message) -> None:
        """Take a message out; a thread's parent stays as a mark that it was deleted."""
        if message.ephemeral_to:
            self.ephemeral[message.ephemeral_to].remove(message)
        elif self.replies.get(message.ts):
            message.text, message.blocks, message.deleted = "This message was deleted.", [], True
            message.files, message.metadata = (), None
        else:
            del self.messages[message.ts]
            into = self.replies[str(message.thread_ts)] if message.is_reply else self.order
            into.remove(message.ts)

    def seen_by(self, user: str, ts: str) -> Message | None:
        """Return the message that this person sees under `ts`."""
        hidden = (m for m in self.ephemeral.get(user, ()) if m.ts == ts)
        return self.messages.get(ts) or next(hidden, None)

    def visible_to(self, user: str, most: int) -> Iterable[Message]:
        """Return up to `most` latest messages with their threads, oldest first."""
        shown = [self.messages[ts] for ts in self.order[-most:]]
        for ts in self.order[-most:]:
            shown += [self.messages[reply] for reply in self.replies.get(ts, ())]
        shown += self.ephemeral.get(user, ())
        return sorted(shown, key=lambda message: message.ts)
