"""Filing a port-out: a draft becomes a case, once, and the numbers are held for it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any, Final

from sqlalchemy.orm import Session

from bot.desk.announcements import announce_filing
from bot.desk.carriers import remember_carrier
from bot.desk.deliveries import add_delivery
from bot.desk.drafts import DraftFacts, Drafts
from bot.desk.facts import facts_of, find_case, record
from bot.desk.filing import Filed, Refused, number_rows
from bot.desk.port_out.auditing import note_audit
from bot.desk.port_out.holdings import holdings
from bot.desk.port_out.sentences import refusal
from bot.desk.room import Room
from bot.desk.scrutiny import Scrutiny, drafted_numbers, taken_numbers
from bot.domain.intake import NotAnIntake, Platform, PortOut, read_intake
from bot.domain.moments import read_day, read_zone
from bot.domain.numbers import read_numbers
from bot.domain.pins import make_pin
from bot.domain.rulebook import Report, check
from bot.domain.rules import found
from bot.store.tables import Case, Draft, Kind

MORNING: Final = time(9)
_KEPT: Final = (
    "platform",
    "winning_carrier",
    "contact_email",
    "requested_date",
    "time_zone",
    "postal_code",
    "instance_arn",
    "region",
    "instance_name",
)


class PortOutFiling:
    """Takes requests to let numbers go."""

    def __init__(self, room: Room, drafts: Drafts, scrutiny: Scrutiny) -> None:
        self._room = room
        self._drafts = drafts
        self._scrutiny = scrutiny

    def left(self, who: str) -> DraftFacts | None:
        """Return the newest port-out that this person left unfiled, if any."""
        return self._drafts.latest(who, Kind.PORT_OUT)

    def review(self, who: str, draft_id: int) -> Report:
        """Check a draft by the rule book, against what the desk holds."""
        with self._room.transaction() as session:
            draft = self._owned(session, who, draft_id)
            return self._check(session, who, self._fields(draft))[1]

    def file(self, who: str, draft_id: int) -> Filed:
        """Make the case of a draft, its messages and its checklist, in one transaction.

        Raises `Refused` with the findings. The same draft sent twice is one case.
        """
        return self._room.again(lambda: self._file_once(who, draft_id))

    def _file_once(self, who: str, draft_id: int) -> Filed:
        with self._room.transaction() as session:
            draft = self._owned(session, who, draft_id)
            if draft.case_id is not None:
                before = find_case(session, self._room, draft.case_id)
                return Filed((facts_of(self._room, before),), again=True)
            case = self._file(session, who, draft)
            return Filed((facts_of(self._room, case),))

    def _owned(self, session: Session, who: str, draft_id: int) -> Draft:
        draft = self._drafts.owned(session, who, draft_id)
        if draft.kind is not Kind.PORT_OUT:
            raise self._room.say("no_such_draft")
        return draft

    def _fields(self, draft: Draft) -> dict[str, Any]:
        fields: dict[str, Any] = self._room.cipher.unseal(draft.sealed)
        return fields

    def _check(
        self, session: Session, who: str, fields: Mapping[str, Any]
    ) -> tuple[PortOut, Report]:
        intake = as_port_out(fields)
        e164 = [number.e164 for number in read_numbers(intake.numbers).numbers]
        by_hand = dict.fromkeys(e164, "") if fields.get("declared") else {}
        brought = {number: held.reference for number, held in holdings(session, e164).items()}
        around = replace(
            self._scrutiny.surroundings(),
            taken=taken_numbers(session, e164),
            drafts=drafted_numbers(session, e164, who),
            inventory=by_hand | brought,
        )
        return intake, self._with_date(check(intake, around), fields)

    def _with_date(self, report: Report, fields: Mapping[str, Any]) -> Report:
        """A wish for a day that has passed is a slip of the finger."""
        day = read_day(str(fields.get("requested_date") or ""))
        if day is None or day >= self._room.today(str(fields.get("time_zone") or "")):
            return report
        return replace(report, findings=(*report.findings, found("requested_date_past", slots="")))

    def _file(self, session: Session, who: str, draft: Draft) -> Case:
        fields = self._fields(draft)
        intake, report = self._check(session, who, fields)
        if not report.ok:
            raise Refused(report, self._room.words.sentence("answers", "has_faults"))
        if not intake.account_id:
            raise refusal(self._room, "account_id_needed", "account_id")
        case = self._row(session, intake, report, fields)
        case.filing_key = f"{draft.view_id}:0"
        case.requester = who
        session.add(case)
        session.flush()
        draft.case_id, draft.numbers = case.id, []
        remember_carrier(session, intake.winning_carrier)
        self._announce(session, who, case, made=not intake.pin)
        return case

    def _row(
        self, session: Session, intake: PortOut, report: Report, fields: Mapping[str, Any]
    ) -> Case:
        now = self._room.clock()
        e164 = [number.e164 for number in report.numbers]
        by_hand = sorted(set(e164) - holdings(session, e164).keys())
        public = {name: str(fields.get(name) or "") for name in _KEPT}
        public |= {"country": report.numbers[0].country, "by_hand": ", ".join(by_hand)}
        secret = {"account_id": intake.account_id, "pin": intake.pin or make_pin()}
        zone = public["time_zone"] or self._room.time_zone
        return Case(
            kind=Kind.PORT_OUT,
            platform=Platform(intake.platform),
            status=None,
            fields=public,
            sealed=self._room.cipher.seal(secret),
            created_at=now,
            changed_at=now,
            requested_at=_morning_of(public["requested_date"], zone),
            time_zone=zone,
            numbers=number_rows(report.numbers),
        )

    def _announce(self, session: Session, who: str, case: Case, made: bool) -> None:
        room = self._room
        event = record(session, case, case.created_at, who, "filed", numbers=str(len(case.numbers)))
        note_audit(session, room, who, "pin_made" if made else "pin_chosen", case.id)
        announce_filing(session, room, case, event)
        add_delivery(session, room, case, "word", str(event.id), who, event=event.id)
        add_delivery(session, room, case, "checklist", "filed", room.channel)


def as_port_out(fields: Mapping[str, Any]) -> PortOut:
    """Return what was typed as a port-out; what is no text is left aside."""
    typed = {name: value for name, value in fields.items() if isinstance(value, str)}
    intake = read_intake(typed | {"kind": "port_out"})
    if not isinstance(intake, PortOut):
        raise NotAnIntake("This is not a port-out.")
    return intake


def _morning_of(day_text: str, zone_text: str) -> datetime | None:
    day, zone = read_day(day_text), read_zone(zone_text)
    return datetime.combine(day, MORNING, zone).astimezone(UTC) if day and zone else None
