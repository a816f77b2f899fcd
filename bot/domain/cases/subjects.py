"""What the desk speaks, remembers and looks about: a case, a number, a request, the workspace."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class SubjectKind(StrEnum):
    """What a line of the history, a delivery or a look by the clock may be about."""

    CASE = "case"
    NUMBER = "number"
    REQUEST = "request"
    WORKSPACE = "workspace"


@dataclass(frozen=True)
class Subject:
    """One of these things; which of the three is filled in follows from the kind.

    `case_id` is the row of a case, `e164` a number, `request_id` the row of a carrier's request;
    of a workspace there is one only, so it needs no name.
    """

    kind: SubjectKind
    case_id: int | None = None
    e164: str | None = None
    request_id: int | None = None

    def __str__(self) -> str:
        """Return its name among all others; that of a case is its row, as it always was."""
        if self.kind is SubjectKind.REQUEST:
            return f"request{self.request_id}"
        return str(self.case_id or self.e164 or self.kind)


WORKSPACE: Final = Subject(SubjectKind.WORKSPACE)


def of_case(case_id: int) -> Subject:
    """Return a case as a subject."""
    return Subject(SubjectKind.CASE, case_id=case_id)


def of_number(e164: str) -> Subject:
    """Return a number as a subject."""
    return Subject(SubjectKind.NUMBER, e164=e164)


def of_request(request_id: int) -> Subject:
    """Return a carrier's request as a subject."""
    return Subject(SubjectKind.REQUEST, request_id=request_id)
