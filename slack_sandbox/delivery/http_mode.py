"""HTTP delivery: signed POSTs to the app's request URL."""

import hashlib
import hmac
import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode, urlsplit

_TOO_OLD = 10 * 60


_KINDS = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}


class HttpDelivery:
    """Posts to one URL; `pool` has the threads in which that is done."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self.url = url
        self._secret = signing_secret.encode()
        self.pool = ThreadPoolExecutor(max_workers=16, thread_name_prefix="sandbox-delivery")

    def post(
        self,
        body: bytes,
        content_type: str,
        timeout: float,
        extra: dict[str, str] | None = None,
        bad_signature: bool = False,
        old_timestamp: bool = False,
    ) -> tuple[int, Any]:
        """Send a body and return status and answer (JSON read, else text); raises `OSError`."""
        seconds = int(time.time()) - (_TOO_OLD if old_timestamp else 0)
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": str(seconds),
            "X-Slack-Signature": "v0=bad" if bad_signature else self.signature(seconds, body),
            "User-Agent": "Slackbot 1.0 (sandbox)",
            **(extra or {}),
        }
        return self._exchange(body, headers, timeout)

    def signature(self, seconds: int, body: bytes) -> str:
        """Return the value of X-Slack-Signature."""
        base = b"v0:" + str(seconds).encode() + b":" + body
        return "v0=" + hmac.new(self._secret, base, hashlib.sha256).hexdigest()

    def _exchange(self, body: bytes, headers: dict[str, str], timeout: float) -> tuple[int, Any]:
        # A connection of its own for each: to repeat a POST on a stale one could deliver it twice.
        parts = urlsplit(self.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = _KINDS[parts.scheme](str(parts.hostname), parts.port, timeout=timeout)
        try:
            connection.request("POST", target, body, headers)
            response = connection.getresponse()
            return response.status, _read(response)
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()


def _read(response: http.client.HTTPResponse) -> Any:
    text = response.read().decode("utf-8", "replace")
    if response.headers.get_content_type() != "application/json":
        return text or None
    try:
        return json.loads(text)
    except ValueError:
        return text


FORM = "application/x-www-form-urlencoded"


def body_of(kind: str, payload: dict[str, Any]) -> tuple[bytes, str]:
    """Return body and content type as Slack sends this kind of payload."""
    if kind == "slash_commands":
        return urlencode(payload).encode(), FORM
    text = json.dumps(payload, ensure_ascii=False)
    if kind == "interactive":
        return urlencode({"payload": text}).encode(), FORM
    return text.encode(), "application/json"
