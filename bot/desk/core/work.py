"""The unit of work: one transaction of the desk, with all that it owes when it ends.

What a transaction goes through, in order:

1. `DeskContext.transaction` begins it. SQLite begins as a writer at once; PostgreSQL at the first
   statement. All waiting, for a connection, the writer or a row, is paid from one budget
   (`bot/store/wait_budget.py`).
2. A use case reads, and locks each case before it decides by what the case says (`hold_case`) or
   writes beside it (`lock_case`). Cases that it makes itself need no lock (`mark_new`).
3. It changes rows. New ones that nobody reads go past SQLAlchemy's own unit of work
   (`bot/store/inserts.py`), at once or, where they wait for ids, at the end.
4. What has to be said is promised by `owe`; that a card must be drawn anew is remembered once.
5. At the end (`write_owed`): changes are flushed, rows that were left are inserted, promised
   messages are written in their order, and the first of each stream is queued as a job. Then it
   commits, all or nothing; and only then is Slack answered.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.domain.cases.subjects import Subject, of_case
from bot.store.models.cases import Case
from bot.store.workspace_session import RememberingSession

if TYPE_CHECKING:
    from bot.desk.core.context import DeskContext

Row = dict[str, Any]


class Work(RememberingSession):
    """One transaction of the desk, in its surroundings (`context`).

    `owed` promises rows of messages, `refreshed` names the cards that are drawn anew, `looked`
    has the subjects whose next look by the clock was set.
    """

    context: "DeskContext"

    def __init__(self, *facts: Any, **named: Any) -> None:
        super().__init__(*facts, **named)
        self.owed: list[Callable[[], Row]] = []
        self.refreshed: set[Any] = set()
        self.looked: set[Subject] = set()


def subject_of(about: Case | Subject) -> Subject:
    """Return what is spoken of; a case is one of several things that may be."""
    return about if isinstance(about, Subject) else of_case(about.id)
