"""Serves Slack until the process is told to stop."""

import gc
import signal
import sys
import threading
from types import FrameType

import structlog

from bot.errors import PortingError
from bot.service.logs import set_up_logs
from bot.service.settings import Settings
from bot.service.wiring import Pace, Service

log = structlog.get_logger()
# A load balancer asks /readyz every second or two.
DRAIN_SECONDS = 3.0
HTTP_PORT = 3000


def serve(settings: Settings, host: str, port: int | None, pace: Pace | None = None) -> None:
    """Serve until the process is told to stop; without a port, Socket Mode does not listen.

    Raises `PortingError` where the database, the port or Slack cannot be used; nothing is left
    running then.
    """
    set_up_logs()
    service = Service(settings, pace=pace)
    try:
        _try_keys(service)
        stop_on_signals(service)
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
    if unreadable := service.desk.key_rotation.look().unreadable:
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


def set_the_start_aside() -> None:
    """Look through what the start made once, and never again: each time stops every answer.

    A full collection takes 0.1 s for it, and may begin while somebody holds the writer's lock.
    """
    gc.collect()
    gc.freeze()


def stop_on_signals(service: Service) -> None:
    """Ctrl-C and SIGTERM end the work in hand, then the process."""

    def stop(number: int, _frame: FrameType | None) -> None:
        drain = DRAIN_SECONDS if number == signal.SIGTERM else 0.0
        threading.Thread(target=service.finish, args=(drain,)).start()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
