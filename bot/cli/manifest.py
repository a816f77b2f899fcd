"""Where the app's manifest is: what Slack is asked for when the app is made."""

from pathlib import Path

MANIFEST = Path(__file__).resolve().parents[2] / "manifest.yml"
