"""When a carrier refuses after all: only the fields it objects to are asked again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.desk.cases.amendments import PortInAmendments
from bot.desk.core.case_facts import all_fields, check_version, facts_of, find_case, must_be_party
from bot.desk.core.context import DeskContext
from bot.desk.core.history import history_of, taken_before
from bot.desk.validation.validator import request_of
from bot.domain.cases.case import SECRET_FIELDS, CaseFacts, Event
from bot.domain.cases.kinds import Kind
from bot.domain.cases.rejections import explain
from bot.domain.cases.subjects import of_case
from bot.domain.cases.workflow import Status
from bot.errors import Refusal
from bot.store.locks import hold_case
from bot.store.models.cases import Case


@dataclass(frozen=True)
class RejectionRound:
    """One refusal: which fields it is about, what they say now, and the refusals before it."""

    case: CaseFacts
    code: str
    fields: tuple[str, ...]
    shown: Mapping[str, str]
    earlier: tuple[Event, ...]


@dataclass(frozen=True)
class Corrected:
    """What somebody corrected, in which form, from the version of the case that they saw."""

    form: str
    version: int
    values: Mapping[str, Any]


class Corrections:
    """Shows the fields that a rejection is about, and takes their corrected values."""

    def __init__(self, context: DeskContext, changes: PortInAmendments) -> None:
        self._context = context
        self._changes = changes

    def ask(self, who: str, case_id: int, version: int) -> RejectionRound:
        """Return what has to be corrected; secrets are never shown again."""
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            self._must_be_refused(who, case, version)
            request = request_of(self._context, case)
            wanted = explain(case.reason_code, case.kind).fields
            shown = {name: getattr(request, name) for name in wanted if name not in SECRET_FIELDS}
            earlier = refusals(history_of(work, of_case(case.id)))[:-1]
            return RejectionRound(
                facts_of(self._context, case), case.reason_code, wanted, shown, earlier
            )

    def _must_be_refused(self, who: str, case: Case, version: int) -> None:
        must_be_party(self._context, who, case)
        check_version(case, version)
        if case.status is not Status.EXCEPTION or case.kind is Kind.PORT_OUT:
            raise Refusal("nothing_to_correct")

    def correct(self, who: str, case_id: int, corrected: Corrected) -> CaseFacts:
        """Lay corrected fields over the case; an empty secret keeps the one on file.

        The case goes to CHANGE_REQUESTED, and a changed printed field makes a new letter. The
        same form sent twice is one correction. Raises `Refused` with what the rule book still
        finds.
        """
        return self._context.again(lambda: self._correct(who, case_id, corrected))

    def _correct(self, who: str, case_id: int, corrected: Corrected) -> CaseFacts:
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            hold_case(work, case)
            if not taken_before(case, corrected.form):
                self._must_be_refused(who, case, corrected.version)
                typed = all_fields(self._context, case) | _given(case, corrected)
                self._changes.change(work, who, case, typed, form=corrected.form)
                work.flush()
            return facts_of(self._context, case)


def _given(case: Case, corrected: Corrected) -> dict[str, Any]:
    asked = set(explain(case.reason_code, case.kind).fields)
    return {
        name: value
        for name, value in corrected.values.items()
        if name in asked and (value or name not in SECRET_FIELDS)
    }


def refusals(history: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return the times that the carrier refused, oldest first."""
    return tuple(event for event in history if event.target is Status.EXCEPTION)
