"""The eight statuses of a port, and the one table of moves between them (DOMAIN S3, C)."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What the carrier says of a case. A case that is not submitted yet has none."""

    SUBMITTED = "SUBMITTED"
    PENDING_DOCUMENTS = "PENDING_DOCUMENTS"
    EXCEPTION = "EXCEPTION"
    CHANGE_REQUESTED = "CHANGE_REQUESTED"
    FOC = "FOC"
    COMPLETED = "COMPLETED"
    CANCEL_REQUESTED = "CANCEL_REQUESTED"
    CANCELLED = "CANCELLED"


class WaitsFor(StrEnum):
    """Who has to act next."""

    DESK = "desk"
    CARRIER = "carrier"
    CUSTOMER = "customer"
    DATE = "date"
    NOBODY = "nobody"


class Need(StrEnum):
    """What a person must say before a move is made."""

    NOTHING = "nothing"
    SIGNED_LETTER = "signed_letter"
    NOTE = "note"
    REASON_CODE = "reason_code"
    REASON = "reason"
    FOC_DATE = "foc_date"
    OUTCOME = "outcome"


class Role(StrEnum):
    """What a person is to a case."""

    AGENT = "agent"
    REQUESTER = "requester"
    OTHER = "other"


@dataclass(frozen=True)
class StatusRow:
    """One status: who is waited for, what entering it needs, and who may ask for it."""

    status: Status
    waits_for: WaitsFor
    need: Need
    roles: frozenset[Role]
    source: str


_DESK = frozenset({Role.AGENT})
_EITHER = frozenset({Role.AGENT, Role.REQUESTER})

STATUSES: dict[Status, StatusRow] = {
    row.status: row
    for row in (
        StatusRow(Status.SUBMITTED, WaitsFor.CARRIER, Need.SIGNED_LETTER, _DESK, "S3"),
        StatusRow(Status.PENDING_DOCUMENTS, WaitsFor.CUSTOMER, Need.NOTE, _DESK, "S3"),
        StatusRow(Status.EXCEPTION, WaitsFor.CUSTOMER, Need.REASON_CODE, _DESK, "S3"),
        StatusRow(Status.CHANGE_REQUESTED, WaitsFor.CARRIER, Need.NOTE, _EITHER, "S3"),
        StatusRow(Status.FOC, WaitsFor.DATE, Need.FOC_DATE, _DESK, "S3"),
        StatusRow(Status.COMPLETED, WaitsFor.NOBODY, Need.OUTCOME, _DESK, "S3"),
        StatusRow(Status.CANCEL_REQUESTED, WaitsFor.CARRIER, Need.REASON, _EITHER, "S3"),
        StatusRow(Status.CANCELLED, WaitsFor.NOBODY, Need.REASON, _EITHER, "S3"),
    )
}

# None stands for a case that no carrier has seen yet. Withdrawing one is our own
# inference: nobody but the desk has to process it.
MOVES: dict[Status | None, tuple[Status, ...]] = {
    None: (Status.SUBMITTED, Status.CANCELLED),
    Status.SUBMITTED: (
        Status.FOC,
        Status.PENDING_DOCUMENTS,
        Status.EXCEPTION,
        Status.CHANGE_REQUESTED,
        Status.CANCEL_REQUESTED,
    ),
    Status.PENDING_DOCUMENTS: (
        Status.SUBMITTED,
        Status.EXCEPTION,
        Status.CHANGE_REQUESTED,
        Status.CANCEL_REQUESTED,
    ),
    Status.EXCEPTION: (
        Status.SUBMITTED,
        Status.PENDING_DOCUMENTS,
        Status.CHANGE_REQUESTED,
        Status.FOC,
        Status.CANCEL_REQUESTED,
    ),
    Status.CHANGE_REQUESTED: (
        Status.SUBMITTED,
        Status.PENDING_DOCUMENTS,
        Status.EXCEPTION,
        Status.FOC,
        Status.CANCEL_REQUESTED,
    ),
    Status.FOC: (
        Status.COMPLETED,
        Status.CHANGE_REQUESTED,
        Status.EXCEPTION,
        Status.CANCEL_REQUESTED,
    ),
    # FOC and COMPLETED: the cancellation came too late (C).
    Status.CANCEL_REQUESTED: (Status.CANCELLED, Status.FOC, Status.COMPLETED),
    Status.COMPLETED: (),
    Status.CANCELLED: (),
}

CLOSED = frozenset(status for status in Status if not MOVES[status])


def may_move(origin: Status | None, target: Status) -> bool:
    """Say whether the table of moves lets a case go from `origin` to `target`."""
    return target in MOVES[origin]


def moves_for(origin: Status | None, role: Role) -> tuple[Status, ...]:
    """Return what a person in this role may ask of a case, in the order of the buttons.

    Only agents close a case that a carrier has seen; a requester may withdraw one that
    nobody has submitted.
    """
    if role is Role.REQUESTER and origin is Status.CANCEL_REQUESTED:
        return ()
    return tuple(target for target in MOVES[origin] if role in STATUSES[target].roles)


def waits_for(status: Status | None) -> WaitsFor:
    """Say who has to act on a case in this status."""
    return WaitsFor.DESK if status is None else STATUSES[status].waits_for


def status_table() -> str:
    """Return the table of statuses and moves as Markdown, for the documentation."""
    rows = [
        "| from | waited for | may go to | needs to get here | source |",
        "|---|---|---|---|---|",
    ]
    for origin, targets in MOVES.items():
        name = origin or "not submitted yet"
        need = STATUSES[origin].need.replace("_", " ") if origin else "a complete request"
        source = STATUSES[origin].source if origin else "I"
        to = ", ".join(targets) or "nothing: moving again is a new case"
        rows.append(f"| {name} | {waits_for(origin)} | {to} | {need} | {source} |")
    return "\n".join(rows)
