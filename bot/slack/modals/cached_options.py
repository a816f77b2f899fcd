"""Options of long lists that are always the same: countries, zones, codes."""

from functools import lru_cache
from typing import Any

from bot.slack.blocks.fitting import Option


class ListedOption(Option):
    """An option that the SDK checks once: seventy countries take it longer than the database."""

    _checked: dict[str, Any] | None = None

    def to_dict(self, option_type: str = "block") -> dict[str, Any]:
        """Return the option as Slack wants it; nobody changes it."""
        self._checked = self._checked or super().to_dict(option_type)
        return self._checked


@lru_cache(maxsize=1000)
def listed(value: str, text: str) -> Option:
    """Return the option of a list."""
    return ListedOption(value=value, text=text)
