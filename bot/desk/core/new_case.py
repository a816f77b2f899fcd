"""A new case: its row comes first, since all the rest bears its name."""

from collections.abc import Sequence

from sqlalchemy.orm.attributes import set_committed_value

from bot.desk.core.context import DeskContext
from bot.desk.core.form_fields import Fields, case_fields
from bot.desk.core.work import Work
from bot.domain.cases.case import split_secrets
from bot.domain.intake.intake import Intake, Platform
from bot.domain.numbers.phone_number import TelephoneNumber
from bot.store.inserts import insert_now
from bot.store.locks import mark_new
from bot.store.models.cases import Case, CaseNumber

# What a new case has none of: without saying so, each would be asked for.
_NONE_YET = ("letters", "documents", "ticks", "carrier_requests")


def open_case(work: Work, case: Case, numbers: Sequence[TelephoneNumber]) -> None:
    """Write a new case with its numbers; nobody else sees it before the transaction ends."""
    insert_now(work, [case])
    rows = number_rows(numbers)
    for row in rows:
        row.case_id = case.id
    insert_now(work, rows)
    set_committed_value(case, "numbers", rows)
    for name in _NONE_YET:
        set_committed_value(case, name, [])
    mark_new(work, case.id)


def write_request(context: DeskContext, case: Case, request: Intake, beside: Fields) -> None:
    """Let a case say what a request says, secrets sealed, and keep what stands `BESIDE` it.

    Its numbers have rows of their own, and its dates and zone depend on its kind.
    """
    public, secret = split_secrets(case_fields(request, beside))
    case.fields, case.sealed = public, context.cipher.seal(secret)
    case.platform = Platform(request.platform)


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
