"""Turns rows into the frozen facts that leave a transaction."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import selectinload
from structlog.contextvars import bind_contextvars

from bot.desk.core.context import DeskContext, Stale
from bot.desk.core.form_fields import port_out_form
from bot.desk.core.references import reference
from bot.desk.core.work import Work
from bot.domain.cases.case import (
    CaseFacts,
    DocumentFacts,
    LetterFacts,
    join_secrets,
)
from bot.domain.cases.kinds import Kind
from bot.domain.cases.workflow import Role
from bot.domain.checklists.port_in import Item, Tick, items_for, progress
from bot.domain.checklists.port_out import PORT_OUT_ITEMS
from bot.domain.port_out.requests import Reason, RequestFacts, in_order
from bot.errors import Refusal
from bot.store.encryption import Unreadable
from bot.store.models.carrier_requests import CarrierRequest
from bot.store.models.cases import Case, Document, Loa

# What the facts of a case are made of, so that a list reads it for all its cases at once.
WHOLE_CASE = tuple(
    selectinload(part)
    for part in (Case.numbers, Case.letters, Case.documents, Case.ticks, Case.carrier_requests)
)


def find_case(work: Work, case_id: int) -> Case:
    """Return a case's row, or say that there is none."""
    bind_contextvars(case=reference(case_id))
    case = work.get(Case, case_id) if 0 < case_id < 2**31 else None
    if case is None:
        raise Refusal("no_such_case", reference=reference(case_id))
    return case


def must_be_party(context: DeskContext, who: str, case: Case) -> None:
    """Refuse whoever is neither the case's requester nor an agent, as of now."""
    if context.role(who, case) is Role.OTHER:
        raise Refusal("not_your_case")


def check_version(case: Case, version: int) -> None:
    """Raise `Stale`, with the state as it is now, when somebody acts on what is not any more."""
    if case.version != version:
        status = case.status or "NONE"
        raise Stale("case_moved_on", reference=reference(case.id), status=status)


def waiting_carrier(case: Case) -> str | None:
    """Return the winning carrier that waits for an answer about a case, if one does."""
    asked = _last_request(case)
    return asked.carrier if asked is not None and asked.is_open else None


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


def _last_request(case: Case) -> RequestFacts | None:
    return request_facts(case.carrier_requests[-1]) if case.carrier_requests else None
