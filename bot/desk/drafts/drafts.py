"""Drafts: whatever somebody typed into the intake is kept until it is filed or thrown away."""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import bindparam, select

from bot.desk.core.case_facts import (
    asked_now,
    facts_of,
    find_case,
    must_be_party,
    waiting_carrier,
)
from bot.desk.core.context import DeskContext, Stale
from bot.desk.core.form_fields import all_numbers
from bot.desk.core.work import Work
from bot.desk.drafts.draft_facts import DraftFacts, Fields, Typing, merge_typed
from bot.desk.drafts.draft_numbers import forget_numbers, hold_numbers
from bot.domain.cases.case import SECRET_FIELDS, split_secrets
from bot.domain.cases.kinds import Kind
from bot.domain.cases.workflow import CLOSED, Status
from bot.domain.numbers.number_list import read_numbers
from bot.errors import Refusal
from bot.store.encryption import Unreadable
from bot.store.models.cases import Case, Draft

_OWN: Final = select(Draft).where(
    Draft.id == bindparam("draft"), Draft.requester == bindparam("who")
)


class Drafts:
    """Saves half-filled forms, sealed, by their owner and view; files each at most once."""

    def __init__(self, context: DeskContext) -> None:
        self._context = context

    def save(self, who: str, typing: Typing, draft_id: int | None = None) -> DraftFacts:
        """Keep what a modal holds now. One modal makes one draft, however often it is saved."""
        return self._context.again(lambda: self._save(who, typing, draft_id))

    def _save(self, who: str, typing: Typing, draft_id: int | None) -> DraftFacts:
        with self._context.transaction() as work:
            draft = self._find(work, who, typing.view_id, draft_id)
            if draft is None:
                draft = self._new(work, who, typing)
            if draft.case_id is not None:
                return self._facts(work, draft)
            self._write(work, draft, typing)
            work.flush()
            return self._facts(work, draft)

    def _find(self, work: Work, who: str, view_id: str, draft_id: int | None) -> Draft | None:
        if draft_id is not None:
            return self.owned(work, who, draft_id)
        query = select(Draft).where(Draft.view_id == view_id, Draft.requester == who)
        return work.scalar(query)

    def of_kind(self, work: Work, who: str, draft_id: int, kind: Kind) -> Draft:
        """Return a draft's row; one of another kind does not exist for this form."""
        draft = self.owned(work, who, draft_id)
        if draft.kind is not kind:
            raise Refusal("no_such_draft")
        return draft

    def to_file(self, work: Work, who: str, draft_id: int, kind: Kind) -> Draft:
        """Return the row of a draft that may become a case; the change of one may not."""
        draft = self.of_kind(work, who, draft_id, kind)
        if draft.amends_id is not None:
            raise Refusal("no_such_draft")
        return draft

    def owned(self, work: Work, who: str, draft_id: int) -> Draft:
        """Return a draft's row; somebody else's does not exist for this person.

        Whoever began a change may have lost the right to it since.
        """
        draft = work.scalar(_OWN, {"draft": draft_id, "who": who})
        if draft is None:
            raise Refusal("no_such_draft")
        if draft.amends_id is not None:
            must_be_party(self._context, who, find_case(work, draft.amends_id))
        return draft

    def _new(self, work: Work, who: str, typing: Typing) -> Draft:
        draft = Draft(
            view_id=typing.view_id,
            requester=who,
            kind=Kind(typing.fields.get("kind") or Kind.PORT_IN),
            sealed=self._context.cipher.seal({}),
            step=typing.step,
            saved_at=self._context.clock(),
            typed_at=0.0,
        )
        work.add(draft)
        work.flush()
        return draft

    def _write(self, work: Work, draft: Draft, typing: Typing) -> None:
        if not typing.settled and _is_late(draft, typing):
            return
        fields = merge_typed(self._context.cipher.unseal(draft.sealed), typing)
        draft.sealed = self._context.cipher.seal(fields)
        draft.step = typing.step
        draft.settled_hash = typing.view_hash if typing.settled else ""
        if not typing.settled:
            draft.typed_at = typing.typed_at
        draft.saved_at = self._context.clock()
        # The pages after the numbers' own change nothing about them; there may be 5,000.
        sent = (typing.fields.keys() | typing.emptied) & {"numbers", "numbers_file", "listed"}
        if typing.settled and draft.amends_id is None and sent:
            _hold_numbers(work, draft, fields)

    def reopen(self, who: str, draft_id: int) -> None:
        """The page that was sent stays open with errors: what is typed into it counts again."""
        with self._context.transaction() as work:
            self.owned(work, who, draft_id).settled_hash = ""

    def request(self, work: Work, draft: Draft) -> dict[str, Any]:
        """Return the whole request of a draft: for a change, laid over what the case says.

        A secret that is left empty, or taken back, is the one on file.
        """
        typed: dict[str, Any] = self._context.cipher.unseal(draft.sealed)
        if draft.amends_id is None:
            return typed
        case = find_case(work, draft.amends_id)
        given = {name: v for name, v in typed.items() if v or name not in SECRET_FIELDS}
        return asked_now(self._context, case) | given

    def load(self, who: str, draft_id: int) -> DraftFacts:
        """Return one's own draft."""
        return self._context.again(lambda: self._load(who, draft_id))

    def _load(self, who: str, draft_id: int) -> DraftFacts:
        with self._context.transaction() as work:
            return self._facts(work, self.owned(work, who, draft_id))

    def latest(self, who: str, kind: Kind = Kind.PORT_IN) -> DraftFacts | None:
        """Return the newest unfiled request of this kind that this person left, if any."""
        with self._context.transaction() as work:
            mine = select(Draft).where(Draft.requester == who, Draft.kind == kind)
            query = (
                mine.where(Draft.case_id.is_(None), Draft.amends_id.is_(None))
                .order_by(Draft.saved_at.desc(), Draft.id.desc())
                .limit(1)
            )
            draft = work.scalar(query)
            try:
                return self._facts(work, draft) if draft else None
            except Unreadable:
                # It stays for the day its key is back; a new request must not wait for that.
                return None

    def discard(self, who: str, draft_id: int) -> None:
        """Throw away one's own draft; one that is gone already is none to complain of."""
        self._context.again(lambda: self._discard(who, draft_id))

    def _discard(self, who: str, draft_id: int) -> None:
        with self._context.transaction() as work:
            if draft_id <= 0:
                raise Refusal("no_such_draft")
            draft = work.scalar(_OWN, {"draft": draft_id, "who": who})
            if draft is not None and draft.case_id is None:
                forget_numbers(work, draft)
                work.delete(draft)

    def amend(self, who: str, case_id: int, view_id: str) -> DraftFacts:
        """Start to change a case: a draft with what the case says now; one for each `view_id`."""
        return self._context.again(lambda: self._amend(who, case_id, view_id))

    def _amend(self, who: str, case_id: int, view_id: str) -> DraftFacts:
        with self._context.transaction() as work:
            case = find_case(work, case_id)
            must_be_party(self._context, who, case)
            if begun := self._find(work, who, view_id, None):
                return self._facts(work, begun)
            self._may_change_now(case)
            draft = Draft(
                view_id=view_id,
                requester=who,
                kind=case.kind,
                amends_id=case.id,
                amends_version=case.version,
                sealed=self._context.cipher.seal(split_secrets(asked_now(self._context, case))[0]),
                step="",
                saved_at=self._context.clock(),
            )
            work.add(draft)
            work.flush()
            return self._facts(work, draft)

    def _may_change_now(self, case: Case) -> None:
        if case.status in CLOSED or case.status is Status.CANCEL_REQUESTED:
            raise Refusal("cannot_change_now", kind=case.kind)
        if (carrier := waiting_carrier(case)) is not None:
            raise Refusal("change_waits", carrier=carrier)

    def _facts(self, work: Work, draft: Draft) -> DraftFacts:
        fields = self._context.cipher.unseal(draft.sealed)
        filed = draft.case_id is not None
        facts = DraftFacts(
            draft.id, fields, draft.step, draft.saved_at, kind=draft.kind, filed=filed
        )
        if draft.amends_id is None:
            return facts
        case = find_case(work, draft.amends_id)
        if not filed and case.version != draft.amends_version:
            raise Stale("changed_meanwhile")
        now = facts_of(self._context, case)
        return replace(facts, amends=now.reference, of_case=now.secrets_given)


def _is_late(draft: Draft, typing: Typing) -> bool:
    """Say whether newer typing, or the page itself, was kept already."""
    sent = bool(typing.view_hash) and typing.view_hash == draft.settled_hash
    return sent or typing.typed_at < draft.typed_at


def _hold_numbers(work: Work, draft: Draft, fields: Fields) -> None:
    found = read_numbers(all_numbers(fields), fields.get("country") or "US").numbers
    hold_numbers(work, draft, {number.e164 for number in found})
