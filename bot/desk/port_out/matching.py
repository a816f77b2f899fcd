"""Compares what a winning carrier sent with what is on file, and counts what was wrong."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.desk.core.context import DeskContext
from bot.desk.core.history import record_event
from bot.desk.core.security_audit import note_audit
from bot.desk.core.work import Work
from bot.desk.notifications.deliveries import add_delivery
from bot.desk.numbers.holdings import protections
from bot.desk.numbers.pin_lockout import count_guesses, forget_guesses, locked_numbers
from bot.desk.port_out.validation import port_out_of
from bot.domain.cases.case import mask_number
from bot.domain.cases.kinds import AuditKind, DeliveryKind, EventKind
from bot.domain.intake.intake import PortOut
from bot.domain.numbers.number_list import read_numbers
from bot.domain.port_out.requests import (
    GUESSES,
    NumberOnFile,
    Reason,
    ReceivedRequest,
    in_order,
    judge,
)
from bot.domain.rulebook.checks.country import check_port_out_blocks
from bot.domain.rulebook.context import CheckContext
from bot.domain.rulebook.rulebook import facts_of
from bot.errors import PortOutRefusal
from bot.store.encryption import Unreadable
from bot.store.models.cases import Case
from bot.store.models.number_pins import Protection

MOST_TOLD: Final = 5


@dataclass(frozen=True)
class Comparison:
    """What a comparison came to, without anything of what was compared.

    Of a locked number nothing is told, not even that the secrets were right. `locks` are the
    numbers that this comparison locked, until when.
    """

    numbers: tuple[str, ...]
    found: tuple[Reason, ...]
    locked: bool
    locks: Mapping[str, datetime]

    def tell(self, work: Work, who: str, case: Case) -> None:
        """Alert the desk to what was locked, in one line, without the secret."""
        if not self.locks:
            return
        for e164, until in self.locks.items():
            note_audit(work, who, AuditKind.LOCKED, case.id, e164, until=until.isoformat())
        facts = {"number": _shown(list(self.locks)), "until": max(self.locks.values()).isoformat()}
        event = record_event(work, case, work.context.clock(), who, EventKind.LOCKED, **facts)
        add_delivery(work, case, DeliveryKind.ALERT, event, work.context.alerts_channel)


def _shown(e164: Sequence[str]) -> str:
    more = len(e164) - MOST_TOLD
    return ", ".join(map(mask_number, e164[:MOST_TOLD])) + (f" and {more} more" if more > 0 else "")


def compare(work: Work, case: Case, asked: ReceivedRequest) -> Comparison:
    """Compare a request for some numbers of a case. Everything is compared, also what is locked.

    What is on file and cannot be read is refused: it is neither right nor the carrier's mistake.

    A wrong secret counts for all numbers of the case that have the same ones: who guesses at one
    number after the other guesses at one PIN.
    """
    numbers = _read(case, asked)
    now = work.context.clock()
    files = _files(work, case)
    if {number.e164 for number in case.numbers} & set(numbers) - files.keys():
        raise PortOutRefusal("unreadable")
    verdicts = judge(asked, {e164: files.get(e164) for e164 in numbers})
    wrong = {files[e164] for e164 in numbers if e164 in files and verdicts[e164] & GUESSES}
    right = {files[e164] for e164 in numbers if not verdicts[e164]}
    locked = locked_numbers(work, numbers, now)
    locks = count_guesses(work, _having(files, wrong), now)
    if locked:
        return Comparison(numbers, (Reason.INVALID_REQUEST,), True, locks)
    forget_guesses(work, _having(files, right))
    reasons = frozenset[Reason]().union(*verdicts.values(), _part_of_block(numbers))
    return Comparison(numbers, in_order(reasons), False, locks)


def _having(files: Mapping[str, NumberOnFile], secrets: Set[NumberOnFile]) -> list[str]:
    return sorted(e164 for e164, file in files.items() if file in secrets)


def _read(case: Case, asked: ReceivedRequest) -> tuple[str, ...]:
    listed = read_numbers(asked.numbers, str(case.fields.get("country") or "US"))
    if listed.problems or not listed.numbers:
        raise PortOutRefusal("numbers_unreadable", "numbers")
    return tuple(number.e164 for number in listed.numbers)


def _files(work: Work, case: Case) -> dict[str, NumberOnFile]:
    """Return what is on file for each number of a case, without those that cannot be read."""
    try:
        request = port_out_of(work.context, case)
    except Unreadable:
        return {}
    ours = [number.e164 for number in case.numbers]
    guards = protections(work, ours)
    held = {e164: _held_one(work.context, request, guards.get(e164)) for e164 in ours}
    return {e164: file for e164, file in held.items() if file is not None}


def _held_one(
    context: DeskContext, request: PortOut, guard: Protection | None
) -> NumberOnFile | None:
    """Return what is on file: a PIN that was set beforehand counts before that of the case.

    None where it cannot be read: that of the case does not stand in for it.
    """
    account_id, pin = request.account_id, request.pin
    try:
        if guard is not None:
            pin = str(context.cipher.unseal(guard.sealed))
            if not account_id and guard.sealed_account:
                account_id = str(context.cipher.unseal(guard.sealed_account))
    except Unreadable:
        return None
    return NumberOnFile(account_id, pin, request.postal_code)


def _part_of_block(numbers: tuple[str, ...]) -> frozenset[Reason]:
    """Singapore lets go of whole blocks only (C)."""
    intake = PortOut(kind="port_out", numbers=numbers)
    facts = facts_of(intake, CheckContext(today=date.min))
    broken = any(True for _ in check_port_out_blocks(facts))
    return frozenset({Reason.INVALID_REQUEST}) if broken else frozenset()
