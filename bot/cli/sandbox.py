"""Serves a little Slack of its own, for people without a workspace."""

import secrets
import tempfile
import threading
import time
import webbrowser
from pathlib import Path

from pydantic import SecretStr

from bot.cli.manifest_file import MANIFEST
from bot.cli.sandbox_workspace import EXAMPLE
from bot.cli.serving import set_the_start_aside, stop_on_signals
from bot.service.logs import set_up_logs
from bot.service.settings import Settings
from bot.service.wiring import Pace, Service
from bot.wording.templates import Templates
from slack_sandbox import AdjustableClock, Sandbox

SANDBOX_PACE = Pace(sweep_seconds=1, posts_per_second=4.0)


def serve_sandbox(port: int, open_browser: bool) -> None:
    """Start the little Slack, the desk on it, and the page; serve until told to stop."""
    set_up_logs()
    started = time.monotonic()
    clock = AdjustableClock()
    words = Templates()
    tips = [words.sentence("sandbox", key) for key in words.table("sandbox")]
    little = Sandbox(MANIFEST, EXAMPLE, clock=clock, port=port, tips=tips).start()
    with tempfile.TemporaryDirectory(prefix="portdesk-sandbox-") as folder:
        service = Service(sandbox_settings(little, Path(folder)), clock, SANDBOX_PACE)
        service.start()
        set_the_start_aside()
        stop_on_signals(service)
        seconds = time.monotonic() - started
        print(f"The sandbox is ready after {seconds:.1f} s: {little.url}", flush=True)
        print("Stop it with Ctrl-C; it forgets everything then.", flush=True)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(little.url,), daemon=True).start()
        service.serve("", 0)
        service.stop()
        little.stop()


def sandbox_settings(little: Sandbox, folder: Path) -> Settings:
    """Return the settings of a desk on the little Slack, with a database of its own."""
    agents = [user.id for user in little.workspace.users if user.role == "agent"]
    return Settings(
        database_url=f"sqlite:///{folder / 'portdesk.db'}",
        # As Fernet makes its keys: any other would have to be stretched first.
        portdesk_secret_key=SecretStr(f"{secrets.token_urlsafe(32)}="),
        slack_bot_token=SecretStr(little.bot_token),
        slack_app_token=SecretStr(little.app_token),
        slack_signing_secret=SecretStr(little.signing_secret),
        slack_api_url=little.api_url,
        portdesk_channel=little.workspace.channels[0].id,
        portdesk_agents=",".join(agents),
    )
