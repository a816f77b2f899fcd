"""The facts of a case, as the desk hands them out: frozen, masked, without any row behind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.cases.kinds import Kind
from bot.domain.cases.workflow import CLOSED, Role, Status, moves_for
from bot.domain.checklists.port_in import Progress
from bot.domain.intake.fields import names
from bot.domain.intake.intake import Platform
from bot.domain.port_out.requests import Answer, RequestFacts

# What never leaves the database in the clear (S3); everything else of an intake may be read
# by whoever may see the case.
SECRET_FIELDS = frozenset(
    {*names(lambda field: field.secret), "csr_account_number", "found_account_number"}
)
UNASKED, OWNER_SAYS = "unasked", "owner_says"


@dataclass(frozen=True)
class LetterFacts:
    """One version of a case's Letter of Authorization."""

    version: int
    fingerprint: str
    stale: bool
    signed_on: date | None = None


@dataclass(frozen=True)
class DocumentFacts:
    """A file that somebody gave to the desk; `fetched` tells whether the desk holds a copy."""

    id: int
    kind: str
    name: str
    size: int
    fetched: bool


@dataclass(frozen=True)
class Event:
    """One line of a case's history."""

    id: int
    at: datetime
    who: str
    kind: str
    origin: Status | None
    target: Status | None
    why: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseFacts:
    """Everything of a case that people may see. Moments are aware UTC; secrets are not here.

    Where its secrets are `unreadable`, it is not even known which were given.
    """

    id: int
    reference: str
    version: int
    kind: str
    platform: Platform
    status: Status | None
    requester: str
    created_at: datetime
    changed_at: datetime
    losing_carrier: str
    fields: Mapping[str, str]
    secrets_given: frozenset[str]
    numbers: tuple[str, ...]
    requested_at: datetime | None
    foc_at: datetime | None
    foc_confirmed: bool
    time_zone: str
    letter: LetterFacts | None = None
    documents: tuple[DocumentFacts, ...] = ()
    progress: tuple[Progress, ...] = ()
    reason_code: str = ""
    request: RequestFacts | None = None
    link_expires_on: date | None = None
    link_days_left: int | None = None
    unreadable: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the case still holds its numbers."""
        return self.status not in CLOSED

    @property
    def is_port_out(self) -> bool:
        """Whether the numbers leave."""
        return self.kind == Kind.PORT_OUT

    @property
    def is_unasked(self) -> bool:
        """Whether a winning carrier's request opened the case, and nobody here."""
        return bool(self.fields.get(UNASKED))

    @property
    def owes_answer(self) -> bool:
        """Whether a winning carrier waits, so that silence would count as a yes."""
        return self.is_open and self.request is not None and self.request.is_open

    @property
    def is_let_go(self) -> bool:
        """Whether the last request of a winning carrier was approved."""
        return self.request is not None and self.request.answer is Answer.APPROVED

    @property
    def asks_owner(self) -> bool:
        """Whether a request waits of which only the owner can say that it was ordered."""
        return self.is_unasked and self.owes_answer

    @property
    def may_be_filed(self) -> bool:
        """Whether there is something to file with the platform: not what nobody ordered (I)."""
        return self.is_open and not self.asks_owner

    @property
    def owner_says(self) -> str:
        """What the owner of the numbers said of such a request: a value of `OwnerSays`, or none."""
        return str(self.fields.get(OWNER_SAYS) or "")

    @property
    def carrier(self) -> str:
        """The carrier at the other end: the losing one, or the winning one of a port-out."""
        return self.fields.get("winning_carrier", "") if self.is_port_out else self.losing_carrier

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the case's dates were meant."""
        return ZoneInfo(self.time_zone)

    @property
    def signed_letter(self) -> LetterFacts | None:
        """The newest letter, if it is signed and still says what the case says."""
        letter = self.letter
        return letter if letter and letter.signed_on and not letter.stale else None

    def moves(self, role: Role) -> tuple[Status, ...]:
        """Return what a person in this role may ask of the case now.

        Without a signed letter that still says what the case says, nothing is submitted (S1);
        while a winning carrier waits for its answer, the case is not closed, and what only the
        carrier asked for is not ordered.
        """
        ready = self.is_port_out or self.signed_letter
        barred = frozenset() if ready else frozenset({Status.SUBMITTED})
        barred |= CLOSED if self.owes_answer else frozenset()
        barred |= {Status.SUBMITTED} if self.asks_owner else frozenset()
        return tuple(move for move in moves_for(self.status, role) if move not in barred)


def split_secrets(fields: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Part what may be read from what is stored encrypted, also inside the carrier's record."""
    public: dict[str, object] = {}
    secret: dict[str, object] = {}
    for name, value in fields.items():
        if name in SECRET_FIELDS:
            secret[name] = value
        elif isinstance(value, Mapping):
            public[name], inner = split_secrets(value)
            secret |= {f"{name}.{key}": item for key, item in inner.items()}
        else:
            public[name] = value
    return public, secret


def join_secrets(public: Mapping[str, object], secret: Mapping[str, object]) -> dict[str, object]:
    """Put together again what `split_secrets` parted."""
    whole = {
        name: dict(value) if isinstance(value, Mapping) else value for name, value in public.items()
    }
    for path, value in secret.items():
        outer, dot, inner = path.partition(".")
        if dot:
            nested = whole.setdefault(outer, {})
            assert isinstance(nested, dict)
            nested[inner] = value
        else:
            whole[path] = value
    return whole


def mask_number(e164: str) -> str:
    """Return a number as a public channel may show it: its last four digits."""
    return f"…{e164[-4:]}"


def reference_of(case_id: int) -> str:
    """Return the name by which people call a case."""
    return f"PRT-{case_id}"
