"""PINs that let a number go: 4 to 10 ASCII letters and digits, kept as text (S3)."""

import secrets
from typing import Final

from bot.domain.rulebook.checks.people import PIN

# Without letters and digits that are taken for each other: 0 O, 1 I L, 2 Z, 5 S, 8 B.
ALPHABET: Final = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH: Final = 8


def is_pin(text: str) -> bool:
    """Say whether a text has the form of a PIN."""
    return PIN.fullmatch(text) is not None


def make_pin() -> str:
    """Return a PIN that nobody can guess and nobody misreads."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
