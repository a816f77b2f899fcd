"""The intake against the carrier's own record, field by field (S2, B)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.fields import names
from bot.domain.intake.intake import BtnOption, CustomerServiceRecord, PortIn
from bot.domain.numbers.phone_number import TelephoneNumber, examine, named
from bot.domain.rulebook.checks.address import state_code
from bot.domain.rulebook.checks.btn import staying_behind
from bot.domain.rulebook.context import Facts
from bot.domain.text.matching import Likeness, likeness, marked

COMPARED: Final = names(lambda field: field.compared)
ZIP_LENGTH: Final = 5


@dataclass(frozen=True)
class _Pair:
    """One field as the intake and as the record has it."""

    name: str
    ours: str
    theirs: str


def check_record(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Compare what was filled in with the record; what the record does not show is skipped."""
    record = facts.intake.csr
    if record is None:
        return
    for name in COMPARED:
        yield from _compare(facts, record, name)
    yield from _account(facts.intake.account_number, record.account_number or "")
    yield from _btn(facts, record.btn or "")
    yield from _numbers(facts)


def _compare(facts: Facts[PortIn], record: CustomerServiceRecord, name: str) -> Iterator[Finding]:
    pair = _Pair(name, getattr(facts.intake, name), getattr(record, name) or "")
    if name in {"street_address", "unit"} and (whole := _whole_address(facts.intake, record)):
        if name == whole.name:
            yield from _judged(whole, facts.country)
    elif not pair.theirs:
        if name == "unit" and pair.ours and record.street_address:
            yield found("record_only_here", name, label=name, ours=pair.ours)
    # An empty mandatory field has its own finding; an empty unit is a difference.
    elif pair.ours or name == "unit":
        yield from _judged(pair, facts.country)


def _judged(pair: _Pair, country: str) -> Iterator[Finding]:
    codes = {Likeness.NEARLY: "record_nearly_equal", Likeness.DIFFERENT: "record_differs"}
    alike = likeness(pair.ours, pair.theirs)
    if alike is Likeness.DIFFERENT and _same_otherwise(pair, country):
        alike = Likeness.NEARLY
    if alike in codes:
        yield found(
            codes[alike],
            pair.name,
            label=pair.name,
            ours=marked(pair.ours, pair.theirs) or "nothing",
            theirs=marked(pair.theirs, pair.ours),
        )


def _same_otherwise(pair: _Pair, country: str) -> bool:
    """Say whether a state is only spelled out, or a ZIP code only has its four digits more."""
    if pair.name == "state":
        return state_code(pair.ours, country) == state_code(pair.theirs, country)
    if pair.name == "postal_code" and country == "US":
        lengths = {len(pair.ours), len(pair.theirs)}
        return ZIP_LENGTH in lengths and pair.ours[:ZIP_LENGTH] == pair.theirs[:ZIP_LENGTH]
    return False


def _whole_address(intake: PortIn, record: CustomerServiceRecord) -> _Pair | None:
    """Return street and unit as one text where only one side cut them in two, and they agree."""
    if not record.street_address or bool(intake.unit) == bool(record.unit):
        return None
    ours = f"{intake.street_address} {intake.unit}".strip()
    theirs = f"{record.street_address} {record.unit or ''}".strip()
    agree = likeness(ours, theirs) is not Likeness.DIFFERENT
    return _Pair("street_address", ours, theirs) if agree else None


def _account(ours: str, theirs: str) -> Iterator[Finding]:
    """Compare account numbers; they are secret, so that no text of them is shown."""
    if not ours or not theirs or likeness(ours, theirs) is Likeness.SAME:
        return
    plain = ["".join(filter(str.isalnum, text.casefold())) for text in (ours, theirs)]
    same = plain[0] == plain[1]
    yield found("record_account_punctuation" if same else "record_account_differs")


def _btn(facts: Facts[PortIn], theirs: str) -> Iterator[Finding]:
    recorded = examine(theirs, facts.country)
    chosen = examine(facts.intake.btn, facts.country)
    if not isinstance(recorded, TelephoneNumber) or not isinstance(chosen, TelephoneNumber):
        return
    if recorded.e164 != chosen.e164:
        yield found("record_btn_differs", ours=chosen.e164, theirs=recorded.e164)


def _numbers(facts: Facts[PortIn]) -> Iterator[Finding]:
    if facts.recorded.problems:
        yield found("record_unreadable")
    recorded = {number.e164 for number in facts.recorded.numbers}
    strangers = [number.e164 for number in facts.numbers if number.e164 not in recorded]
    if recorded and strangers:
        yield found("numbers_not_on_record", typed=named(strangers))
    staying = staying_behind(facts)
    if staying and facts.intake.btn_option != BtnOption.CLOSE_ACCOUNT:
        yield found("numbers_stay_behind", typed=named(staying), count=len(staying))
