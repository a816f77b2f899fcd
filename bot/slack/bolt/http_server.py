"""The HTTP server: uvicorn in a thread of its own, so that stopping it is ours to order."""

import socket
import threading
from functools import partial

import uvicorn
from starlette.applications import Starlette

from bot.slack.bolt.incoming_deadlines import DeadlineProtocol, Unfinished

# Seconds that requests under way have to end; Slack waits three for each.
GRACE = 5
# Connections at once, those that wait included; a process has 1,024 open files where nobody says
# otherwise. More are answered with 503.
MOST_CONNECTIONS = 512
# Bytes of a request's first line and headers; Slack's have a few hundred.
MOST_OF_HEAD = 16 * 1024


class HttpServer:
    """Listens from the moment it is made; raises `OSError` where the port is taken."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        listener = _listen(host, port)
        self.port: int = listener.getsockname()[1]
        config = uvicorn.Config(
            app,
            http=partial(DeadlineProtocol, Unfinished()),  # type: ignore[arg-type]  # called as a class is
            ws="none",
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=MOST_OF_HEAD,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=GRACE,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="http", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Refuse new requests, and wait for those under way."""
        self._server.should_exit = True
        self._thread.join(GRACE + 1)


def _listen(host: str, port: int) -> socket.socket:
    """Take a port. Named as TCP, because asyncio turns off Nagle's algorithm only then."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.listen(512)
    return listener
