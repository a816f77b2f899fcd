"""The session of a transaction, with what it remembers about its own rows."""

from typing import Any

from sqlalchemy.orm import Session

from bot.store.models.base import Base


class RememberingSession(Session):
    """A session of one transaction.

    `locked` has the ids of the cases that it locked or made, `made` those that it made: nobody
    else can see them yet. `left` has new rows by class that are written when it ends.
    """

    def __init__(self, *facts: Any, **named: Any) -> None:
        super().__init__(*facts, **named)
        self.locked: set[int] = set()
        self.made: set[int] = set()
        self.left: dict[type[Base], list[Base]] = {}
