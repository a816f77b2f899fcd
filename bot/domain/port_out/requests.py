"""A winning carrier's request for numbers: how it is judged, and what may be answered (S3, B)."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.text.csv_tables import rows
from bot.domain.text.matching import plain_name

MOST_FAILURES: Final = 5
LOCK: Final = timedelta(hours=24)
ANY_CARRIER: Final = "*"


class Reason(StrEnum):
    """The only reasons for which a request may be rejected (B)."""

    ACCOUNT_MISSING = "account_missing"
    ACCOUNT_INVALID = "account_invalid"
    PIN_MISSING = "pin_missing"
    PIN_INVALID = "pin_invalid"
    ZIP_MISSING = "zip_missing"
    ZIP_INVALID = "zip_invalid"
    NOT_ON_ACCOUNT = "not_on_account"
    NOT_ACTIVE = "not_active"
    CUSTOMER_MISMATCH = "customer_mismatch"
    INVALID_REQUEST = "invalid_request"


# Somebody who guesses gives one of these away; a field left empty is no guess.
GUESSES: Final = frozenset({Reason.ACCOUNT_INVALID, Reason.PIN_INVALID, Reason.ZIP_INVALID})

_ACCOUNT: Final = frozenset({Reason.ACCOUNT_MISSING, Reason.ACCOUNT_INVALID})
_PIN: Final = frozenset({Reason.PIN_MISSING, Reason.PIN_INVALID})
_ZIP: Final = frozenset({Reason.ZIP_MISSING, Reason.ZIP_INVALID})


class Answer(StrEnum):
    """Where a request stands: no answer yet, one of two agents has approved, or answered."""

    OPEN = "open"
    HALF_APPROVED = "half_approved"
    APPROVED = "approved"
    REJECTED = "rejected"


UNANSWERED: Final = frozenset({Answer.OPEN, Answer.HALF_APPROVED})


class OwnerSays(StrEnum):
    """What the owner of numbers says of a move that a carrier asks for and nobody here filed."""

    ORDERED = "ordered"
    NOT_ORDERED = "not_ordered"


class ProtectionStep(StrEnum):
    """What may be done about the PIN that protects a number; to remove it takes two people."""

    LOOK = "look"
    SET = "set"
    ASK_REMOVAL = "ask_removal"
    CONFIRM_REMOVAL = "confirm_removal"


@dataclass(frozen=True)
class ReceivedRequest:
    """What a winning carrier sent, exactly as it wrote it; `numbers` as text."""

    carrier: str
    numbers: str
    account_id: str = ""
    pin: str = ""
    zip_code: str = ""
    received_at: datetime | None = None

    def __repr__(self) -> str:
        return "ReceivedRequest(…)"


@dataclass(frozen=True)
class NumberOnFile:
    """What is on file for one number. What is empty is not on file and is not compared.

    Without an account ID or a PIN on file nobody can show that the move is meant.
    """

    account_id: str
    pin: str
    zip_code: str = ""

    def __repr__(self) -> str:
        return "NumberOnFile(…)"


@dataclass(frozen=True)
class RequestFacts:
    """A winning carrier's request as people see it, without what it was compared with.

    `found` are the reasons that the comparison itself gives; `second` the numbers that
    the agent who looks does not let go alone; `bare` for how many nothing is on file.
    """

    id: int
    version: int
    carrier: str
    numbers: tuple[str, ...]
    received_at: datetime
    answer_by: datetime
    answer: Answer
    found: tuple[Reason, ...] = ()
    locked: bool = False
    second: tuple[str, ...] = ()
    first_agent: str = ""
    reason: Reason | None = None
    bare: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the carrier still waits, so that silence would count as approval."""
        return self.answer in UNANSWERED

    @property
    def may_be_approved(self) -> bool:
        """Whether nothing that was compared stands against it."""
        return self.is_open and not self.found and not self.locked


def judge(
    asked: ReceivedRequest, held: Mapping[str, NumberOnFile | None]
) -> dict[str, frozenset[Reason]]:
    """Compare a request with what is on file for each of its numbers (None: not on the account).

    Exact, and in constant time: every field of every number is compared, whatever the ones
    before it came to (S3).
    """
    return {e164: _judge_one(asked, file) for e164, file in held.items()}


def _judge_one(asked: ReceivedRequest, file: NumberOnFile | None) -> frozenset[Reason]:
    known = file or NumberOnFile("", "", "")
    verdicts = (
        _field(asked.account_id, known.account_id, Reason.ACCOUNT_MISSING, Reason.ACCOUNT_INVALID),
        _field(asked.pin, known.pin, Reason.PIN_MISSING, Reason.PIN_INVALID),
        _field(asked.zip_code, known.zip_code, Reason.ZIP_MISSING, Reason.ZIP_INVALID),
    )
    if file is None:
        return frozenset({Reason.NOT_ON_ACCOUNT})
    kept = ((file.account_id, _ACCOUNT), (file.pin, _PIN), (file.zip_code, _ZIP))
    compared = frozenset[Reason]().union(*(names for value, names in kept if value))
    whole = frozenset() if file.account_id and file.pin else {Reason.INVALID_REQUEST}
    return frozenset[Reason]().union(*verdicts) & compared | whole


def _field(given: str, kept: str, missing: Reason, invalid: Reason) -> frozenset[Reason]:
    same = same_secret(given, kept)
    wrong = invalid if given else missing
    # Nothing on file matches nothing: two empty fields are not the same.
    return frozenset() if same & bool(kept) else frozenset({wrong})


def same_secret(given: str, kept: str) -> bool:
    """Say whether two secrets are the same, in a time that tells nothing of either.

    Digests are compared, since a comparison of unequal lengths would end early.
    """
    return hmac.compare_digest(_digest(given), _digest(kept))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def in_order(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return reasons in the order of their table, each once."""
    found = set(reasons)
    return tuple(reason for reason in Reason if reason in found)


def time_to_answer(carrier: str) -> timedelta:
    """Return how long a winning carrier waits before silence means approval (B, T)."""
    hours = {plain_name(row["carrier"]): float(row["hours"]) for row in rows("response_times")}
    return timedelta(hours=hours.get(plain_name(carrier), hours[ANY_CARRIER]))
