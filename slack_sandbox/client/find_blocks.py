"""Finds things on the screen as a person does: by what is written on them."""

from typing import Any

from slack_sandbox.block_kit.blocks import elements_of

_Json = dict[str, Any]
_BUTTONS = frozenset({"button", "overflow"})
_TYPED = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})


class RefusedError(Exception):
    """What the client or the app would not do, in the words that the person reads."""

    def __init__(self, words: str, rewritten: bool = False) -> None:
        super().__init__(words)
        self.rewritten = rewritten


def channel_named(state: _Json, wanted: str | None) -> _Json:
    """Return a channel by id or name; without either, the first one."""
    for channel in state["channels"]:
        if wanted is None and not channel["is_im"]:
            return channel  # type: ignore[no-any-return]  # JSON
        if wanted in (channel["id"], channel["name"]):
            return channel  # type: ignore[no-any-return]  # JSON
    raise RefusedError(f"{wanted} is not a channel of this person.")


def input_of(view: _Json, block_id: str) -> tuple[_Json, _Json]:
    """Return block and element of what can be filled in."""
    for block in view["blocks"]:
        if block["block_id"] == block_id:
            found = block.get("element") or block.get("accessory") or _first(block)
            if found:
                return block, found
    raise RefusedError(f"There is no input {block_id} in “{view['title']}”.")


def _first(block: _Json) -> _Json | None:
    return next((e for e in block.get("elements", ()) if e["type"] not in _BUTTONS), None)


def reports_changes(block: _Json, element: _Json) -> bool:
    """Whether the app is told of each change of this element; of a chosen file it never is."""
    if element["type"] == "file_input":
        return False
    if block["type"] != "input":
        return True
    if not block.get("dispatch_action"):
        return False
    when = (element.get("dispatch_action_config") or {}).get("trigger_actions_on") or []
    return element["type"] not in _TYPED or "on_character_entered" in when


def still_there(view: _Json, typed: dict[str, _Json]) -> dict[str, _Json]:
    """Return what was typed, by block_id and action_id, into inputs that the window still has."""
    shown = {
        (block["block_id"], element.get("action_id"))
        for block in view["blocks"]
        for _, element in elements_of(block)
    }
    return {
        block: {action: value for action, value in inner.items() if (block, action) in shown}
        for block, inner in typed.items()
    }


def button_of(blocks: list[_Json], name: str) -> tuple[_Json, _Json]:
    """Return block and element with this action_id or text."""
    for block in blocks:
        inner = [block.get("accessory"), block.get("element"), *block.get("elements", ())]
        for element in inner:
            if element and "action_id" in element and name in _names(element):
                return block, element
    raise RefusedError(f"There is no “{name}” to click.")


def _names(element: _Json) -> tuple[str, ...]:
    text = element.get("text") or {}
    return (element["action_id"], text.get("text", ""))
