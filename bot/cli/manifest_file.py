"""Where the app's manifest is: what Slack is asked for when the app is made."""

from bot.wording.templates import HOME

MANIFEST = HOME / "manifest.yml"
