"""Seals what rests encrypted: PINs, account numbers, drafts, uploaded files."""

import base64
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import Refusal


class Unreadable(Refusal):
    """Something sealed that no key opens: one that is missing here, or the row was damaged."""


class Cipher:
    """Encrypts under the first key and decrypts under any, so that keys can be rotated."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = MultiFernet([_fernet(key) for key in keys])

    def seal(self, value: object) -> str:
        """Encrypt a JSON value."""
        return self._keys.encrypt(json.dumps(value).encode()).decode()

    def unseal(self, token: str) -> Any:
        """Decrypt a JSON value; `Unreadable` when no key fits."""
        return json.loads(self.unseal_bytes(token.encode()))

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt a file."""
        return self._keys.encrypt(content)

    def unseal_bytes(self, token: bytes) -> bytes:
        """Decrypt a file; `Unreadable` when no key fits."""
        try:
            return self._keys.decrypt(token)
        except InvalidToken as error:
            raise Unreadable("no_key_opens") from error

    def opens(self, token: str | bytes) -> bool:
        """Say whether some key fits."""
        try:
            self.unseal_bytes(token.encode() if isinstance(token, str) else token)
        except Unreadable:
            return False
        return True

    def renew(self, token: str) -> str:
        """Encrypt a JSON value again under the newest key; `Unreadable` when no key fits."""
        return self.renew_bytes(token.encode()).decode()

    def renew_bytes(self, token: bytes) -> bytes:
        """Encrypt a file again under the newest key; `Unreadable` when no key fits."""
        return self.seal_bytes(self.unseal_bytes(token))


def _fernet(key: str) -> Fernet:
    """Take a Fernet key as it is; stretch any other passphrase of 16 letters or more to one."""
    try:
        return Fernet(key)
    except ValueError:
        derived = hashlib.scrypt(key.encode(), salt=b"portdesk", n=2**14, r=8, p=1, dklen=32)
        return Fernet(base64.urlsafe_b64encode(derived))
