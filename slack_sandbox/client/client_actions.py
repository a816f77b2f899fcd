"""What a person does: commands, messages, shortcuts and the Home tab."""

from dataclasses import dataclass
from typing import Any

from slack_sandbox.block_kit.input_values import PersonError
from slack_sandbox.delivery import payloads
from slack_sandbox.delivery.delivery import COMMAND, INTERACTIVE, Answer, Delivery
from slack_sandbox.delivery.text_markup import for_command, for_message
from slack_sandbox.spec.methods import SlackError
from slack_sandbox.state.conversations import Conversation, Message
from slack_sandbox.state.state import State
from slack_sandbox.state.workspace import User
from slack_sandbox.web_api.response_urls import Permit, ResponseUrls, answer_person

_MESSAGE_EVENTS = {
    "channel": ("message.channels", "channels:history"),
    "group": ("message.groups", "groups:history"),
    "im": ("message.im", "im:history"),
}


# Slack's own commands for who is in a channel; here they know the app only.
_MEMBERSHIP = {"/invite": set.add, "/remove": set.discard}


@dataclass(frozen=True)
class ClientActions:
    """Carries out what a person does in the composer and the menus."""

    state: State
    delivery: Delivery
    response_urls: ResponseUrls

    async def command(self, given: dict[str, Any]) -> dict[str, Any]:
        """Send a slash command and show the answer; say whether there was anything to show."""
        user, where = self.who_and_where(given)
        name, _, text = str(given.get("text") or "").strip().partition(" ")
        if name in _MEMBERSHIP:
            return self._membership(where, name, text.strip())
        row = self.state.manifest.commands.get(name)
        if row is None or "commands" not in self.state.scopes():
            words = f"{name} is not a valid command. In Slack, all commands start with a slash."
            raise PersonError(words)
        text = for_command(self.state, text.strip(), bool(row.get("should_escape")))
        url = self.response_urls.new(user.id, where.id)
        payload = payloads.command(self.state, user, where, (name, text), url)
        answer = await self.delivery.send(COMMAND, name, payload)
        if answer.failure:
            words = f"{name} failed with the error “{answer.failure}”: {answer.sentence}"
            self.state.notice(user.id, words)
            raise PersonError(words)
        return {"silent": not self._show(user, where, name, answer)}

    def _membership(self, where: Conversation, name: str, whom: str) -> dict[str, Any]:
        if whom.lower() != f"@{self.state.manifest.name}".lower() or where.with_user:
            raise PersonError(f"{name} takes @{self.state.manifest.name} here, in a channel.")
        _MEMBERSHIP[name](where.members, self.state.workspace.bot_user_id)
        self.state.tell_about(where)
        return {"silent": False}

    def _show(self, user: User, where: Conversation, name: str, answer: Answer) -> bool:
        body = answer.body
        given = {"text": body} if isinstance(body, str) else body
        if not isinstance(given, dict) or not (given.get("text") or given.get("blocks")):
            return False
        try:
            answer_person(self.state, Permit(user.id, where.id, None, 0), given)
        except SlackError as refusal:
            words = f"{name} failed: Slack refuses the app's answer ({refusal.error})."
            self.state.notice(user.id, words)
        return True

    def message(self, given: dict[str, Any]) -> dict[str, Any]:
        """Say something in a channel or to the app."""
        user, where = self.who_and_where(given)
        text = str(given.get("text") or "").strip()
        if not text:
            raise PersonError("There is nothing to send.")
        thread_ts = given.get("thread_ts")
        if thread_ts and thread_ts not in where.messages:
            raise PersonError("This thread does not exist any more.")
        message = Message(self.state.next_ts(), where.id, user.id, for_message(self.state, text))
        message.thread_ts = thread_ts
        self.state.add(message)
        self._message_event(where, message)
        return {"ts": message.ts}

    def _message_event(self, where: Conversation, message: Message) -> None:
        state, bot = self.state, self.state.workspace.bot_user_id
        name, scope = _MESSAGE_EVENTS[where.kind]
        inner = {
            **state.message_object(message),
            "channel": where.id,
            "channel_type": where.kind,
            "event_ts": message.ts,
        }
        if name in state.manifest.events and scope in state.scopes() and bot in where.members:
            self.delivery.send_event("message", payloads.event(state, inner))
        allowed = "app_mentions:read" in state.scopes() and "app_mention" in state.manifest.events
        if f"<@{bot}>" in message.text and allowed:
            inner = {**inner, "type": "app_mention"}
            self.delivery.send_event("app_mention", payloads.event(state, inner))

    async def shortcut(self, given: dict[str, Any]) -> dict[str, Any]:
        """Use a shortcut, on a message if it is made for messages."""
        user = self.who(given)
        callback_id = str(given.get("callback_id") or "")
        row = self.state.manifest.shortcuts.get(callback_id)
        if row is None or "commands" not in self.state.scopes():
            raise PersonError("There is no such shortcut.")
        if row["type"] == "global":
            payload = payloads.global_shortcut(self.state, user, callback_id)
        else:
            message = self.seen_message(user, given)
            url = self.response_urls.new(user.id, message.channel, message)
            facts = (self.state, user, callback_id, message, url)
            payload = payloads.message_shortcut(*facts)
        answer = await self.delivery.send(INTERACTIVE, callback_id, payload)
        self.complain(user, f"“{row['name']}” did not work", answer)
        return {}

    def home(self, given: dict[str, Any]) -> dict[str, Any]:
        """Open the app's Home tab."""
        user = self.who(given)
        if not self.state.manifest.home_tab:
            raise PersonError("This app has no Home tab.")
        direct = self.state.direct_with(user.id)
        if "app_home_opened" in self.state.manifest.events and direct:
            inner = {
                "type": "app_home_opened",
                "user": user.id,
                "channel": direct.id,
                "tab": "home",
                "event_ts": self.state.next_ts(),
            }
            payload = payloads.event(self.state, inner)
            self.delivery.send_event("app_home_opened", payload)
        return {}

    def who(self, given: dict[str, Any]) -> User:
        """Return the person who acts."""
        user = self.state.workspace.by_id.get(str(given.get("user")))
        if user is None:
            raise PersonError("Nobody of that id is in this workspace.")
        return user

    def who_and_where(self, given: dict[str, Any]) -> tuple[User, Conversation]:
        """Return the person and the conversation in whose composer they write."""
        user = self.who(given)
        where = self.state.conversations.get(str(given.get("channel")))
        if where is None or user.id not in where.members:
            raise PersonError("You are not in that channel.")
        manifest = self.state.manifest
        if where.with_user and (manifest.messages_tab_read_only or not manifest.messages_tab):
            raise PersonError("Sending messages to this app has been turned off.")
        return user, where

    def seen_message(self, user: User, given: dict[str, Any]) -> Message:
        """Return the message that a person acts on."""
        where = self.state.conversations.get(str(given.get("channel")))
        if where is None or user.id not in where.members:
            raise PersonError("You are not in that channel.")
        message = where.seen_by(user.id, str(given.get("ts")))
        if message is None:
            raise PersonError("This message does not exist any more.")
        return message

    def complain(self, user: User, what: str, answer: Answer) -> None:
        """Tell a person that the app failed them, and stop."""
        if answer.failure:
            words = f"{what}: {answer.sentence}"
            self.state.notice(user.id, words)
            raise PersonError(words)

    def upload(self, user_id: str, name: str, content: bytes) -> dict[str, Any]:
        """Keep a file that a person has chosen for a form."""
        user = self.who({"user": user_id})
        if not content:
            raise PersonError("The file is empty.")
        now = int(self.state.clock.now().timestamp())
        file = self.state.uploads.put(name or "file", content, user.id, now)
        return {"file": file.as_slack(self.state.base_url)}
