"""What the app's manifest allows it to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# The same in C is ten times as fast; not every build of the library has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Manifest:
    """The parts of an app manifest that decide what Slack sends and permits."""

    name: str
    commands: Mapping[str, Mapping[str, Any]]
    shortcuts: Mapping[str, Mapping[str, Any]]
    scopes: frozenset[str]
    optional_scopes: frozenset[str]
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    interactive: bool

    def granted(self, without_optional: bool = False) -> frozenset[str]:
        """Return the scopes that the installed bot token carries."""
        return self.scopes if without_optional else self.scopes | self.optional_scopes


def load_manifest(source: Path | Mapping[str, Any]) -> Manifest:
    """Read a manifest from a YAML or JSON file or from data that is read already.

    Raises `ValueError` where it is no manifest.
    """
    raw = source if isinstance(source, Mapping) else yaml.load(source.read_text("utf-8"), _LOADER)
    if not isinstance(raw, Mapping):
        raise ValueError("The manifest must be a mapping of settings.")
    features = raw.get("features") or {}
    settings = raw.get("settings") or {}
    scopes = (raw.get("oauth_config") or {}).get("scopes") or {}
    home = features.get("app_home") or {}
    return Manifest(
        name=_app_name(raw, features),
        commands={row["command"]: row for row in features.get("slash_commands") or ()},
        shortcuts={row["callback_id"]: row for row in features.get("shortcuts") or ()},
        scopes=frozenset(scopes.get("bot") or ()),
        optional_scopes=frozenset(scopes.get("bot_optional") or ()),
        events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or ()),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
        messages_tab_read_only=bool(home.get("messages_tab_read_only_enabled")),
        interactive=bool((settings.get("interactivity") or {}).get("is_enabled")),
    )


def _app_name(raw: Mapping[str, Any], features: Mapping[str, Any]) -> str:
    bot = (features.get("bot_user") or {}).get("display_name")
    return str(bot or (raw.get("display_information") or {}).get("name") or "App")
