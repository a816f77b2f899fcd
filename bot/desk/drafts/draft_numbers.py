"""What is written of a draft without reading it: the numbers that it holds, and its end."""

from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from bot.desk.core.work import Work
from bot.store.models.base import table_of
from bot.store.models.cases import Draft, DraftNumber

_DRAFTS: Final = table_of(Draft)
_NUMBERS: Final = table_of(DraftNumber)
_HELD: Final = select(_NUMBERS.c.e164).where(_NUMBERS.c.draft_id == bindparam("draft"))
_FORGET: Final = delete(_NUMBERS).where(_NUMBERS.c.draft_id == bindparam("draft"))
_FILED: Final = (
    update(_DRAFTS)
    .where(_DRAFTS.c.id == bindparam("draft"), _DRAFTS.c.version == bindparam("seen"))
    .values(case_id=bindparam("case"), version=_DRAFTS.c.version + 1)
    .returning(_DRAFTS.c.version)
)


def hold_numbers(work: Work, draft: Draft, wanted: set[str]) -> None:
    """Note the numbers of a draft, so that others are warned."""
    if wanted == set(work.scalars(_HELD, {"draft": draft.id})):
        return
    forget_numbers(work, draft)
    if wanted:
        held = [{"draft_id": draft.id, "e164": e164} for e164 in sorted(wanted)]
        work.execute(insert(DraftNumber), held)


def forget_numbers(work: Work, draft: Draft) -> None:
    """Let go of the numbers of a draft at once: of 5,000 rows one by one Slack sees no answer."""
    work.execute(_FORGET, {"draft": draft.id})


def close_draft(work: Work, draft: Draft, case_id: int) -> None:
    """Mark a draft as filed. Raises `StaleDataError` where somebody filed it at the same time."""
    seen = {"draft": draft.id, "seen": draft.version, "case": case_id}
    version = work.scalar(_FILED, seen)
    if version is None:
        raise StaleDataError(f"draft {draft.id} was filed or changed meanwhile")
    set_committed_value(draft, "version", version)
    set_committed_value(draft, "case_id", case_id)
    forget_numbers(work, draft)
