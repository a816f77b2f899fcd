"""A person at a Slack client, for tests: does over HTTP what the web page does."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from slack_sandbox.client.connection import TIMEOUT, Connection
from slack_sandbox.client.find_blocks import (
    RefusedError,
    button_of,
    channel_named,
    input_of,
    reports_changes,
    still_there,
)
from slack_sandbox.spec.limits import TRIGGER_SECONDS

T = TypeVar("T")
_Json = dict[str, Any]


class Person:
    """One user of the workspace; not to be shared between threads.

    `waits` is how many seconds somebody looks for what a command without an answer leads to.
    """

    def __init__(
        self, url: str, user: str, channel: str | None = None, waits: float = TRIGGER_SECONDS
    ) -> None:
        self.user = user
        self._connection = Connection(url)
        self._channel = channel
        self._waits = waits
        self._drafts: dict[str, dict[str, _Json]] = {}
        self._judged: _Json | None = None

    # What the person sees

    def state(self, after: int | None = None, wait: float = 0) -> _Json:
        """Return everything that is visible; with `after`, once there is a later version."""
        if after is None and self._judged is not None:
            return self._judged
        query: _Json = {"user": self.user}
        if after is not None:
            query |= {"after": after, "wait": max(1, round(wait))}
        return self._read(f"/sandbox/state?{urlencode(query)}")

    def views(self) -> list[_Json]:
        """Return the open modals, the one on top last."""
        found: list[_Json] = self._read(f"/sandbox/views?user={self.user}")["views"]
        return found

    def view(self) -> _Json | None:
        """Return the modal on top, if any."""
        return next(reversed(self.views()), None)

    def home(self) -> _Json | None:
        """Return the Home tab as it was last published."""
        found: _Json | None = self.state()["home"]
        return found

    def messages(self, channel: str | None = None) -> list[_Json]:
        """Return the messages of a channel (id or name) with their threads, oldest first."""
        return channel_named(self.state(), channel or self._channel)["messages"]  # type: ignore[no-any-return]  # JSON

    def dm(self) -> list[_Json]:
        """Return the messages of the direct message with the app."""
        return next(c["messages"] for c in self.state()["channels"] if c["is_im"])

    def thread(self, ts: str, channel: str | None = None) -> list[_Json]:
        """Return the replies below a message."""
        everywhere = self.messages(channel)
        return [m for m in everywhere if m["thread_ts"] == ts and m["ts"] != ts]

    def notices(self) -> list[str]:
        """Return the passing remarks, such as a command that failed."""
        return [notice["text"] for notice in self.state()["notices"]]

    def wait_for(self, predicate: Callable[[_Json], T], timeout: float = TIMEOUT) -> T:
        """Return the first true result of `predicate(state)`; raises `TimeoutError`."""
        until = time.monotonic() + timeout
        state = self.state()
        while not (found := self._judge(predicate, state)):
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError("This did not come about in time.")
            state = self.state(state["version"], min(left, 1))
        return found

    def _judge(self, predicate: Callable[[_Json], T], state: _Json) -> T:
        """Ask about one state: whatever the predicate looks up is of that moment."""
        self._judged = state
        try:
            return predicate(state)
        finally:
            self._judged = None

    # What the person does

    def command(self, text: str, channel: str | None = None) -> None:
        """Send a slash command such as `/port-in`.

        An empty answer promises a window or a line, for which the person waits.
        """
        before = self._promised()
        answer = self._do("command", text=text, channel=self._channel_id(channel))
        if answer["silent"] and self._waits:
            with suppress(TimeoutError):
                self.wait_for(lambda _: self._promised() != before, self._waits)

    def _promised(self) -> tuple[list[_Json], ...]:
        state = self.state()
        lines = [m for c in state["channels"] for m in c["messages"] if m["ephemeral"]]
        return state["views"], state["notices"], lines

    def say(self, text: str, channel: str | None = None, thread_ts: str | None = None) -> str:
        """Write a message; returns its `ts`."""
        where = self._channel_id(channel)
        return str(self._do("message", text=text, channel=where, thread_ts=thread_ts)["ts"])

    def shortcut(self, callback_id: str, message: _Json | None = None) -> None:
        """Use a shortcut, on a message or globally."""
        where = {"channel": self._where(message["ts"]), "ts": message["ts"]} if message else {}
        self._do("shortcut", callback_id=callback_id, **where)

    def open_home(self) -> None:
        """Open the app's Home tab."""
        self._do("home")

    def fill(self, values: Mapping[str, Any] | None = None, **more: Any) -> "Person":
        """Fill inputs of the modal on top, by block_id.

        Text is a string, a choice its option's value, several a list, a file its id. An input that
        reports its changes (`dispatch_action`) does so; one for files never does, as in Slack.
        """
        for block_id, value in {**(values or {}), **more}.items():
            view = self._top()
            block, element = input_of(view, block_id)
            self._drafts[view["id"]].setdefault(block_id, {})[element["action_id"]] = value
            if reports_changes(block, element):
                self._act(view, block_id, element["action_id"], value)
        return self

    def choose(self, block_id: str, value: Any) -> "Person":
        """Choose one value; the same as `fill` with one input."""
        return self.fill({block_id: value})

    def press_enter(self, block_id: str) -> None:
        """Press Enter in a text input that reports it."""
        view = self._top()
        _, element = input_of(view, block_id)
        draft = self._drafts.get(view["id"], {}).get(block_id, {})
        self._act(view, block_id, element["action_id"], draft.get(element["action_id"]))

    def click(
        self, name: str, in_message: _Json | None = None, value: Any = None, home: bool = False
    ) -> None:
        """Click what has this action_id or button text; `value` chooses in a menu."""
        if in_message is not None:
            self._click_in(in_message, name, value)
            return
        view = self.home() if home else self._top()
        if view is None:
            raise RefusedError("There is nothing to click in.")
        block, element = button_of(view["blocks"], name)
        self._act(view, block["block_id"], element["action_id"], value)

    def _click_in(self, message: _Json, name: str, value: Any) -> None:
        """Click in a message; one that was rewritten meanwhile is clicked as it stands now."""
        where = self._where(message["ts"])
        block, element = button_of(message["blocks"], name)
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        container = {"type": "message", "channel": where, "ts": message["ts"]}
        try:
            self._do("action", container=container, value=value, **ids)
        except RefusedError as refusal:
            if not refusal.rewritten:
                raise
            now = next((m for m in self.messages(where) if m["ts"] == message["ts"]), message)
            self._click_in(now, name, value)

    def suggest(self, block_id: str, text: str) -> list[_Json]:
        """Type into an external select and return the choices."""
        view = self._top()
        _, element = input_of(view, block_id)
        ids = {"block_id": block_id, "action_id": element["action_id"]}
        answer = self._do("suggest", view_id=view["id"], value=text, **ids)
        grouped = [o for group in answer["option_groups"] for o in group["options"]]
        return [*answer["options"], *grouped]

    def submit(self) -> dict[str, str]:
        """Submit the modal on top; returns the errors by block_id, empty if it was accepted.

        Raises `RefusedError` where the app failed.
        """
        view = self._top()
        answer = self._post("submit", {"view_id": view["id"], "state": self._typed(view)})
        if "errors" in answer:
            return dict(answer["errors"])
        if not answer["ok"]:
            raise RefusedError(answer["error"])
        return {}

    def close(self, clear: bool = False) -> None:
        """Close the modal on top, or all of them."""
        self._do("close", view_id=self._top()["id"], clear=clear)

    def upload(self, name: str, content: bytes) -> str:
        """Choose a file; returns the id to fill into a file input."""
        path = f"/sandbox/upload?user={self.user}&name={quote(name)}"
        answer = json.loads(self._connection.ask("POST", path, content))
        if not answer["ok"]:
            raise RefusedError(answer["error"])
        return str(answer["file"]["id"])

    def download(self, file: _Json) -> bytes:
        """Return the bytes of a file in a message."""
        return self._connection.ask("GET", f"{file['url']}?user={self.user}")

    # How it is done

    def _top(self) -> _Json:
        view = self.view()
        if view is None:
            raise RefusedError("No window is open.")
        # Whoever looks forgets what was typed into inputs that are not there any more.
        self._drafts[view["id"]] = still_there(view, self._drafts.get(view["id"], {}))
        return view

    def _act(self, view: _Json, block_id: str, action_id: str, value: Any) -> None:
        container = {"type": "view", "view_id": view["id"]}
        ids = {"block_id": block_id, "action_id": action_id, "value": value}
        self._do("action", container=container, state=self._typed(view), **ids)

    def _typed(self, view: _Json) -> _Json:
        """Return what was typed into the inputs of a window."""
        return self._drafts.get(view["id"], {})

    def _channel_id(self, channel: str | None) -> str:
        return str(channel_named(self.state(), channel or self._channel)["id"])

    def _where(self, ts: str) -> str:
        for channel in self.state()["channels"]:
            if any(message["ts"] == ts for message in channel["messages"]):
                return str(channel["id"])
        raise RefusedError("This message does not exist any more.")

    def _do(self, name: str, **facts: Any) -> _Json:
        answer = self._post(name, facts)
        if not answer["ok"]:
            raise RefusedError(answer["error"], answer["rewritten"])
        return answer

    def _post(self, name: str, facts: _Json) -> _Json:
        self._judged = None
        body = json.dumps({"user": self.user, **facts}).encode()
        found: _Json = json.loads(self._connection.ask("POST", f"/sandbox/{name}", body))
        return found

    def _read(self, path: str) -> _Json:
        found: _Json = json.loads(self._connection.ask("GET", path))
        return found
