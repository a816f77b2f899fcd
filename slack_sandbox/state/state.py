"""Everything that the little Slack knows while it runs."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from slack_sandbox.spec.ids import new_id, new_secret, timestamp
from slack_sandbox.spec.methods import SlackError
from slack_sandbox.state.change_feed import Changes
from slack_sandbox.state.clock import AdjustableClock
from slack_sandbox.state.conversations import Conversation, Message
from slack_sandbox.state.fault_injection import Faults
from slack_sandbox.state.files import Uploads
from slack_sandbox.state.manifest import Manifest
from slack_sandbox.state.open_views import ViewBook
from slack_sandbox.state.rate_limits import Rates
from slack_sandbox.state.traffic import Traffic
from slack_sandbox.state.workspace import User, Workspace

_TRIGGERS_KEPT = 1000


@dataclass
class Trigger:
    """A trigger_id: for whom, since when (`State.seconds`), from which view, and whether used."""

    user: str
    since: float
    view_id: str | None
    used: bool = False


@dataclass(frozen=True)
class Secrets:
    """What the app needs to be let in and to know that Slack is Slack."""

    bot_token: str = field(default_factory=lambda: new_secret("xoxb-"))
    app_token: str = field(default_factory=lambda: new_secret("xapp-"))
    signing_secret: str = field(default_factory=new_secret)


class State:
    """Holds the state; the rules are functions in the modules that use it.

    To be used on the sandbox's event loop only. `clock` is the date that people see, `seconds`
    what limits and lifetimes are counted with.
    """

    def __init__(
        self,
        manifest: Manifest,
        workspace: Workspace,
        clock: AdjustableClock,
        seconds: Callable[[], float],
    ) -> None:
        self.manifest, self.workspace, self.clock = manifest, workspace, clock
        self.seconds = seconds
        self.secrets = Secrets()
        self.base_url = ""
        self.changes = Changes()
        self.faults = Faults()
        self.rates = Rates(seconds)
        self.traffic = Traffic(clock)
        self.views = ViewBook()
        self.uploads = Uploads()
        self.notices: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        self.triggers: OrderedDict[str, Trigger] = OrderedDict()
        self.record: list[dict[str, Any]] = []
        self.scheduled: list[tuple[int, dict[str, Any]]] = []
        self.conversations = {
            row.id: Conversation(row.id, row.name, set(row.members), row.is_private)
            for row in workspace.channels
        }
        self._direct = {user.id: self._new_direct(user) for user in workspace.users}
        self._last_ts = ""

    def _new_direct(self, user: User) -> str:
        row = Conversation(new_id("D"), user.name, {user.id, self.workspace.bot_user_id})
        row.with_user = user.id
        self.conversations[row.id] = row
        return row.id

    def direct_with(self, user: str) -> Conversation | None:
        """Return the direct message between the app and this person."""
        return self.conversations.get(self._direct.get(user, ""))

    def scopes(self) -> frozenset[str]:
        """Return what the bot token may do at this moment."""
        return self.manifest.granted(self.faults.withhold_optional_scopes)

    def next_ts(self) -> str:
        """Return a message timestamp of now that no other message has."""
        moment = self.clock.now()
        while (ts := timestamp(moment)) == self._last_ts:
            moment += timedelta(microseconds=1)
        self._last_ts = ts
        return ts

    def add(self, message: Message) -> None:
        """Say something and tell those who can see it."""
        conversation = self.conversations[message.channel]
        conversation.add(message)
        self.tell_about(conversation, message)

    def tell_about(self, conversation: Conversation, message: Message | None = None) -> None:
        """Tell the people concerned that a conversation looks different now."""
        only = message.ephemeral_to if message else None
        self.changes.touch([only] if only else conversation.members)

    def touch_all(self) -> None:
        """Tell everybody, as after a move of the clock."""
        self.changes.touch(self.workspace.by_id)

    def notice(self, user: str, text: str, level: str = "error") -> None:
        """Show a passing remark to one person."""
        self.notices[user].append({"id": new_id("N"), "text": text, "level": level})
        self.changes.touch([user])

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        """Hand out a trigger_id, valid from now."""
        name = f"{new_id('')}.{new_secret()}"
        self.triggers[name] = Trigger(user, self.seconds(), view_id)
        if len(self.triggers) > _TRIGGERS_KEPT:
            self.triggers.popitem(last=False)
        return name

    def channel_for_app(self, channel_id: str, method: str = "") -> Conversation:
        """Return a conversation that the app may write to, or refuse as Slack does."""
        conversation = self.conversations.get(channel_id)
        if conversation is None:
            raise SlackError("channel_not_found")
        if self.workspace.bot_user_id not in conversation.members:
            hidden = conversation.is_private or method == "conversations.replies"
            raise SlackError("channel_not_found" if hidden else "not_in_channel")
        return conversation

    def file_object(self, file_id: str) -> dict[str, Any]:
        """Return a file as Slack describes it; raises `KeyError` if there is none."""
        return self.uploads.files[file_id].as_slack(self.base_url)

    def message_object(self, message: Message, with_metadata: bool = False) -> dict[str, Any]:
        """Return a message as payloads and the Web API carry it."""
        found: dict[str, Any] = {"type": "message", "user": message.user, "text": message.text}
        found["ts"] = message.ts
        found["team"] = self.workspace.team_id
        if message.bot:
            found |= {"bot_id": self.workspace.bot_id, "app_id": self.workspace.app_id}
        if message.blocks:
            found["blocks"] = message.blocks
        found |= self._optional_parts(message)
        if with_metadata and message.metadata:
            found["metadata"] = message.metadata
        return found

    def _optional_parts(self, message: Message) -> dict[str, Any]:
        replies = self.conversations[message.channel].replies.get(message.ts)
        found: dict[str, Any] = {}
        if message.thread_ts:
            found["thread_ts"] = message.thread_ts
        if replies:
            found |= {"thread_ts": message.ts, "reply_count": len(replies)}
            found["latest_reply"] = replies[-1]
        if message.edited_ts:
            found["edited"] = {"user": message.user, "ts": message.edited_ts}
        if message.files:
            found["files"] = [self.file_object(file_id) for file_id in message.files]
        if message.deleted:
            found["subtype"] = "tombstone"
        return found

    def known_users(self, ids: Iterable[str]) -> bool:
        """Whether all of these are people of the workspace."""
        return all(user in self.workspace.by_id for user in ids)
