"""Slack's signature of a request: judged by the headers first, then summed up with the body."""

import hmac
import re
from collections.abc import Mapping
from typing import Final

# Slack's own rule against requests that are played again.
MOST_SECONDS: Final = 300
_STAMP: Final = re.compile(r"[0-9]{1,12}")
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")


class Signature:
    """What a request claims to be signed with, and the sum of its body so far.

    The sum grows piece by piece as the body comes in: no piece keeps the event loop for long.
    """

    def __init__(self, secret: str, stamp: str, signature: str) -> None:
        self._claimed = signature
        self._sum = hmac.new(secret.encode(), f"v0:{stamp}:".encode(), "sha256")

    def add(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        self._sum.update(piece)

    def holds(self) -> bool:
        """Say whether Slack signed exactly what was added."""
        return hmac.compare_digest(f"v0={self._sum.hexdigest()}", self._claimed)


def signature_of(secret: str, headers: Mapping[str, str], now: float) -> Signature | None:
    """Return what to check a body with; None where no body can make these headers right.

    `now` in Unix seconds. The form is Slack's: "Verifying requests from Slack".
    """
    stamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    if not _STAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
        return None
    return Signature(secret, stamp, signature) if abs(now - int(stamp)) <= MOST_SECONDS else None
