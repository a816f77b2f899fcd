"""The Billing Telephone Number and what becomes of it (S2, S3, B)."""

from collections.abc import Iterator

from bot.domain.findings.finding import Finding
from bot.domain.findings.rules import found
from bot.domain.intake.intake import BtnOption, PortIn
from bot.domain.numbers.phone_number import TelephoneNumber, examine, named
from bot.domain.rulebook.context import Facts


def btn_is_ported(btn: str, country: str, ported: frozenset[str]) -> bool:
    """Say whether a BTN, as typed, is one of the ported numbers (E.164)."""
    return _is_among(examine(btn, country), ported)


def _is_among(btn: TelephoneNumber | Finding, ported: frozenset[str]) -> bool:
    return isinstance(btn, TelephoneNumber) and btn.e164 in ported


def check_btn(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Check the BTN, its option and the new BTN in all their combinations."""
    if facts.only_toll_free:
        yield from _toll_free(facts.intake)
        return
    yield from _btn(facts)
    yield from _option(facts)


def _toll_free(intake: PortIn) -> Iterator[Finding]:
    """Toll-free numbers hang on a RespOrg, not on a BTN (B 7385)."""
    if intake.btn:
        yield found("btn_toll_free")
    if intake.btn_option:
        yield found("btn_option_not_allowed")


def _btn(facts: Facts[PortIn]) -> Iterator[Finding]:
    if not facts.intake.btn:
        if facts.country == "US":
            yield found("btn_required")
        return
    number = facts.btn
    if isinstance(number, Finding):
        yield found("btn_invalid", typed=named([facts.intake.btn]))
    elif (number.country, number.number_type) != (facts.country, "local"):
        yield found("btn_not_local", typed=number.e164, country=facts.country)


def _option(facts: Facts[PortIn]) -> Iterator[Finding]:
    option = facts.intake.btn_option
    choices = ", ".join(BtnOption)
    ported = _is_among(facts.btn, facts.e164s)
    if option and option not in set(BtnOption):
        yield found("btn_option_invalid", choices=choices)
    elif option and not ported:
        yield found("btn_option_not_allowed")
    elif ported and not option:
        yield found("btn_option_required", choices=choices)
    elif option == BtnOption.EACH_OWN_BTN:
        yield found("btn_each_own")
    elif option == BtnOption.CLOSE_ACCOUNT:
        yield from _closed(facts)
    if option == BtnOption.REPLACE and ported:
        yield from _new_btn(facts)
    elif facts.intake.new_btn:
        yield found("new_btn_unused")


def _closed(facts: Facts[PortIn]) -> Iterator[Finding]:
    """Closing the account ends every service on it, so nothing may stay behind (S2)."""
    staying = staying_behind(facts)
    if staying:
        yield found("btn_close_leaves_numbers", typed=named(staying), count=len(staying))


def staying_behind(facts: Facts[PortIn]) -> list[str]:
    """Return the numbers of the carrier's record that are not ported, in E.164."""
    recorded = (number.e164 for number in facts.recorded.numbers)
    return [e164 for e164 in recorded if e164 not in facts.e164s | facts.elsewhere]


def _new_btn(facts: Facts[PortIn]) -> Iterator[Finding]:
    """A new BTN is a valid number that stays on the same account (B 7494, 7496, 7497)."""
    if not facts.intake.new_btn:
        yield found("new_btn_required")
        return
    number = examine(facts.intake.new_btn, facts.country)
    if isinstance(number, Finding) or number.number_type != "local":
        yield found("new_btn_invalid", typed=named([facts.intake.new_btn]))
        return
    recorded = {member.e164 for member in facts.recorded.numbers}
    if _is_among(facts.btn, frozenset({number.e164})):
        yield found("new_btn_is_old")
    elif number.e164 in facts.e164s:
        yield found("new_btn_ported", typed=number.e164)
    elif recorded and number.e164 not in recorded:
        yield found("new_btn_not_on_account", typed=number.e164)
