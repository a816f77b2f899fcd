"""Filing: a draft becomes one or more cases, once, whatever is clicked twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from bot.desk.announcements import announce_filing
from bot.desk.carriers import remember_carrier
from bot.desk.drafts import Drafts, forget_numbers
from bot.desk.facts import facts_of, record
from bot.desk.forms import case_fields
from bot.desk.issuing import issue_letter, keep_documents, note_signature
from bot.desk.room import Room
from bot.desk.scrutiny import Scrutiny, wanted_moment
from bot.domain.cases import CaseFacts, split_secrets
from bot.domain.intake import Platform, PortIn
from bot.domain.rulebook import Lot, Report
from bot.domain.rulebook import facts_of as facts_of_request
from bot.domain.telephone import TelephoneNumber
from bot.errors import PortingError
from bot.store.locks import own
from bot.store.tables import Case, CaseNumber, Draft, Kind

# What a new case has none of: without saying so, each would be asked for.
_NONE_YET = ("letters", "documents", "ticks", "carrier_requests")


class Refused(PortingError):
    """A request with faults that a carrier would refuse; `report` lists them."""

    def __init__(self, report: Report, message: str) -> None:
        super().__init__(message)
        self.report = report


@dataclass(frozen=True)
class Filed:
    """The cases that a draft became; `again` when it had been filed before."""

    cases: tuple[CaseFacts, ...]
    again: bool = False


class Filing:
    """Takes requests in."""

    def __init__(self, room: Room, drafts: Drafts, scrutiny: Scrutiny) -> None:
        self._room = room
        self._drafts = drafts
        self._scrutiny = scrutiny

    def review(self, who: str, draft_id: int) -> Report:
        """Check a draft as the strictest carrier would, against what the desk holds already."""
        with self._room.transaction() as session:
            draft = self._drafts.owned(session, who, draft_id)
            fields = self._drafts.request(session, draft)
            return self._scrutiny.check(session, fields, who, draft.amends_id)[1]

    def file(self, who: str, draft_id: int) -> Filed:
        """Make the cases of a draft: their letters, their messages, all in one transaction.

        Raises `Refused` with the findings, or `PortingError(field="numbers")` when another
        open case holds a number.
        """
        return self._room.again(lambda: self._file_once(who, draft_id))

    def _file_once(self, who: str, draft_id: int) -> Filed:
        with self._room.transaction() as session:
            draft = self._drafts.owned(session, who, draft_id)
            before = _filed_before(session, draft)
            if before:
                return Filed(tuple(facts_of(self._room, case) for case in before), again=True)
            return Filed(tuple(self._file(session, who, draft)))

    def _file(self, session: Session, who: str, draft: Draft) -> Sequence[CaseFacts]:
        fields = self._drafts.request(session, draft)
        intake, report = self._scrutiny.check(session, fields, who, draft.amends_id, advise=False)
        if not report.ok:
            raise Refused(report, self._room.words.sentence("answers", "has_faults"))
        cases = [
            self._open(session, who, fields, intake, lot, f"{draft.view_id}:{place}")
            for place, lot in enumerate(report.split)
        ]
        for case in cases[1:]:
            case.linked_id = cases[0].id
        draft.case_id = cases[0].id
        forget_numbers(session, draft)
        session.flush()
        return [facts_of(self._room, case) for case in cases]

    def _open(
        self,
        session: Session,
        who: str,
        fields: Mapping[str, Any],
        intake: PortIn,
        lot: Lot,
        key: str,
    ) -> Case:
        now = self._room.clock()
        facts = facts_of_request(intake, self._scrutiny.surroundings())
        case = _case_row(self._room, intake, lot, case_fields(fields, facts, lot))
        case.filing_key = key
        case.requester, case.created_at, case.changed_at = who, now, now
        session.add(case)
        session.flush()
        own(session, case.id)
        remember_carrier(session, case.losing_carrier)
        filed = record(session, case, now, who, "filed", numbers=str(len(case.numbers)))
        keep_documents(session, self._room, case, who, fields)
        announce_filing(session, self._room, case, filed)
        issue_letter(session, self._room, case)
        if fields.get("signed_loa") and intake.loa_signed_on and case.letters:
            signed_on = date.fromisoformat(intake.loa_signed_on)
            note_signature(session, self._room, case, who, signed_on, intake.signature)
        return case


def _filed_before(session: Session, draft: Draft) -> Sequence[Case]:
    if draft.case_id is None:
        return ()
    same = (Case.id == draft.case_id) | (Case.linked_id == draft.case_id)
    return session.scalars(select(Case).where(same).order_by(Case.id)).all()


def _case_row(room: Room, intake: PortIn, lot: Lot, fields: dict[str, Any]) -> Case:
    public, secret = split_secrets(fields)
    zone = intake.time_zone or room.time_zone
    case = Case(
        kind=Kind(intake.kind),
        platform=Platform(intake.platform),
        status=None,
        losing_carrier=lot.losing_carrier or "",
        fields=public,
        sealed=room.cipher.seal(secret),
        requested_at=wanted_moment(intake, zone),
        time_zone=zone,
        numbers=number_rows(lot.numbers),
    )
    for name in _NONE_YET:
        set_committed_value(case, name, [])
    return case


def number_rows(numbers: Sequence[TelephoneNumber]) -> list[CaseNumber]:
    """Return the rows that hold these numbers for a case."""
    return [
        CaseNumber(
            e164=number.e164,
            backwards=number.e164[::-1],
            country=number.country,
            number_type=number.number_type,
        )
        for number in numbers
    ]
