"""`python -m slack_sandbox --manifest manifest.yml` serves a little Slack until Ctrl-C."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from slack_sandbox.server import Sandbox


def main() -> None:
    """Start the sandbox of a manifest, and print what the app needs to reach it."""
    asked = _arguments()
    try:
        sandbox = Sandbox(asked.manifest, port=asked.port, delivery_url=asked.deliver_to).start()
    except (OSError, ValueError) as error:
        sys.exit(f"The sandbox cannot start: {error}")
    print(f"# The page: {sandbox.url} – Ctrl-C ends it, and it forgets everything.")
    print("\n".join(environment(sandbox)), flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        sandbox.stop()


def environment(sandbox: Sandbox) -> list[str]:
    """Return the lines that a shell sets for the app: tokens, secret and address."""
    return [
        f"SLACK_API_URL={sandbox.api_url}",
        f"SLACK_BOT_TOKEN={sandbox.bot_token}",
        f"SLACK_APP_TOKEN={sandbox.app_token}",
        f"SLACK_SIGNING_SECRET={sandbox.signing_secret}",
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m slack_sandbox", description="A strict little Slack on this computer."
    )
    parser.add_argument(
        "--manifest", type=Path, required=True, help="the app's manifest, YAML or JSON"
    )
    parser.add_argument("--port", type=int, default=8123, help="of the page; 0 takes a free one")
    parser.add_argument(
        "--deliver-to", metavar="URL", help="the app's request URL; without it, Socket Mode"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
