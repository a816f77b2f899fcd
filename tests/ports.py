"""Ports for servers that start later, in processes of their own."""

import random
import socket

# Below what systems give to whoever connects: such a port may be taken again before it is used.
_OURS = range(15_000, 32_000)


def free_port() -> int:
    """Return a port that nobody listens on, and that nobody gets by chance."""
    while True:
        port = random.choice(_OURS)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
