"""A manifest and the views of the tests."""

from typing import Any

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Tiny"},
    "features": {
        "bot_user": {"display_name": "Tiny"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/form", "description": "Open a form"},
            {"command": "/echo", "description": "Repeat", "should_escape": True},
            {"command": "/slow", "description": "Answer too late"},
            {"command": "/deaf", "description": "Answer never"},
        ],
        "shortcuts": [
            {"name": "New", "type": "global", "callback_id": "new", "description": "Start"},
            {"name": "Keep", "type": "message", "callback_id": "keep", "description": "Keep it"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["commands", "chat:write", "files:read", "files:write", "users:read",
                    "im:write", "usergroups:read"],
            "bot_optional": ["channels:history", "channels:read", "im:history", "im:read"],
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.channels"]},
        "interactivity": {"is_enabled": True},
    },
}  # fmt: skip


def plain(text: str) -> dict[str, Any]:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text}


def text_input(block_id: str, **facts: Any) -> dict[str, Any]:
    """Return an input block with a text field."""
    element = {"type": "plain_text_input", "action_id": "typed", **facts}
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element}


def modal(*blocks: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """Return a form with these blocks."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [text_input("name")],
        **facts,
    }
