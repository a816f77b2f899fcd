"""One kept HTTP connection to the sandbox, for those who use it from a program."""

import http.client
from urllib.parse import urlsplit

TIMEOUT = 30.0


class Connection:
    """Asks the sandbox at `url` over one connection; not to be shared between threads."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._kept: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Return the body of an answer, whatever its status."""
        if self._kept is None:
            host, port = str(self._parts.hostname), self._parts.port
            self._kept = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        try:
            self._kept.request(method, path, body)
            return self._kept.getresponse().read()
        except BaseException:
            self._kept.close()
            self._kept = None
            raise
