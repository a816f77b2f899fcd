"""The views that are open: each person's stack of modals and Home tab."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.block_kit.input_values import Values, initial_values, kept_values
from slack_sandbox.spec.ids import new_id, new_secret
from slack_sandbox.spec.limits import LIMITS
from slack_sandbox.spec.methods import SlackError


@dataclass(slots=True)
class View:
    """An open view; `given` is what the app sent, with ids filled in."""

    id: str
    user: str
    given: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    trouble: str | None = None
    suggested: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks of the view."""
        blocks: list[dict[str, Any]] = self.given["blocks"]
        return blocks


class ViewBook:
    """Holds the open views of all people, by id and by external_id."""

    def __init__(self) -> None:
        self.stacks: defaultdict[str, list[View]] = defaultdict(list)
        self.homes: dict[str, View] = {}
        self._open: dict[str, View] = {}
        self._external: dict[str, str] = {}

    def get(self, view_id: str | None = None, external_id: str | None = None) -> View:
        """Return an open view or refuse with `not_found`."""
        view = self._open.get(view_id or self._external.get(external_id or "", ""))
        if view is None:
            raise SlackError("not_found")
        return view

    def open(self, user: str, given: dict[str, Any]) -> View:
        """Show a new modal in place of whatever this person had open."""
        self._claim(given, None)
        self.clear(user)
        return self._add(user, given, None)

    def push(self, user: str, given: dict[str, Any]) -> View:
        """Put a modal on top of the stack."""
        stack = self.stacks[user]
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= LIMITS["view_stack"]:
            raise SlackError("push_limit_reached")
        self._claim(given, None)
        return self._add(user, given, stack[-1])

    def publish(self, user: str, given: dict[str, Any], wanted_hash: str | None) -> View:
        """Show or replace a person's Home tab."""
        home = self.homes.get(user)
        if home is not None:
            return self.update(home, given, wanted_hash)
        self._claim(given, None)
        view = self._new(user, given)
        self.homes[user] = view
        return view

    def update(self, view: View, given: dict[str, Any], wanted_hash: str | None = None) -> View:
        """Replace the contents of a view; typed values stay with their block_id and action_id."""
        if wanted_hash is not None and wanted_hash != view.hash:
            raise SlackError("hash_conflict")
        self._claim(given, view)
        view.values = kept_values(view.values, given["blocks"])
        view.given, view.hash, view.errors, view.trouble = given, _new_hash(), {}, None
        return view

    def close(self, view: View) -> None:
        """Close one view and those above it."""
        stack = self.stacks[view.user]
        while view in stack:
            self._forget(stack.pop())

    def clear(self, user: str) -> None:
        """Close all modals of a person."""
        stack = self.stacks[user]
        while stack:
            self._forget(stack.pop())

    def _add(self, user: str, given: dict[str, Any], below: View | None) -> View:
        view = self._new(user, given)
        if below is not None:
            view.root_id, view.previous_id = below.root_id, below.id
        self.stacks[user].append(view)
        return view

    def _new(self, user: str, given: dict[str, Any]) -> View:
        name = new_id("V")
        view = View(name, user, given, _new_hash(), name)
        view.values = initial_values(given["blocks"])
        self._open[name] = view
        if given.get("external_id"):
            self._external[given["external_id"]] = name
        return view

    def _claim(self, given: dict[str, Any], view: View | None) -> None:
        name = given.get("external_id")
        owner = self._external.get(name) if name else None
        if owner is not None and (view is None or owner != view.id):
            raise SlackError("duplicate_external_id")
        if view is not None:
            self._external.pop(view.given.get("external_id") or "", None)
            if name:
                self._external[name] = view.id

    def _forget(self, view: View) -> None:
        self._open.pop(view.id, None)
        self._external.pop(view.given.get("external_id") or "", None)


def _new_hash() -> str:
    return f"{new_id('')}.{new_secret()[:8]}"
