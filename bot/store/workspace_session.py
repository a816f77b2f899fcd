"""The session of a transaction: its own workspace only, and what it remembers about its rows."""

from functools import cache
from typing import Any, Final

from sqlalchemy import event, literal_column
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from bot.store.models.base import FIRST_WORKSPACE, Base, InWorkspace, KeyedInWorkspace

# Where a statement keeps what became of it in each workspace: those that are made once are changed
# once, which would take as long as to run them.
_OWN: Final = "_of_workspace"


class RememberingSession(Session):
    """A session of one transaction in one workspace.

    It finds, changes and deletes the rows of `workspace_id` only, and what is added belongs to it;
    statements on tables instead of classes have to say so themselves (`in_workspace`).

    `locked` has the ids of the cases that it locked or made, `made` those that it made: nobody
    else can see them yet. `left` has new rows by class that are written when it ends.
    """

    workspace_id: int = FIRST_WORKSPACE

    def __init__(self, *facts: Any, **named: Any) -> None:
        super().__init__(*facts, **named)
        self.locked: set[int] = set()
        self.made: set[int] = set()
        self.left: dict[type[Base], list[Base]] = {}

    def own(self, row: Base) -> None:
        """Let a new row belong to this workspace, where it names one."""
        if isinstance(row, (InWorkspace, KeyedInWorkspace)):
            row.workspace_id = self.workspace_id


@event.listens_for(RememberingSession, "do_orm_execute")
def _stay_in_workspace(state: ORMExecuteState) -> None:
    """Add the workspace to every statement; rows that are loaded for others are theirs anyway."""
    session = state.session
    if not isinstance(session, RememberingSession) or state.is_insert:
        return
    if state.is_column_load or state.is_relationship_load:
        return
    known = vars(state.statement).setdefault(_OWN, {})
    if session.workspace_id not in known:
        known[session.workspace_id] = _of_workspace(state, session.workspace_id)
    state.statement = known[session.workspace_id]


@event.listens_for(RememberingSession, "before_attach")
def _own_new(session: Session, row: Any) -> None:
    if isinstance(session, RememberingSession) and not row._sa_instance_state.key:
        session.own(row)


def _of_workspace(state: ORMExecuteState, workspace_id: int) -> Any:
    # A statement that only counts names no class as what it returns: then any may be meant.
    mappers = state.all_mappers or Base.registry.mappers
    classes: list[type[Base]] = [mapper.class_ for mapper in mappers]
    own = (_criterion(mapped, workspace_id) for mapped in classes)
    found = [criterion for criterion in own if criterion is not None]
    return state.statement.options(*found) if found else state.statement


@cache
def _criterion(mapped: type[Base], workspace_id: int) -> LoaderCriteriaOption | None:
    """Return what limits a class to a workspace; made once for each, as that takes long."""
    if not issubclass(mapped, (InWorkspace, KeyedInWorkspace)):
        return None
    return with_loader_criteria(
        mapped, mapped.workspace_id == literal_column(str(int(workspace_id))), include_aliases=True
    )
