"""What a form holds beside plain answers, and what a case keeps of it.

A form also holds the numbers of a file, the carrier's record, and what was found on a bill.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from bot.domain.cases.case import OWNER_SAYS, UNASKED
from bot.domain.cases.kinds import DocumentKind, Kind
from bot.domain.intake.intake import Intake, PortIn

Fields = Mapping[str, Any]

RECORD: Final = "csr_"  # begins the names of the questions about the carrier's record
FOUND: Final = "found_account_number"  # what a bill said, until a person takes it
USE: Final = "use"
CHOSEN_IN: Final = "chosen_in"  # which modal each question's files were chosen in
# What a case keeps beside its request, since no intake has it: a port-in its files and which bill
# was read, so that a later change does not suggest again what somebody cleared; a port-out the
# numbers that were only declared, that nobody here asked for it, and what their owner says to that.
# All else of a form is of use only while it is filled in.
BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.PORT_IN: (*DocumentKind, "bill_read"),
    Kind.PORT_OUT: ("by_hand", UNASKED, OWNER_SAYS),
}
# What of a request has its own place in a case, or is settled once there is one.
_NOT_KEPT: Final[Mapping[str, set[str]]] = {
    Kind.PORT_IN: {"kind", "csr", "carriers", "split", "today"},
    Kind.PORT_OUT: {"kind", "numbers", "declared", "today"},
}

# What the desk works out of a port-out's numbers.
FOLLOWS: Final = frozenset({"country", "by_hand"})


def listed(file: str, numbers: Sequence[str], carriers: Mapping[str, str]) -> dict[str, Any]:
    """Return how a draft keeps what was read of the file with this id, by losing carrier."""
    by_carrier: dict[str, list[str]] = {}
    for number in numbers:
        by_carrier.setdefault(carriers.get(number, ""), []).append(number)
    return {"file": file, "numbers": by_carrier}


def listed_numbers(fields: Fields) -> Mapping[str, Sequence[str]]:
    """Return the numbers of the file that the form holds now, as typed, by losing carrier."""
    kept, files = fields.get("listed") or {}, fields.get("numbers_file") or [{}]
    numbers: Mapping[str, Sequence[str]] = kept.get("numbers", {})
    return numbers if kept.get("file") == files[0].get("id") else {}


def files_now(
    kept: Fields, typed: Fields, emptied: Collection[str], view_id: str
) -> dict[str, Any]:
    """Empty the `emptied` questions whose files this modal had, and note whose files it has now.

    Slack tells of a file only together with something else, so an empty question says nothing of
    files that came from another modal or an earlier visit of the page.
    """
    chosen_in = dict(kept.get(CHOSEN_IN) or {})
    gone = [name for name in emptied if chosen_in.get(name) == view_id]
    chosen = [name for name, value in typed.items() if _are_files(value)]
    chosen_in |= dict.fromkeys(chosen, view_id)
    return {name: [] for name in gone} | ({CHOSEN_IN: chosen_in} if chosen_in else {})


def _are_files(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, Mapping) for item in value)


def all_numbers(fields: Fields) -> str | list[str]:
    """Return the numbers as typed, joined with those of a file."""
    typed: str = fields.get("numbers") or ""
    of_file = [number for numbers in listed_numbers(fields).values() for number in numbers]
    return [typed, *of_file] if of_file else typed


def intake_fields(fields: Fields) -> dict[str, Any]:
    """Return the fields of the intake that a form means; files and other extras are left aside."""
    whole = with_find(fields)
    given = {
        name: value
        for name, value in whole.items()
        if isinstance(value, str | Mapping) and not name.startswith(RECORD)
    }
    record = {
        name.removeprefix(RECORD): value
        for name, value in whole.items()
        if name.startswith(RECORD) and value
    }
    carriers = {
        number: carrier
        for carrier, numbers in listed_numbers(fields).items()
        for number in numbers
        if carrier
    }
    return given | {
        "numbers": all_numbers(fields),
        "carriers": carriers,
        "csr": record or given.get("csr"),
    }


def port_out_form(fields: Fields, numbers: Sequence[str]) -> dict[str, Any]:
    """Return what a port-out says as its form would hold it; what followed from it falls away."""
    kept = {name: value for name, value in fields.items() if name not in FOLLOWS}
    declared = ["yes"] if fields.get("by_hand") else []
    return kept | {"numbers": ", ".join(numbers), "declared": declared}


def with_find(fields: Fields) -> dict[str, Any]:
    """Take the account number that was found on a bill, where the person said so."""
    if fields.get("account_found") != USE or not fields.get(FOUND):
        return dict(fields)
    found = {name: fields.get(name) or fields[FOUND] for name in ("account_number", _RECORDED)}
    return {**fields, **found}


_RECORDED: Final = f"{RECORD}account_number"


def request_fields(request: Intake) -> dict[str, Any]:
    """Return what a case says of its request; the carrier's record is named as it is asked for."""
    fields = request.model_dump(exclude=_NOT_KEPT[request.kind])
    record = request.csr if isinstance(request, PortIn) else None
    shown = record.model_dump(exclude_none=True) if record else {}
    return fields | {f"{RECORD}{name}": value for name, value in shown.items()}


def case_fields(request: Intake, beside: Fields) -> dict[str, Any]:
    """Return all that a case keeps: its request, and `BESIDE` it what is there of that."""
    kept = {name: beside[name] for name in BESIDE[request.kind] if name in beside}
    return request_fields(request) | kept
