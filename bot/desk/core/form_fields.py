"""What a form holds beside plain answers: the numbers of a file, the carrier's record, a find."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from bot.domain.rulebook.case_split import fields_of_group
from bot.domain.rulebook.context import CaseGroup, PortInFacts

Fields = Mapping[str, Any]

RECORD: Final = "csr_"  # begins the names of the questions about the carrier's record
FOUND: Final = "found_account_number"  # what a bill said, until a person takes it
USE: Final = "use"
CHOSEN_IN: Final = "chosen_in"  # which modal each question's files were chosen in
# Of use only while the request is being filled in. That a bill was read stays known, so that a
# later change of the case does not suggest again what somebody cleared.
_OF_THE_FORM: Final = frozenset(
    {"listed", "numbers_file", "split", "account_found", FOUND, CHOSEN_IN}
)

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


def case_fields(fields: Fields, facts: PortInFacts, group: CaseGroup) -> dict[str, Any]:
    """Return what a case keeps of a form: its own lot's numbers, once, and nothing of the form."""
    kept = {name: value for name, value in with_find(fields).items() if name not in _OF_THE_FORM}
    if len(facts.groups) > 1 or listed_numbers(fields):
        return kept | fields_of_group(facts, group)
    return kept
