"""Serves Slack, the real one or the little one."""

import gc
import secrets
import signal
import sys
import tempfile
import threading
import time
import webbrowser
from pathlib import Path
from types import FrameType

import structlog
from pydantic import SecretStr

from bot.cli.manifest import MANIFEST
from bot.errors import PortingError
from bot.logs import set_up_logs
from bot.sandbox import AdjustableClock, Sandbox
from bot.settings import Settings
from bot.wiring import Pace, Service
from bot.words import Words

log = structlog.get_logger()
# A load balancer asks /readyz every second or two.
DRAIN_SECONDS = 3.0
HTTP_PORT = 3000
SANDBOX_PACE = Pace(sweep_seconds=1, posts_per_second=4.0)


def serve(settings: Settings, host: str, port: int | None, pace: Pace | None = None) -> None:
    """Serve until the process is told to stop; without a port, Socket Mode does not listen.

    Raises `PortingError` where the database, the port or Slack cannot be used; nothing is left
    running then.
    """
    set_up_logs()
    service = Service(settings, pace=pace)
    try:
        _try_keys(service)
        _stop_on_signals(service)
        if port is not None or not settings.socket_mode:
            _listen(service, host, HTTP_PORT if port is None else port)
        service.start()
        set_the_start_aside()
        print("Portdesk is running. Stop it with Ctrl-C.", file=sys.stderr, flush=True)
        # Slack may take its time, and nobody waits for this.
        threading.Thread(target=_warn_of_channel, args=(service,), daemon=True).start()
        service.serve(host, HTTP_PORT)
    finally:
        service.stop()


def _try_keys(service: Service) -> None:
    """Refuse to start with a wrong key; what a lost key or damage made unreadable is told."""
    if unreadable := service.desk.keys.look().unreadable:
        log.error("secrets_unreadable", where=unreadable)


def _warn_of_channel(service: Service) -> None:
    if fault := service.channel_fault():
        log.error("channel_fault", why=fault)


def _listen(service: Service, host: str, port: int) -> None:
    try:
        service.listen(host, port)
    except OSError as error:
        raise PortingError(
            f"{host}:{port} cannot be listened on ({error.strerror}). Choose another --port."
        ) from error


def serve_sandbox(port: int, open_browser: bool) -> None:
    """Start the little Slack, the desk on it, and the page; serve until told to stop."""
    set_up_logs()
    started = time.monotonic()
    clock = AdjustableClock()
    words = Words()
    tips = [words.sentence("sandbox", key) for key in words.table("sandbox")]
    little = Sandbox(MANIFEST, clock=clock, port=port, tips=tips).start()
    with tempfile.TemporaryDirectory(prefix="portdesk-sandbox-") as folder:
        service = Service(sandbox_settings(little, Path(folder)), clock, SANDBOX_PACE)
        service.start()
        set_the_start_aside()
        _stop_on_signals(service)
        seconds = time.monotonic() - started
        print(f"The sandbox is ready after {seconds:.1f} s: {little.url}", flush=True)
        print("Stop it with Ctrl-C; it forgets everything then.", flush=True)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(little.url,), daemon=True).start()
        service.serve("", 0)
        service.stop()
        little.stop()


def set_the_start_aside() -> None:
    """Look through what the start made once, and never again: each time stops every answer.

    A full collection takes 0.1 s for it, and may begin while somebody holds the writer's lock.
    """
    gc.collect()
    gc.freeze()


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


def _stop_on_signals(service: Service) -> None:
    """Ctrl-C and SIGTERM end the work in hand, then the process."""

    def stop(number: int, _frame: FrameType | None) -> None:
        drain = DRAIN_SECONDS if number == signal.SIGTERM else 0.0
        threading.Thread(target=service.finish, args=(drain,)).start()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
