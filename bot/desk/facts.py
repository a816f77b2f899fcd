"""Turns rows into the frozen facts that leave a transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.room import Room
from bot.domain.cases import (
    CaseFacts,
    DocumentFacts,
    Event,
    LetterFacts,
    join_secrets,
    reference_of,
)
from bot.domain.checklist import Tick, progress
from bot.store.tables import Case, Document, History, Loa

FIRST_REFERENCE = 1000


def reference(case_id: int) -> str:
    """Return the name of the case with this row id: the first is PRT-1001."""
    return reference_of(case_id + FIRST_REFERENCE)


def row_id(reference_text: str) -> int:
    """Return the row id behind `PRT-1042` (also `prt 1042`, `1042`); 0 for anything else."""
    digits = reference_text.upper().removeprefix("PRT").lstrip("- ").strip()
    return int(digits) - FIRST_REFERENCE if digits.isdecimal() and len(digits) < 10 else 0


def find_case(session: Session, room: Room, case_id: int) -> Case:
    """Return a case's row, or say that there is none."""
    case = session.get(Case, case_id) if 0 < case_id < 2**31 else None
    if case is None:
        raise room.say("no_such_case", reference=reference(case_id))
    return case


def porting_round(case: Case) -> str:
    """Name the porting day that ticks belong to: a moved FOC starts a new list."""
    return case.foc_at.strftime("%Y%m%dT%H%M") if case.foc_at else ""


def case_facts(case: Case, cipher_names: frozenset[str]) -> CaseFacts:
    """Return the facts of a case; `cipher_names` are the secrets that were given."""
    numbers = tuple(number.e164 for number in case.numbers)
    ticks = tuple(
        Tick(tick.item, tick.e164, tick.by)
        for tick in case.ticks
        if tick.round == porting_round(case)
    )
    return CaseFacts(
        id=case.id,
        reference=reference(case.id),
        version=case.version,
        kind=case.kind.value,
        platform=case.platform,
        status=case.status,
        requester=case.requester,
        created_at=case.created_at,
        changed_at=case.changed_at,
        losing_carrier=case.losing_carrier,
        fields=dict(case.fields),
        secrets_given=cipher_names,
        numbers=numbers,
        requested_at=case.requested_at,
        foc_at=case.foc_at,
        foc_confirmed=case.foc_confirmed_at is not None,
        time_zone=case.time_zone,
        letter=letter_facts(case.letters[-1]) if case.letters else None,
        documents=tuple(document_facts(document) for document in case.documents),
        progress=progress(case.platform, numbers, ticks),
        reason_code=case.reason_code,
    )


def all_fields(room: Room, case: Case) -> dict[str, Any]:
    """Return a case's fields with its secrets: for rules and letters only."""
    return join_secrets(case.fields, room.cipher.unseal(case.sealed))


def facts_of(room: Room, case: Case) -> CaseFacts:
    """Return the facts of a case, with the names (never the values) of its secrets."""
    given = frozenset(name for name, value in room.cipher.unseal(case.sealed).items() if value)
    return case_facts(case, given)


def letter_facts(letter: Loa) -> LetterFacts:
    """Return what is known of one version of the letter."""
    return LetterFacts(
        letter.version, letter.fingerprint, letter.stale_at is not None, letter.signed_on
    )


def document_facts(document: Document) -> DocumentFacts:
    """Return what is known of a file, without its content."""
    return DocumentFacts(
        document.id, document.kind, document.name, document.size, bool(document.sha256)
    )


def event_of(row: History) -> Event:
    """Return one line of the history."""
    return Event(row.id, row.at, row.who, row.kind, row.origin, row.target, row.why, row.facts)


def history_of(session: Session, case_id: int) -> tuple[Event, ...]:
    """Return a case's history, oldest first."""
    query = select(History).where(History.case_id == case_id).order_by(History.id)
    return tuple(event_of(row) for row in session.scalars(query))


def record(
    session: Session, case: Case, at: datetime, who: str, kind: str, why: str = "", **facts: str
) -> History:
    """Add a line to the history; a move of status adds origin and target itself."""
    row = History(case_id=case.id, at=at, who=who, kind=kind, why=why, facts=facts)
    session.add(row)
    session.flush()
    return row
