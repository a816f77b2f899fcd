"""Making letters: each version belongs to one snapshot of the fields that it prints (S1)."""

from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from bot.desk.core.history import record_event
from bot.desk.core.references import reference
from bot.desk.core.work import Work
from bot.desk.notifications.announcements import announce_event, send_letter
from bot.domain.cases.kinds import EventKind
from bot.domain.intake.intake import PortIn
from bot.domain.numbers.phone_number import TelephoneNumber
from bot.errors import Refusal
from bot.letters.build import build_letter
from bot.letters.letter import Letter
from bot.store.inserts import insert_later
from bot.store.models.cases import Case, Loa


def letter_of(case: Case, request: PortIn) -> Letter:
    """Return what the next version of a case's letter says if the case asks for this."""
    numbers = [TelephoneNumber(row.e164, row.country, row.number_type) for row in case.numbers]
    version = case.letters[-1].version + 1 if case.letters else 1
    return build_letter(request, numbers, reference(case.id), version)


def issue_letter(work: Work, case: Case, letter: Letter) -> None:
    """Make this letter the newest version, and send it; an older one becomes stale at once.

    With blank mandatory fields there is no letter yet: the requester is told which are missing.
    """
    now = work.context.clock()
    if case.letters and case.letters[-1].stale_at is None:
        case.letters[-1].stale_at = now
    if missing := letter.missing():
        event = record_event(
            work, case, now, "", EventKind.LETTER_BLOCKED, missing=", ".join(missing)
        )
        announce_event(work, case, event)
        return
    _issue(work, case, letter)


def _issue(work: Work, case: Case, letter: Letter) -> None:
    now = work.context.clock()
    row = Loa(
        case_id=case.id,
        version=letter.version,
        fingerprint=letter.fingerprint(),
        snapshot=vars(letter)
        | {"requested_on": letter.requested_on and letter.requested_on.isoformat()},
        created_at=now,
    )
    insert_later(work, row)
    set_committed_value(case, "letters", [*case.letters, row])
    event = record_event(work, case, now, "", EventKind.LETTER, version=str(letter.version))
    announce_event(work, case, event, tell_requester=False)
    send_letter(work, case, letter.version)


def letter_from(row: Loa) -> Letter:
    """Return the letter of a version as it was when it was made, whatever changed since."""
    snapshot: dict[str, Any] = dict(row.snapshot)
    wanted = snapshot["requested_on"]
    snapshot["requested_on"] = date.fromisoformat(wanted) if wanted else None
    snapshot["numbers"] = tuple(snapshot["numbers"])
    return Letter(**snapshot)


def note_signature(
    work: Work,
    case: Case,
    who: str,
    signed_on: date,
    signature: str | None,
) -> None:
    """The newest letter is signed: its age counts from this date (S1)."""
    if not case.letters or case.letters[-1].stale_at is not None:
        raise Refusal("no_letter_to_sign")
    letter = case.letters[-1]
    letter.signed_on, letter.signature = signed_on, signature or "ink"
    case.changed_at = work.context.clock()
    facts = {"version": str(letter.version), "signed_on": signed_on.isoformat()}
    event = record_event(work, case, work.context.clock(), who, EventKind.SIGNED, **facts)
    announce_event(work, case, event)
