"""Turns rows into the frozen facts that leave a transaction."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from structlog.contextvars import bind_contextvars

from bot.desk.core.context import DeskContext, Stale
from bot.desk.core.form_fields import port_out_form
from bot.desk.core.work import Work, subject_of
from bot.domain.cases.case import (
    CaseFacts,
    DocumentFacts,
    Event,
    LetterFacts,
    join_secrets,
    mask_number,
    reference_of,
)
from bot.domain.cases.kinds import EventKind, Kind
from bot.domain.cases.subjects import Subject
from bot.domain.cases.workflow import Role
from bot.domain.checklists.port_in import Item, Tick, items_for, progress
from bot.domain.checklists.port_out import PORT_OUT_ITEMS
from bot.domain.port_out.requests import Reason, RequestFacts, in_order
from bot.store.encryption import Unreadable
from bot.store.inserts import insert_later
from bot.store.locks import lock_subject, turn_agenda
from bot.store.models.cases import Case, Document, History, Loa
from bot.store.models.next_look import Agenda
from bot.store.models.port_out import CarrierRequest
from bot.store.models.subjects import columns_of, names

FIRST_REFERENCE = 1000
# What the facts of a case are made of, so that a list reads it for all its cases at once.
WHOLE_CASE = tuple(
    selectinload(part)
    for part in (Case.numbers, Case.letters, Case.documents, Case.ticks, Case.carrier_requests)
)


def reference(case_id: int) -> str:
    """Return the name of the case with this row id: the first is PRT-1001."""
    return reference_of(case_id + FIRST_REFERENCE)


def subject_name(subject: Subject) -> str:
    """Return what people call a subject; a number is not told whole."""
    if subject.case_id is not None:
        return reference(subject.case_id)
    return mask_number(subject.e164) if subject.e164 else str(subject)


def row_id(reference_text: str) -> int:
    """Return the row id behind `PRT-1042` (also `prt 1042`, `1042`); 0 for anything else."""
    digits = reference_text.upper().removeprefix("PRT").lstrip("- ").strip()
    return int(digits) - FIRST_REFERENCE if digits.isdecimal() and len(digits) < 10 else 0


def find_case(work: Work, case_id: int) -> Case:
    """Return a case's row, or say that there is none."""
    bind_contextvars(case=reference(case_id))
    case = work.get(Case, case_id) if 0 < case_id < 2**31 else None
    if case is None:
        raise work.context.say("no_such_case", reference=reference(case_id))
    return case


def must_be_party(context: DeskContext, who: str, case: Case) -> None:
    """Refuse whoever is neither the case's requester nor an agent, as of now."""
    if context.role(who, case) is Role.OTHER:
        raise context.say("not_your_case")


def status_label(context: DeskContext, case: Case) -> str:
    """Return what people call the status of a case."""
    return context.words.sentence("statuses", case.status or "NONE")


def check_version(context: DeskContext, case: Case, version: int) -> None:
    """Raise `Stale`, with the state as it is now, when somebody acts on what is not any more."""
    if case.version != version:
        status = status_label(context, case)
        raise Stale(
            context.words.sentence(
                "answers", "case_moved_on", reference=reference(case.id), status=status
            )
        )


def check_nobody_waits(context: DeskContext, case: Case, answer: str) -> None:
    """Refuse what cannot be done while a winning carrier waits, with this row of the answers."""
    asked = _last_request(case)
    if asked is not None and asked.is_open:
        raise context.say(answer, carrier=asked.carrier)


def items_of(case: Case) -> tuple[Item, ...]:
    """Return the checklist of a case."""
    return PORT_OUT_ITEMS if case.kind is Kind.PORT_OUT else items_for(case.platform)


def porting_round(case: Case) -> str:
    """Name the porting day that ticks belong to: a moved FOC starts a new list.

    What is done for a port-out stays done, whatever its date.
    """
    if case.kind is Kind.PORT_OUT:
        return ""
    return case.foc_at.strftime("%Y%m%dT%H%M") if case.foc_at else ""


def case_facts(case: Case, cipher_names: frozenset[str], today: date | None = None) -> CaseFacts:
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
        progress=progress(items_of(case), numbers, ticks),
        reason_code=case.reason_code,
        request=_last_request(case),
        link_expires_on=case.link_expires_on,
        link_days_left=_days_left(case, today),
    )


def all_fields(context: DeskContext, case: Case) -> dict[str, Any]:
    """Return a case's fields with its secrets: for rules and letters only."""
    return join_secrets(case.fields, context.cipher.unseal(case.sealed))


def asked_now(context: DeskContext, case: Case) -> dict[str, Any]:
    """Return what a case asks for as its form would hold it, with its secrets."""
    fields = all_fields(context, case)
    if case.kind is Kind.PORT_IN:
        return fields
    return port_out_form(fields, [number.e164 for number in case.numbers])


def facts_of(context: DeskContext, case: Case) -> CaseFacts:
    """Return the facts of a case, with the names (never the values) of its secrets."""
    today = context.today(case.time_zone)
    try:
        secrets = context.cipher.unseal(case.sealed)
    except Unreadable:
        return replace(case_facts(case, frozenset(), today), unreadable=True)
    return case_facts(case, frozenset(name for name, value in secrets.items() if value), today)


def _days_left(case: Case, today: date | None) -> int | None:
    end = case.link_expires_on
    return (end - today).days if end and today else None


def request_facts(row: CarrierRequest, second: tuple[str, ...] = ()) -> RequestFacts:
    """Return what is known of a winning carrier's request; `second` needs a second agent."""
    return RequestFacts(
        id=row.id,
        version=row.version,
        carrier=row.carrier,
        numbers=tuple(row.numbers),
        received_at=row.received_at,
        answer_by=row.answer_by,
        answer=row.answer,
        found=in_order(Reason(reason) for reason in row.found),
        locked=row.locked,
        second=second,
        first_agent=row.first_agent,
        reason=row.reason,
    )


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


def _last_request(case: Case) -> RequestFacts | None:
    return request_facts(case.carrier_requests[-1]) if case.carrier_requests else None


def history_of(work: Work, subject: Subject) -> tuple[Event, ...]:
    """Return what happened to a subject, oldest first."""
    query = select(History).where(*names(History, subject)).order_by(History.id)
    return tuple(event_of(row) for row in work.scalars(query))


def record_event(
    work: Work,
    about: Case | Subject,
    at: datetime,
    who: str,
    kind: EventKind,
    why: str = "",
    **facts: str,
) -> History:
    """Add a line to the history; a move of status adds origin and target itself.

    It is written when the transaction ends, so its id is known later.
    """
    subject = subject_of(about)
    lock_subject(work, subject)
    row = History(**columns_of(subject), at=at, who=who, kind=kind, why=why, facts=facts)
    insert_later(work, row)
    _look_again(work, subject, at)
    return row


def taken_before(case: Case, form: str) -> bool:
    """Say whether this form was taken already, by a line of the history that bears its name."""
    return any(event.facts.get("form") == form for event in case.history)


def _look_again(work: Work, subject: Subject, at: datetime) -> None:
    """Let the clock look at something: whatever happened to it may have moved its reminders."""
    if subject in work.looked:
        return
    work.looked.add(subject)
    if subject.case_id in work.made or not turn_agenda(work, subject, look_at=at):
        insert_later(work, Agenda(**columns_of(subject), look_at=at))
