"""Statuses: who may move a case where, with what, and nothing lost between two people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.desk.announcements import announce_event
from bot.desk.facts import case_facts, facts_of, find_case, record, reference
from bot.desk.room import Room, Stale
from bot.domain.cases import CaseFacts
from bot.domain.numbers import read_numbers
from bot.domain.rejections import is_known
from bot.domain.statuses import CLOSED, STATUSES, Need, Status, moves_for
from bot.store.tables import Case, History, Outcome

LETTER_AGE = timedelta(days=15)


@dataclass(frozen=True)
class Details:
    """What a move needs, by its table row: a reason, a code, a date, or what did not move."""

    why: str = ""
    reason_code: str = ""
    foc_at: datetime | None = None
    time_zone: str = ""
    not_moved: str = ""
    open_items_known: bool = False


class Progress:
    """Moves cases along the table of moves."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._needs: dict[Need, Callable[[Case, Details], None]] = {
            Need.NOTHING: self._needs_nothing,
            Need.SIGNED_LETTER: self._needs_signed_letter,
            Need.NOTE: self._needs_why,
            Need.REASON: self._needs_why,
            Need.REASON_CODE: self._needs_code,
            Need.FOC_DATE: self._needs_foc,
            Need.OUTCOME: self._needs_outcome,
        }

    def ask(self, who: str, case_id: int, version: int, target: Status) -> CaseFacts:
        """Return the case that a person wants to move, if table, role and version allow it."""
        with self._room.transaction() as session:
            case = find_case(session, self._room, case_id)
            self._check(who, case, version, target)
            if STATUSES[target].need is Need.SIGNED_LETTER:
                self._needs_signed_letter(case, Details())
            return facts_of(self._room, case)

    def move(
        self, who: str, case_id: int, version: int, target: Status, details: Details
    ) -> CaseFacts:
        """Move a case, if the table, the person's role and the details allow it.

        `version` is what the person saw; when the case has moved on since, `Stale` says so and
        nothing changes. Raises `PortingError` with the field that is missing. The same move
        sent twice is one move.
        """
        return self._room.again(lambda: self._move(who, case_id, version, target, details))

    def _move(
        self, who: str, case_id: int, version: int, target: Status, details: Details
    ) -> CaseFacts:
        with self._room.transaction() as session:
            case = find_case(session, self._room, case_id)
            if _made_before(case, who, version, target):
                return facts_of(self._room, case)
            self._check(who, case, version, target)
            self._needs[STATUSES[target].need](case, details)
            event = self._apply(session, who, case, target, details)
            event.facts = {**event.facts, "seen": str(version)}
            session.flush()
            return facts_of(self._room, case)

    def _check(self, who: str, case: Case, version: int, target: Status) -> None:
        if case.version != version:
            raise Stale(
                self._room.words.sentence(
                    "answers",
                    "case_moved_on",
                    reference=reference(case.id),
                    status=self._label(case),
                )
            )
        if target not in moves_for(case.status, self._room.role(who, case)):
            raise self._room.say("move_not_allowed", status=self._label(case), target=target)

    def _label(self, case: Case) -> str:
        return self._room.words.sentence("statuses", case.status or "NONE")

    def _needs_nothing(self, _case: Case, _details: Details) -> None:
        """Let the move go."""

    def _needs_why(self, _case: Case, details: Details) -> None:
        if not details.why.strip():
            raise self._room.say("why_needed", "why")

    def _needs_code(self, case: Case, details: Details) -> None:
        if not details.reason_code:
            raise self._room.say("code_needed", "reason_code")
        if details.reason_code == "OTHER" or not is_known(details.reason_code):
            self._needs_why(case, details)

    def _needs_foc(self, _case: Case, details: Details) -> None:
        if details.foc_at is None:
            raise self._room.say("foc_needed", "foc_date")
        if details.foc_at <= self._room.clock():
            raise self._room.say("foc_in_the_past", "foc_date")

    def _needs_signed_letter(self, case: Case, _details: Details) -> None:
        letter = case.letters[-1] if case.letters else None
        if letter is None or letter.stale_at is not None or letter.signed_on is None:
            raise self._room.say("letter_not_signed")
        today = self._room.today(case.time_zone)
        if case.status is None and today - letter.signed_on > LETTER_AGE:
            raise self._room.say("letter_too_old", signed_on=letter.signed_on.isoformat())

    def _needs_outcome(self, case: Case, details: Details) -> None:
        facts = case_facts(case, frozenset())
        open_items = [item for item in facts.progress if not item.complete]
        if open_items and not details.open_items_known:
            raise self._room.say("items_open", "open_items", count=len(open_items))
        strangers = self._left_behind(case, details) - set(facts.numbers)
        if strangers:
            raise self._room.say("not_in_case", "not_moved", number=sorted(strangers)[0])

    def _left_behind(self, case: Case, details: Details) -> set[str]:
        country = case.numbers[0].country if case.numbers else "US"
        found = read_numbers(details.not_moved, country)
        return {number.e164 for number in found.numbers}

    def _apply(
        self, session: Session, who: str, case: Case, target: Status, details: Details
    ) -> History:
        origin, now = case.status, self._room.clock()
        case.status, case.changed_at = target, now
        case.reason_code = details.reason_code if target is Status.EXCEPTION else ""
        facts = self._effects(case, target, details)
        if target in CLOSED:
            self._close(case, target, details)
        event = record(session, case, now, who, "status", details.why.strip(), **facts)
        event.origin, event.target = origin, target
        announce_event(session, self._room, case, event)
        return event

    def _effects(self, case: Case, target: Status, details: Details) -> dict[str, str]:
        """Keep what came with the move, and return it for the history."""
        if target is Status.FOC and details.foc_at is not None:
            case.foc_at, case.foc_confirmed_at = details.foc_at, None
            case.time_zone = details.time_zone or case.time_zone
            return {"foc_at": details.foc_at.isoformat(), "time_zone": case.time_zone}
        if target is Status.EXCEPTION:
            return {"reason_code": details.reason_code}
        if target is Status.COMPLETED:
            return self._completion(case, details)
        return {}

    def _completion(self, case: Case, details: Details) -> dict[str, str]:
        facts = case_facts(case, frozenset())
        left = [item.item.key for item in facts.progress if not item.complete]
        behind = sorted(self._left_behind(case, details))
        return {"open_items": ", ".join(left), "not_moved": ", ".join(behind)}

    def _close(self, case: Case, target: Status, details: Details) -> None:
        """A closed case lets go of its numbers; each number has its own outcome."""
        behind = self._left_behind(case, details)
        case.is_open = False
        for number in case.numbers:
            moved = target is Status.COMPLETED and number.e164 not in behind
            number.is_held = False
            number.outcome = Outcome.PORTED if moved else Outcome.NOT_PORTED

    def confirm_date(self, who: str, case_id: int) -> CaseFacts:
        """The customer says that the confirmed date suits (S3)."""
        return self._room.again(lambda: self._confirm_date(who, case_id))

    def _confirm_date(self, who: str, case_id: int) -> CaseFacts:
        with self._room.transaction() as session:
            case = find_case(session, self._room, case_id)
            if who != case.requester and not self._room.is_agent(who):
                raise self._room.say("not_your_case")
            if case.status is not Status.FOC:
                raise self._room.say("no_date_to_confirm")
            if case.foc_confirmed_at is None:
                case.foc_confirmed_at = self._room.clock()
                event = record(session, case, self._room.clock(), who, "date_confirmed")
                announce_event(session, self._room, case, event, tell_requester=False)
            session.flush()
            return facts_of(self._room, case)


def _made_before(case: Case, who: str, version: int, target: Status) -> bool:
    """Say whether this person's move from what they saw is the last thing that happened."""
    moves = [event for event in case.history if event.kind == "status"]
    last = moves[-1] if moves else None
    return last is not None and (last.who, last.target, last.facts.get("seen")) == (
        who,
        target,
        str(version),
    )
